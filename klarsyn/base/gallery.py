"""What the component gallery shows: each component with its code name."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.base.context import MenuLink
from klarsyn.base.front import Card, CardFigure
from klarsyn.base.icons import STROKES


@dataclass(frozen=True, slots=True)
class Example:
    """One component on the gallery page. `template` draws it; `code` is how a template asks for it."""

    title: Promise
    code: str
    template: str


def _example(title: Promise, name: str, code: str) -> Example:
    return Example(title, code, f"base/gallery/{name}.html")


EXAMPLES = (
    _example(_("Rubriker och text"), "text", "h1 … h4, k-lead, k-kicker, k-soft"),
    _example(_("Tal med intervall"), "stat", "{% stat value label interval note %}"),
    _example(_("Läsanvisning och meddelanden"), "callout", '{% callout "Läs så här" %}…{% endcallout %}'),
    _example(_("Knappar och länkar"), "button", 'class="ds-button" data-variant="…"'),
    _example(_("Status"), "status", '{% status "full" "Publicerad" "good" %}'),
    _example(_("Formulärfält och fel"), "form", "{% error_summary form %} {% field form.name %}"),
    _example(_("Tabell"), "table", '{% table_region "…" %}<table class="k-table" data-sortable>'),
    _example(_("Tabell som staplas på telefonen"), "stack", 'class="k-table k-stack", <td data-label="…">'),
    _example(_("Figurram"), "figure", '{% figure_frame "…" subtitle source %}'),
    _example(_("Utfällbar text"), "disclosure", '{% disclosure "Så läser du figuren" %}…{% enddisclosure %}'),
    _example(_("Kort"), "card", 'include "base/components/finding_card.html"'),
    _example(_("Steg"), "steps", '<ol class="k-steps">'),
    _example(_("Kapitelföljare"), "rail", 'include "base/components/progress_rail.html"'),
    _example(_("Tom sida"), "empty", '{% empty_state "…" %}…{% endempty_state %}'),
    _example(_("Ikoner"), "icons", '{% icon "arrow" %}'),
)


class ExampleForm(forms.Form):
    """One field of each kind, shown with an error."""

    title = forms.CharField(label="Rubrik", help_text="En mening som säger vad som är funnet.")
    year = forms.IntegerField(label="År", min_value=2003)
    measure = forms.ChoiceField(
        label="Mått", choices=[("a", "Anmälda brott"), ("b", "Lagförda personer")], widget=forms.RadioSelect
    )
    is_public = forms.BooleanField(label="Källan är redan offentlig", required=False)


CARD = Card(
    title="Sjöstad ligger tydligt över Åsby",
    text="Skillnaden mot Ängstorp kan bero på slumpen.",
    address="#1",
    link="Läs kartläggningen",
    kicker="Kartläggningen 2019 · påhittat exempel",
    figures=(CardFigure("per 100 000 invånare", "12,05", "7,02–19,29"),),
    caveat="Talet speglar även polisens arbete.",
)


def examples(theme: str) -> dict[str, Any]:
    """What the examples need. The form's ids differ between the themes, since both stand on one page."""
    return {
        "form": ExampleForm({"title": "", "year": "1899", "measure": "a"}, auto_id=f"{theme}_%s"),
        "card": CARD,
        "steps": [
            MenuLink(f"{n} {title}", "#1", n == 2) for n, title in enumerate(("Syfte", "Metod", "Tal"), 1)
        ],
        "icon_names": tuple(STROKES),
    }
