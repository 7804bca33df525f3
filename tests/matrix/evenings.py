"""Editions that an address may point at, and questions of an evening: on the analyst's released edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from klarsyn.report import store
from klarsyn.report.models import Edition, EveningAnswer, EveningQuestion
from klarsyn.report.policy import Asked, State
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words

_PAGES = (
    "draft_edition", "draft_page", "submit", "revise", "vote", "release", "send_back", "correct",
)  # fmt: skip
_SLIDES = b'<main><section class="slide" id="s1"><h2 id="s1-title">1. Prov</h2></section></main>'
ONE = {"year": "exempel", "number": 1}


def _staged(made: Words) -> Words:
    """The released edition with slides on disk."""
    row = Edition.objects.get(pk=made["id"])
    with store.workplace(row.slug) as folder:
        for name in ("index", "noter"):
            store.write(folder, f"sv/bilder/{name}.html", _SLIDES)
        store.seal(folder, row.slug, row.content_hash, {})
        store.publish(folder, row.slug)
    return made


def _question(cast: Cast, made: Words, state: Asked, *, waits: bool = False) -> Words:
    now, shown = timezone.now(), state is Asked.SHOWN
    row = EveningQuestion.objects.create(
        edition_id=made["id"], text="Ökar det?", state=state, due_on=now.date() + timedelta(days=30),
        noted_at=now, noted_by=cast.users["analyst"],
        shown_at=now if shown else None, shown_by=cast.users["report_checker"] if shown else None,
    )  # fmt: skip
    if waits:
        EveningAnswer.objects.create(
            question=row, text="Nej.", written_at=now, written_by=cast.users["analyst"]
        )
    return {**made, "question": row.pk}


def evenings(
    edition: Callable[[Cast, State], Words], editions: dict[str, Maker]
) -> dict[str, dict[str, Maker]]:
    """The public page, the desk's page, and what is done to a question that the analyst noted."""

    def question(cast: Cast, state: Asked, *, waits: bool = False) -> Words:
        return _question(cast, edition(cast, State.RELEASED), state, waits=waits)

    stage: Maker = lambda cast, who: _staged(edition(cast, State.RELEASED))  # noqa: E731
    gone: Maker = lambda cast, who: {"id": GONE, "question": GONE}  # noqa: E731
    noted: Maker = lambda cast, who: question(cast, Asked.NOTED)  # noqa: E731
    return {
        **{f"report:{name}": editions for name in _PAGES},
        "report:questions": {
            "draft": lambda cast, who: edition(cast, State.DRAFT) and ONE,
            "released": lambda cast, who: edition(cast, State.RELEASED) and ONE,
            "not there": lambda cast, who: ONE,
        },
        "report:evening_slides": {
            "draft": lambda cast, who: edition(cast, State.DRAFT) and ONE,
            "released": lambda cast, who: stage(cast, who) and ONE,
            "not there": lambda cast, who: ONE,
        },
        "report:evening": editions,
        "report:speaker": {**editions, "released": stage},
        "report:own_notes": {**editions, "released": stage},
        "report:show_question": {"noted": noted, "not there": gone},
        "report:strike_question": {"noted": noted, "not there": gone},
        "report:answer_question": {
            "shown": lambda cast, who: question(cast, Asked.SHOWN),
            "not there": gone,
        },
        "report:check_answer": {
            "answered": lambda cast, who: question(cast, Asked.SHOWN, waits=True),
            "not there": gone,
        },
    }
