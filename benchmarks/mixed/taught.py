"""Before the learners come: a unit with an open link. After: whether every acknowledged move is there.

python -m benchmarks.mixed.taught              # prints the link
python -m benchmarks.mixed.taught < acts.json  # prints what is missing, by code
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.dev")

import django

django.setup()

from klarsyn.people.actions import admit_person  # noqa: E402  after the set-up
from klarsyn.training import actions, queries  # noqa: E402
from klarsyn.training.library import library  # noqa: E402
from klarsyn.training.models import Completion, Learner, Progress, Unit  # noqa: E402


def opened() -> str:
    """A unit's link, opened by somebody who leads it."""
    by = admit_person(username="greta", name="Greta", password="nordanvind-och-klar-luft", roles=())
    return actions.open_link(unit=Unit.objects.create(name="Mässan", kind="venue"), by=by)


def missing(told: dict[str, dict[str, int]], course: str) -> Iterator[str]:
    """Acknowledged and not there; there may be more, whose answer was lost on the way."""
    for code, acts in told.items():
        learner = queries.learner_by_code(code)
        if learner is None:
            yield f"{code[:4]}…: the learner is not there"
            continue
        rows = {row.step: row for row in Progress.objects.filter(learner=learner, course=course)}
        for step, count in acts.items():
            row = rows.get(step)
            if row is None or (row.done_at is None and len(row.place) < count):
                yield f"{code[:4]}… {step}: {count} acknowledged, kept {row.place if row else 'nothing'}"
        is_done = set(library()[course].head.steps) <= {r.step for r in rows.values() if r.done_at}
        if is_done is not Completion.objects.filter(learner=learner).exists():
            yield f"{code[:4]}…: all steps and the completion do not agree"


if __name__ == "__main__":
    given = "" if sys.stdin.isatty() else sys.stdin.read()
    if given:
        acts = json.loads(given)
        kept = {"learners": Learner.objects.count(), "completions": Completion.objects.count()}
        print(json.dumps({"missing": list(missing(acts["told"], acts["course"])), **kept}))
    else:
        print(opened())
