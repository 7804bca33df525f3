"""Pairs as counts: from the answers of a survey that is open, from what was counted of one that is closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from klarsyn.training.attitudes.items import ATTITUDE, Items
from klarsyn.training.models import AttitudeAnswer, AttitudeCount, AttitudeSurvey
from smallcounts.change import Pairs, pairs

INDEX: Final = "index"  # the sum of the attitudes, of those who answered every one
EVERYONE: Final = "everyone"  # the people, whatever they answered
LATER_TIMES: Final = (AttitudeSurvey.Stage.AFTER, AttitudeSurvey.Stage.LATER)
Cell = tuple[str, int | None, int | None]  # item, score before, score later


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one later time. `unmatched`: answered later with a code that was not there before."""

    cells: Mapping[Cell, int] = field(repr=False)

    @property
    def asked(self) -> int:
        return self.number + sum(n for (i, b, a), n in self.cells.items() if i == EVERYONE and a is None)

    @property
    def number(self) -> int:
        return self.cells.get((EVERYONE, 0, 0), 0)

    @property
    def unmatched(self) -> int:
        return self.cells.get((EVERYONE, None, 0), 0)

    def pairs(self, item: str) -> Pairs:
        """The pairs of an item, with those who left."""
        inside = {(b, a): n for (i, b, a), n in self.cells.items() if i == item and b is not None}
        table = {(float(b), float(a)): n for (b, a), n in inside.items() if a is not None}
        return pairs(table, left={float(b): n for (b, a), n in inside.items() if a is None})


def table(survey: AttitudeSurvey, stage: str, items: Items) -> Table:
    """The pairs of before and `stage`."""
    if survey.stage == AttitudeSurvey.Stage.CLOSED:
        kept = AttitudeCount.objects.filter(survey=survey, stage=stage)
        return Table({(c.item, c.before, c.after): c.number for c in kept})
    return _of_answers(survey, stage, items)


def counted(survey: AttitudeSurvey, items: Items, asked: Iterable[str] = LATER_TIMES) -> list[AttitudeCount]:
    """What is left of an open survey when it closes: rows to keep, of the later times that were asked for."""
    made = {stage: _of_answers(survey, stage, items).cells for stage in asked}
    return [
        AttitudeCount(survey=survey, stage=stage, item=item, before=before, after=after, number=number)
        for stage, cells in made.items()
        for (item, before, after), number in cells.items()
    ]


def scores(items: Items, answers: Mapping[str, int]) -> dict[str, int]:
    """Each item answered -> its score, the sum of attitudes when none was skipped, and 0 for the person."""
    found = {i.id: i.score(answers[i.id]) for i in items.items if answers.get(i.id) in i.choices}
    attitudes = [found.get(item.id) for item in items.of(ATTITUDE)]
    whole = [score for score in attitudes if score is not None]
    if attitudes and len(whole) == len(attitudes):
        found[INDEX] = sum(whole)
    return {**found, EVERYONE: 0}


def _of_answers(survey: AttitudeSurvey, stage: str, items: Items) -> Table:
    given: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    rows = AttitudeAnswer.objects.filter(survey=survey, fingerprint=survey.fingerprint)
    for when, tag, answers in rows.values_list("stage", "tag", "answers"):
        given[when][tag] = scores(items, answers)
    return Table(_paired(given[AttitudeSurvey.Stage.BEFORE], given[stage]))


def _paired(before: Mapping[str, Mapping[str, int]], later: Mapping[str, Mapping[str, int]]) -> Counter[Cell]:
    """An item that one of the two times left out is in no pair and has not left."""
    cells: Counter[Cell] = Counter()
    for tag, first in before.items():
        second = later.get(tag)
        for item, score in first.items():
            if second is None:
                cells[item, score, None] += 1
            elif item in second:
                cells[item, score, second[item]] += 1
    cells[EVERYONE, None, 0] += len(_without(later, before))
    return +cells


def _without(tags: Iterable[str], others: Mapping[str, object]) -> set[str]:
    return set(tags) - set(others)
