"""What the component gallery shows: each component with its code name."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
    _example(_("Figurram"), "figure", '{% figure_frame "…" subtitle source %}'),
    _example(_("Utfällbar text"), "disclosure", '{% disclosure "Så läser du figuren" %}…{% enddisclosure %}'),
    _example(_("Kort"), "card", 'include "base/components/finding_card.html"'),
    _example(_("Steg"), "steps", '<ol class="k-steps">'),
    _example(_("Kapitelföljare"), "rail", 'include "base/components/progress_rail.html"'),
    _example(_("Tom sida"), "empty", '{% empty_state "…" %}…{% endempty_state %}'),
    _example(_("Ikoner"), "icons", '{% icon "arrow" %}'),
)
