"""Which column of somebody's file holds which field, also where the published template contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from klarsyn.cases.htcds.table import ALIASES, CORE, FIELDS, OWN_PREFIX, TEMPLATE


class FilledBy(StrEnum):
    """Which of two header rows that disagree the file was filled by; a person answers."""

    NAMES = "names"
    LABELS = "labels"


_ALL_LABELS: Final = ["".join(field.label.casefold().split()) for field in FIELDS.values()]
# Of labels that several fields share, the core's stands for its own; another says nothing by itself.
_LABELS: Final = {
    "".join(FIELDS[name].label.casefold().split()): name
    for name in (*(n for n in FIELDS if n not in CORE), *CORE)
    if name in CORE or _ALL_LABELS.count("".join(FIELDS[name].label.casefold().split())) == 1
}
_UNNAMED: Final = "cas_ReasonForOutgoingReferral"  # column AJ has no system name in the published template
_BEFORE, _AFTER = "cas_ReferredPrimaryCaseWorker", "cas_OutgoingReferralDate"
_FAULTY: Final = tuple(row["published_name"] for row in TEMPLATE if row["column"] in "NOPQR")
_FAULTY_MEANS: Final = tuple(row["name"] for row in TEMPLATE if row["column"] in "NOPQR")


@dataclass(frozen=True, slots=True)
class Heading:
    """Column number -> field; the rows the header takes; what was mended, and what a person must say."""

    fields: dict[int, str]
    rows: int
    mended: tuple[str, ...]
    unknown: tuple[int, ...]  # columns with a header that is no field, from 1
    twice: tuple[str, ...]
    needs_answer: bool


def read_heading(first: Sequence[str], second: Sequence[str], filled_by: FilledBy | None = None) -> Heading:
    """The heading of a file by its first two rows."""
    names = [_named(cell) for cell in first]
    labels = [_labelled(cell) for cell in second]
    if _share(names) >= 0.5:
        has_two = sum(_plain(cell) in _ALL_LABELS for cell in second) >= 0.5 * len(names)
        return _made(first, second if has_two else (), names, labels if has_two else [], filled_by)
    labels = [_labelled(cell) for cell in first]
    return _made(first, (), labels, [], filled_by)


def _made(
    first: Sequence[str],
    second: Sequence[str],
    names: Sequence[str],
    labels: Sequence[str],
    filled_by: FilledBy | None,
) -> Heading:
    names = _with_unnamed(names, [*labels, *[""] * len(names)])
    disagree = [i for i, (a, b) in enumerate(zip(names, labels, strict=False)) if a and b and a != b]
    shifted = _faulty_at(names) if not labels else None
    needs = bool(disagree) or shifted is not None
    found = list(names)
    if filled_by is FilledBy.LABELS:
        for i in disagree:
            found[i] = labels[i]
        if shifted is not None:
            found[shifted : shifted + len(_FAULTY_MEANS)] = _FAULTY_MEANS
    fields = {i: name for i, name in enumerate(found) if name}
    return Heading(
        fields, 2 if labels else 1, _mended(first, names), _unknown(first, second, found), _twice(found),
        needs and filled_by is None,
    )  # fmt: skip


def _named(cell: str) -> str:
    name = cell.strip().rpartition("/")[2]  # a survey puts its groups in front
    name = ALIASES.get(name, name)
    return name if name in FIELDS or name.startswith(OWN_PREFIX) else ""


def _labelled(cell: str) -> str:
    return _LABELS.get(_plain(cell), "")


def _plain(cell: str) -> str:
    return "".join(cell.casefold().split())


def _share(found: Sequence[str]) -> float:
    return sum(bool(one) for one in found) / max(len(found), 1)


def _with_unnamed(names: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The column without a system name, known by its label or by its neighbours."""
    found = list(names)
    for i, name in enumerate(found):
        if name or _UNNAMED in found:
            continue
        between = 0 < i < len(found) - 1 and (found[i - 1], found[i + 1]) == (_BEFORE, _AFTER)
        if between or labels[i] == _UNNAMED:
            found[i] = _UNNAMED
    return found


def _faulty_at(names: Sequence[str]) -> int | None:
    """Where five columns stand in just the order of the published template's contradiction."""
    size = len(_FAULTY)
    return next((i for i in range(len(names) - size + 1) if tuple(names[i : i + size]) == _FAULTY), None)


def _mended(first: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    misspelt = any(cell.strip().rpartition("/")[2] in ALIASES for cell in first)
    unnamed = any(name == _UNNAMED and not first[i].strip() for i, name in enumerate(names))
    return (("misspelt_name",) if misspelt else ()) + (("unnamed_column",) if unnamed else ())


def _unknown(first: Sequence[str], second: Sequence[str], found: Sequence[str]) -> tuple[int, ...]:
    second = [*second, *[""] * len(first)]
    return tuple(
        i + 1 for i, name in enumerate(found) if not name and (first[i].strip() or second[i].strip())
    )


def _twice(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in found if name and list(found).count(name) > 1}))
