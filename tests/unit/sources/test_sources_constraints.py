"""The database itself refuses what contradicts itself."""

import pytest
from django.db import IntegrityError, transaction

from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.values import Measure

pytestmark = pytest.mark.django_db


def _dataset(key: str = "prov", **changed: object) -> Dataset:
    fields = {
        "publisher": "Brå", "title": "Prov", "licence": "fri", "certainty": "high",
        "measure": Measure.REPORTED_OFFENCES.value,
    }  # fmt: skip
    return Dataset.objects.create(key=key, **{**fields, **changed})


def _batch(dataset: Dataset, checksum: str = "a" * 64, **changed: object) -> Batch:
    fields = {"origin": "file", "by": "disa", "row_count": 1, "state": "current"}
    return Batch.objects.create(dataset=dataset, checksum=checksum, **{**fields, **changed})


def _observe(batch: Batch, **changed: object) -> Observation:
    fields = {"area": "0680", "period": "2019", "value": 1, "line": 2, "status": "observed"}
    return Observation.objects.create(dataset=batch.dataset, batch=batch, **{**fields, **changed})


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None},
        {"value": 0, "status": "withheld"},
        {"value": -1},
        {"value": None, "status": "unknown"},
        {"population": 0},
    ],
)
def test_a_value_and_its_status_agree(wrong: dict[str, object]) -> None:
    batch = _batch(_dataset())
    with pytest.raises(IntegrityError), transaction.atomic():
        _observe(batch, **wrong)
    _observe(batch)
    assert Observation.objects.count() == 1


def test_a_dataset_never_says_two_things_at_once() -> None:
    dataset = _dataset()
    _observe(_batch(dataset))
    later = _batch(dataset, "b" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        _observe(later)
    _observe(later, is_current=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        _observe(later, is_current=False)


def test_the_same_bytes_are_in_force_once() -> None:
    dataset = _dataset()
    _batch(dataset)
    with pytest.raises(IntegrityError), transaction.atomic():
        _batch(dataset)
    _batch(dataset, state="superseded")


@pytest.mark.parametrize(
    "wrong",
    [
        {"measure": "made_up"},
        {"is_invented": True, "is_public": True},
        {"is_denominator": True, "is_public": True},
        {"is_denominator": True, "measure": "population"},
    ],
)
def test_a_dataset_cannot_be_two_things(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _dataset(**wrong)


def test_there_is_one_denominator() -> None:
    as_denominator = {"is_denominator": True, "is_public": True, "measure": "population"}
    _dataset("one", **as_denominator)
    with pytest.raises(IntegrityError), transaction.atomic():
        _dataset("two", **as_denominator)


def test_a_batch_has_a_known_state_and_origin() -> None:
    dataset = _dataset()
    for wrong in ({"state": "lost"}, {"origin": "hearsay"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            _batch(dataset, **wrong)
