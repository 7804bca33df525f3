"""The figures that ship: loaded once, with their sources; never over what came later."""

import pytest

from klarsyn.sources import actions, shipped
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.values import SourceValue

pytestmark = pytest.mark.django_db


def _rows() -> tuple[int, int, int]:
    return Dataset.objects.count(), Batch.objects.count(), Observation.objects.count()


def test_loading_twice_changes_nothing() -> None:
    first = actions.load_snapshot(by="disa")
    before = _rows()
    second = actions.load_snapshot(by="disa")
    assert (first.datasets, first.observations) == (len(shipped.declared()), Observation.objects.count())
    assert (second.batches, second.observations) == (0, 0)
    assert _rows() == before


def test_every_dataset_says_where_it_comes_from() -> None:
    for entry in shipped.declared():
        assert entry.publisher and entry.title and entry.licence and entry.certainty, entry.key
        assert entry.address.startswith("http") or entry.is_invented, entry.key
        assert len(shipped.contents(entry)[0]) == 64 and shipped.contents(entry)[1] > 0, entry.key


def test_only_published_figures_are_public_and_invented_ones_never() -> None:
    closed = {entry.key for entry in shipped.declared() if not entry.is_public}
    assert closed == {
        "scb-folkmangd-2022-harledd",
        "simulerat-2015-2024",
        "pahittade-personer-2021-2025",
        "pahittade-listor-2024",
    }


def test_national_totals_are_those_that_are_published() -> None:
    entry = next(e for e in shipped.declared() if e.key == "scb-folkmangd")
    totals: dict[str, int] = {}
    for value in shipped.values(entry):
        totals[value.period] = totals.get(value.period, 0) + (value.value or 0)
    assert (totals["2019"], totals["2020"], totals["2024"]) == (10_327_589, 10_379_295, 10_587_710)
    assert "2022" not in totals and "2018" not in totals


def test_a_new_snapshot_yields_to_what_was_imported() -> None:
    actions.load_snapshot(by="disa")
    dataset = Dataset.objects.get(key="scb-folkmangd")
    file = actions.Delivery(Batch.Origin.FILE, "f" * 64, "2019.csv", "disa", None)
    actions.store_batch(dataset=dataset, values=[SourceValue("0680", "2019", 1)], delivery=file)
    later = actions.Delivery(Batch.Origin.SNAPSHOT, "a" * 64, "snapshot", "disa", None)
    values = [SourceValue("0680", "2019", 2), SourceValue("0680", "2020", 3)]
    actions.store_batch(dataset=dataset, values=values, delivery=later)
    now = Observation.objects.filter(dataset=dataset, area="0680", is_current=True)
    assert now.get(period="2019").value == 1
    assert now.get(period="2020").value == 3


def test_an_undated_extract_is_a_fact_and_in_no_series() -> None:
    actions.load_snapshot(by="disa")
    assert not Observation.objects.filter(dataset__key="bra-handlagda-utdrag").exists()
    assert Batch.objects.get(dataset__key="bra-handlagda-utdrag").row_count == 20
