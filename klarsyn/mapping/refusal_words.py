"""What the library complains of, in the reader's language; by the code and the facts of the error."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smallcounts.disclosure.errors import DisclosureError

WORDS: Final[dict[str, Promise]] = {
    "few_people": _(
        "%(period)s: %(total)s människor i allt, färre än %(least)s; lägg ihop flera perioder till en summa"
    ),
    "many_combinations": _(
        "tabellerna korsar %(many)s kombinationer, fler än %(most)s; ta bort en variabel eller dela "
        "programmet"
    ),
    "undeclared_cell": _(
        "%(cell)s finns inte i programmet men har publicerats förut; ta med variabeln och kategorin, "
        "så att det gamla skyddas och prövas tillsammans med det nya"
    ),
    "missing_period": _(
        "perioden %(period)s efterfrågas, men människorna är från %(periods)s; lägg till dem som "
        "saknas eller ta bort perioden"
    ),
    "impossible_person": _(
        "någon år %(period)s räknas i en kombination som programmet säger är omöjlig; rätta uppgiften"
        " eller programmet"
    ),
    "no_rounding": _(
        "%(periods)s: ingen avrundning till multiplar av %(base)s går ihop med det som redan är "
        "publicerat; publicera färre nya tabeller"
    ),
    "waiver_of_nothing": _("undantaget gäller %(cell)s, som inte publiceras; rätta det eller ta bort det"),
    "small_base": _(
        "basen %(base)s räcker inte för tröskeln %(threshold)s (barn eller platser); använd basen %(least)s"
    ),
    "base_3_sensitive": _("basen 3 är inte till för den känsliga variabeln %(variable)s; använd basen 5"),
    "base_3_few": _("%(period)s: basen 3 behöver minst %(least)s människor, inte %(total)s; använd basen 5"),
    "base_3_threshold": _(
        "basen 3 räcker inte för tröskeln %(threshold)s: en 3:a betyder 1 till 5 människor, och med "
        "92 procents sannolikhet färre än 5; använd basen 5, eller en tröskel på högst %(most)s"
    ),
    "cell_key_few": _(
        "%(period)s rymmer %(total)s människor; metoden med cellnycklar är för %(least)s och fler, "
        "använd avrundning"
    ),
    "no_population": _(
        "måttet %(rate)s saknar folkmängd för %(key)s i %(period)s; lägg till den i [derived.population]"
    ),
    "mixed": _("%(table)s: påhittade och verkliga tal får inte stå i samma tabell"),
    "no_source": _("%(table)s: ingen källa är angiven; ett tal utan källa publiceras inte"),
    "attacked": _("%(table)s: tabellen har inte prövats med angrepp, eller så lyckas något av dem"),
    "not_public": _("%(table)s: tabellen bygger på tal som inte är offentliga och som inte har skyddats"),
    "no_publication": _("%(table)s: %(count)s anger ingen publikation"),
    "ledger_cut": _("rad %(line)s: den sista raden är avhuggen"),
    "ledger_moved": _("rad %(line)s: den följer inte på raden före"),
    "ledger_changed": _("rad %(line)s: den har ändrats efter att den skrevs"),
    "ledger_no_line": _("rad %(line)s: det är ingen rad i en liggare"),
    "solver": _(
        "räkneprogrammet gav inget svar på om skyddet håller; försök igen, eller publicera färre tabeller"
    ),
    "given_away": _(
        "%(cell)s: det som måste stå öppet avslöjar detta lilla antal, vad som än döljs i övrigt; "
        "publicera grövre tabeller, eller låt två namngivna besluta om ett undantag"
    ),
    "no_neighbour": _(
        "%(programme)s räknar människor som finns i %(neighbour)s, som inte skyddas vid sidan av; ta med "
        "det nyckeltalet"
    ),
    "changed_people": _(
        "%(cell)s: antalet stämmer inte med det som har publicerats förut; publicera en rättelse i stället"
    ),
    "variable_missing": _("%(where)s: %(variables)s är inte angivet; programmet behöver det"),
    "unknown_category": _(
        "%(where)s: %(category)s är ingen kategori i %(variable)s; rätta källan eller programmet"
    ),
    "other_level": _(
        "%(where)s: %(category)s hör enligt programmet till %(true)s (%(level)s), inte till "
        "%(group)s; rätta en av dem"
    ),
    "nobody": _("det finns inga människor att räkna; tabellerna skulle bli tomma"),
    "several_sources": _("%(measure)s: antal från flera källor (%(sources)s); ange en av dem i datasets"),
    "no_number": _(
        "%(where)s: det finns inget tal (%(status)s), så en summa utan det säger för lite; räkna det "
        "eller lämna hela perioden utanför"
    ),
}
_FOREIGN: Final = _("%(error)s (meddelandet finns bara på engelska)")


def said(error: DisclosureError) -> str:
    """The complaint in the language of the page; in English, and saying so, where it has no words here."""
    words = WORDS.get(error.code)
    return str(words % error.facts if words else _FOREIGN % {"error": error})
