"""What a checker sees of the protection: each table before and after, what was lost, and the attacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.base.numbers import written
from klarsyn.mapping.audit import AttackResult, Audit, AuditedCell, AuditedTable, FigureAudit
from klarsyn.report import attack_words, categories, protected_tables
from klarsyn.report.crossed import laid_out

ATTACKS: Final[dict[str, Promise]] = {
    "A0": gettext_lazy("Talen följer den regel de uppger"),
    "A1": gettext_lazy("Räkna ut en cell ur alla tabeller och år tillsammans"),
    "A2": gettext_lazy("Räkna upp alla hela tabeller som passar"),
    "A3": gettext_lazy("Gissa hur sannolikt ett litet antal är"),
    "A4": gettext_lazy("Ta skillnaden mellan två publicerade tal"),
    "A5": gettext_lazy("Göra om publiceringen och jämföra"),
    "A6": gettext_lazy("Peka ut en enda människa"),
    "A7": gettext_lazy("Gissa en uppgift om någon man känner"),
    "A8": gettext_lazy("En verksamhet som drar bort dem den själv känner"),
    "A9": gettext_lazy("Procent, diagram, bildtexter och färdiga filer"),
    "A10": gettext_lazy("Fel som vi själva har lagt in"),
    "A11": gettext_lazy("Lägga ihop figurer som räknar samma människor"),
}

_NEED_PEOPLE: Final = ("A6", "A7")


@dataclass(frozen=True, slots=True)
class AttackShown:
    """One attack as a row: a word and a shape, never colour alone."""

    code: str
    name: Promise
    shape: str
    word: str
    tone: str
    detail: str
    is_foreign: bool  # `detail` is English whatever the page: of an audit frozen before verdicts had numbers
    cells: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One cell before and after; `before` is "" for somebody who may not see it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowShown:
    label: str
    cells: tuple[Pair | None, ...]


@dataclass(frozen=True, slots=True)
class TablePair:
    """One table in one period, the two counts of each cell beside each other."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[RowShown, ...]


@dataclass(frozen=True, slots=True)
class FigureProtection:
    title: str
    facts: tuple[tuple[str, str], ...]
    attacks: tuple[AttackShown, ...]
    tables: tuple[TablePair, ...]


def shown(
    audit: Audit, titles: dict[str, str], language: str, *, has_truth: bool
) -> tuple[FigureProtection, ...]:
    """The protection of each figure; `titles` by id of the figure."""
    return tuple(
        FigureProtection(
            title=titles.get(figure.figure, figure.figure),
            facts=_facts(figure, language, has_truth=has_truth),
            attacks=tuple(_attack(code, figure, language) for code in _codes(figure)),
            tables=tuple(
                _table(t, language) for t in sorted(figure.tables, key=lambda t: t.period, reverse=True)
            ),
        )
        for figure in audit.figures
    )


def _facts(figure: FigureAudit, language: str, *, has_truth: bool) -> tuple[tuple[str, str], ...]:
    lost = figure.lost
    facts = [
        (_("Celler"), written(lost.cells, 0, language)),
        (_("Dolda celler"), written(lost.hidden, 0, language)),
        (_("Summorna stämmer"), _("ja") if lost.is_additive else _("nej")),
        (_("Tidigare publicerade tal som står kvar"), written(lost.kept, 0, language)),
        (_("Tidigare publicerade tal som ändras"), written(lost.changed, 0, language)),
        (_("Sammanslagna för att de är för få"), _merged(figure, language)),
        (_("Sökningen"), _("fullständig") if figure.status == "optimal" else _("avbruten, bästa funna")),
    ]
    if has_truth:
        facts[2:2] = [
            (_("Fel i medeltal"), written(lost.mean_error, 2, language)),
            (_("Största fel"), written(lost.max_error, 0, language)),
        ]
    return tuple(facts)


def _merged(figure: FigureAudit, language: str) -> str:
    pairs = (one.partition("=") for one in figure.lost.merged)
    return "; ".join(categories.category(name, both, language) for name, _equals, both in pairs) or "–"


def _codes(figure: FigureAudit) -> list[str]:
    """Every attack but A0, and that one where it says something."""
    made = {a.code for a in figure.attacks}
    return [code for code in ATTACKS if code != "A0" or code in made]


def _attack(code: str, figure: FigureAudit, language: str) -> AttackShown:
    found = next((a for a in figure.attacks if a.code == code), None)
    if found is None:
        why = (
            _("Behöver uppgifter om enskilda människor, och här finns bara antal.")
            if code in _NEED_PEOPLE
            else _("Har inte gjorts.")
        )
        return AttackShown(code, ATTACKS[code], "hatch", _("inte prövat"), "quiet", why, False, "", "")
    shape, word, tone = _outcome(found)
    said = attack_words.found(found, language)
    cells = "; ".join(attack_words.place(cell, language) for cell in found.cells)
    helps = attack_words.remedy(found, language)
    return AttackShown(code, ATTACKS[code], shape, word, tone, said or found.detail, not said, cells, helps)


def _outcome(found: AttackResult) -> tuple[str, str, str]:
    if found.is_passed:
        return "full", _("stod emot"), "good"
    if found.is_told:
        return "half", _("väg in i beslutet"), "caution"
    return "triangle", _("röjer"), "danger"


def _table(table: AuditedTable, language: str) -> TablePair:
    axes = [list(axis) for axis in table.axes]
    grid = laid_out({cell.parts: cell for cell in table.cells}, axes)
    columns = tuple(protected_tables.label(c, language) for c in grid.columns)
    rows = tuple(
        RowShown(
            protected_tables.label(line.parts, language),
            tuple(_pair(cell, language) if cell else None for cell in line.cells),
        )
        for line in grid.rows
    )
    return TablePair(protected_tables.caption(axes, table.period, language), columns, rows)


def _pair(cell: AuditedCell, language: str) -> Pair:
    before = "" if cell.before is None else written(cell.before, 0, language)
    after = cell.after
    return Pair(
        before, categories.symbol(after, language) if isinstance(after, str) else written(after, 0, language)
    )
