"""A survey answered without a name, with what was never meant for it typed in every box."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from klarsyn.people import actions as people
from klarsyn.people.models import User
from klarsyn.training.attitudes import actions
from klarsyn.training.attitudes.items import every

TRIES = 10


def feed(new: Callable[[str], str], trainer: User) -> None:
    people.give_role(user=trainer, role="trainer")
    items, today = next(iter(every().values())), timezone.localdate()
    by = User.objects.get(pk=trainer.pk)
    survey = actions.make_survey(name="Prov", items=items, by=by, today=today)
    for _ in range(TRIES):
        typed = {f"code_{n}": new("typed in a code") for n in range(5)}
        answers = {f"item_{item.id}": new("typed as an answer") for item in items.items}
        sent = {"stage": new("typed as a time"), **typed, **answers}
        Client().post(f"/matning/{survey.link}/", sent)
        right = {"code_0": "an", "code_1": "ga", "code_2": "47", "code_3": "k", "stage": "before"}
        Client().post(f"/matning/{survey.link}/", {**right, "text": new("typed in a box that is not there")})
