"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from tests.people import person


@pytest.mark.parametrize(
    "change",
    [
        {"released_at": timezone.now()},
        {"state": State.RELEASED},
        {"number": 2},
    ],
    ids=["released by nobody", "released never", "a correction without a word"],
)
def test_the_database_refuses_a_half_truth(draft: Edition, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(**change)


def test_one_edition_in_force_a_year(released: Edition) -> None:
    twin = Edition.objects.get(pk=released.pk)
    twin.pk, twin.number, twin.slug, twin.what_changed = None, 2, "0680-2019-2", "Ett tal var fel."
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_rejection_without_words_is_refused(in_check: Edition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        in_check.votes.create(round=1, checker=person("cilla"), verdict="reject", at=timezone.now())
