"""The template words."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from klarsyn.base.icons import SHAPES, STROKES


def render(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_numbers_follow_the_language_of_the_page() -> None:
    text = "{% number x decimals=2 %} {{ n|number }} {% span 7.02 19.29 decimals=1 %} {{ s|percent }}"
    assert render(text, x=12.05, n=141081, s=0.95) == "12,05 141\u00a0081 7,0–19,3 95\u00a0%"
    with translation.override("en"):
        assert render(text, x=12.05, n=141081, s=0.95) == "12.05 141,081 7.0–19.3 95%"


def test_a_missing_number_is_a_dash_never_a_zero() -> None:
    assert render("{% number x %}{{ x|number:1 }}{% span x x %}{{ x|percent }}", x=None) == "––––"


@pytest.mark.parametrize("name", STROKES)
def test_an_icon_is_decoration_unless_it_has_a_label(name) -> None:
    assert 'aria-hidden="true"' in render("{% icon name %}", name=name)
    assert 'role="img" aria-label="Sök"' in render('{% icon name "Sök" %}', name=name)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_status_is_a_word_beside_its_shape(shape) -> None:
    assert "Utkast</span>" in render('{% status shape "Utkast" %}', shape=shape)


def test_what_people_write_is_escaped_in_every_component() -> None:
    evil = "<script>alert(1)</script>"
    text = (
        "{% callout evil %}{{ evil }}{% endcallout %}{% disclosure evil %}{{ evil }}{% enddisclosure %}"
        "{% stat evil evil evil evil %}{% status 'full' evil %}{% icon 'arrow' evil %}"
        "{% figure_frame evil evil evil evil %}{{ evil }}{% endfigure_frame %}{% empty_state evil %}{% endempty_state %}"
        "{% table_region evil %}{% endtable_region %}"
    )
    assert "<script>" not in render(text, evil=evil)


class _Form(forms.Form):
    year = forms.IntegerField(label="År", help_text="Fyra siffror.")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    ok = forms.BooleanField(required=False)


def test_a_field_points_to_its_hint_and_its_error() -> None:
    shown = render("{% error_summary form %}{% field form.year %}", form=_Form({"year": "x"}))
    assert 'aria-describedby="id_year_helptext id_year_error"' in shown
    assert 'href="#id_year"' in shown and 'aria-invalid="true"' in shown
    assert shown.count("Fyra siffror.") == 1


def test_a_form_without_errors_has_no_summary() -> None:
    assert "k-errors" not in render("{% error_summary form %}", form=_Form())


def test_radio_buttons_stand_in_a_named_group() -> None:
    shown = render("{% field form.kind %}{% field form.ok %}", form=_Form())
    assert "<fieldset" in shown and "<legend>" in shown and 'type="checkbox"' in shown


def test_an_interval_says_its_level() -> None:
    shown = render('{% stat "12,0" "per 100 000" "7,0–19,3" level=0.9 %}')
    assert "7,0–19,3" in shown and "90\u00a0% intervall" in shown
    assert "intervall" not in render('{% stat "17" "dömda" %}')
