"""Template words of the house: numbers, icons and the components that every page is built of."""

from typing import Any

from django import template
from django.forms import BoundField, ModelChoiceField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from klarsyn.base import icons, numbers

register = template.Library()
MISSING = "–"


def _language() -> str:
    return get_language() or "sv"


@register.simple_tag(name="number")
def number(value: float | None, decimals: int = 0) -> str:
    """`{% number rate decimals=2 %}`: 12,05 in Swedish, 12.05 in English; a dash when there is no value."""
    return MISSING if value is None else numbers.written(value, decimals, _language())


@register.filter(name="number")
def number_filter(value: float | None, decimals: int = 0) -> str:
    """`{{ population|number }}`, `{{ rate|number:2 }}`."""
    return number(value, decimals)


@register.simple_tag
def span(lower: float | None, upper: float | None, decimals: int = 0) -> str:
    """`{% span rate.lower rate.upper decimals=1 %}`: 7,0–19,3."""
    if lower is None or upper is None:
        return MISSING
    return numbers.span(lower, upper, decimals, _language())


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """`{{ level|percent }}`: 0.95 becomes 95 %."""
    return MISSING if share is None else numbers.percent(share, decimals, _language())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of `base/icons.py`. Without a label it is decoration and hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="k-icon" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>',
            label,
            icons.STROKES[name],
        )
    return format_html(
        '<svg class="k-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        icons.STROKES[name],
    )


@register.simple_tag
def status(shape: str, text: str, tone: str = "quiet") -> SafeString:
    """A state as a word with a shape. Tones: quiet, good, caution, danger."""
    drawn = mark_safe(icons.SHAPES[shape])  # noqa: S308  our own constant
    return format_html(
        '<span class="k-status" data-tone="{}"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        "{}</svg>{}</span>",
        tone,
        drawn,
        text,
    )


@register.inclusion_tag("base/components/stat.html")
def stat(
    value: str, label: str, interval: str = "", note: str = "", href: str = "", level: float = 0.95
) -> dict[str, Any]:
    """A number that never stands alone: value, what it is, its interval, what it does not say."""
    about = {"value": value, "label": label, "note": note, "href": href}
    return {**about, "interval": interval, "level": level}


@register.inclusion_tag("base/components/crumbs.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """`{% crumbs "Start" home "Kartläggningen" "" %}`: titles and addresses in turn; the last has none."""
    return {"crumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("base/components/error_summary.html")
def error_summary(form: Any, takes_focus: bool = True) -> dict[str, Any]:
    """Every error of a form in one place, each a link to its field. Shown only when there are any."""
    bound = [field for field in form if field.errors]
    return {"fields": bound, "general": form.non_field_errors(), "takes_focus": takes_focus}


KINDS = {"checkbox": "checkbox", "radioselect": "group", "checkboxselectmultiple": "group"}
CONTROLS = {"group": "", "checkbox": "ds-input", "text": "ds-input"}


@register.inclusion_tag("base/components/field.html")
def field(bound: BoundField, hint: str = "", says_optional: bool = True) -> dict[str, Any]:
    """A labelled form field with its hint and its errors, for every kind of input.

    `says_optional=False` where nothing is required, as in a filter.
    """
    kind = KINDS.get(bound.widget_type, "text")
    if isinstance(bound.field, ModelChoiceField) and bound.field.empty_label:
        bound.field.empty_label = "–"  # for Django's row of hyphens
    attrs: dict[str, str | bool] = {"class": CONTROLS[kind]} if CONTROLS[kind] else {}
    described = [f"{bound.auto_id}_helptext"] if bound.help_text or hint else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    if described and kind != "group":
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "kind": kind,
        "is_optional": says_optional and not bound.field.required,
        "hint": bound.help_text or hint,
        "control": bound.as_widget(attrs=attrs),
    }


def _block(name: str, content: str, **context: object) -> SafeString:
    inside = mark_safe(content)  # noqa: S308  rendered, escaped template output
    return mark_safe(render_to_string(f"base/components/{name}.html", {**context, "content": inside}))  # noqa: S308


@register.simple_block_tag
def callout(content: str, title: str = "", tone: str = "read") -> SafeString:
    """`{% callout "Läs så här" %}…{% endcallout %}`. Tones: read (amber), info, good, danger."""
    signs = {"read": "read", "info": "info", "good": "done", "danger": "stop"}
    return _block("callout", content, title=title, tone=tone, sign=signs[tone])


@register.simple_block_tag
def disclosure(content: str, title: str, id: str = "", is_open: bool = False) -> SafeString:
    """`{% disclosure "Så läser du figuren" %}…{% enddisclosure %}`: folded text, works without JavaScript."""
    return _block("disclosure", content, title=title, id=id, is_open=is_open)


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """A table that may be wider than the page: scrolls by itself, by keyboard too, and has a name."""
    return _block("table_region", content, label=label)


@register.simple_block_tag
def figure_frame(content: str, title: str, subtitle: str = "", source: str = "", id: str = "") -> SafeString:
    """A chart with its finding above it and its source below it."""
    return _block("figure_frame", content, title=title, subtitle=subtitle, source=source, id=id)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """An empty page that teaches: what will stand here and how it comes about."""
    return _block("empty_state", content, title=title)
