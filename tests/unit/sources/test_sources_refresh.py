"""Fetching the population: from a real server on the loopback; a failure leaves the old figures alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from klarsyn.base.errors import Refused
from klarsyn.sources import actions, facts
from klarsyn.sources.counts import list_population
from klarsyn.sources.models import Batch, Observation
from tests.servers.local import KOLADA, V2, Server, serve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with serve() as running:
        running.kolada.calls = running.v2.calls = 1000  # its clock stands still here
        yield running


@pytest.fixture
def whole(server: Server) -> Server:
    """The same server, holding every municipality."""
    table = server.tables[0]
    region = table.variables[0]
    codes = tuple((m.code, m.name) for m in facts.municipalities(date(2024, 1, 1)))
    everywhere = replace(region, values=(("00", "Riket"), ("06", "Jönköpings län"), *codes))
    table.variables = (everywhere, *table.variables[1:])
    return server


def _refresh(server: Server, years: list[int], origin: str = "scb") -> Batch | None:
    base = server.base + (V2 if origin == "scb" else KOLADA)
    return actions.refresh_population(origin=origin, years=years, by="disa", base_url=base)


def test_a_fetched_year_becomes_the_denominator(whole: Server) -> None:
    actions.load_snapshot(by="disa")
    assert list_population(year=2016).counts == ()
    batch = _refresh(whole, [2016, 2019])
    assert batch is not None and batch.origin == "fetched" and batch.retrieved_at is not None
    assert batch.address.startswith(whole.base)
    assert batch.row_count == 2 * 290
    year = list_population(year=2019)
    assert len(year.counts) == 290 and year.is_public
    assert (
        list_population(year=2019, areas=["0680"]).counts[0].value != 141_081
    )  # the server's figures are invented
    assert list_population(year=2024, areas=["0680"]).counts[0].value == 147_654


def test_asking_again_for_the_same_answer_keeps_one_batch(whole: Server) -> None:
    actions.load_snapshot(by="disa")
    first = _refresh(whole, [2020])
    count = Observation.objects.count()
    assert first is not None and _refresh(whole, [2020]) is None
    assert Observation.objects.count() == count


@pytest.mark.parametrize("origin", ["scb", "kolada"])
def test_an_answer_with_holes_is_refused_and_nothing_changes(server: Server, origin: str) -> None:
    actions.load_snapshot(by="disa")
    before = (Batch.objects.count(), Observation.objects.filter(is_current=True).count())
    with pytest.raises(Refused, match=r"av 290 kommuner 2020"):
        _refresh(server, [2020], origin)
    assert (Batch.objects.count(), Observation.objects.filter(is_current=True).count()) == before
    assert list_population(year=2020, areas=["0680"]).counts[0].value == 142_427


def test_a_year_that_is_not_there_and_a_server_that_is_not_there(whole: Server) -> None:
    actions.load_snapshot(by="disa")
    before = Batch.objects.count()
    with pytest.raises(Refused):
        _refresh(whole, [2031])
    with pytest.raises(Refused):
        actions.refresh_population(
            origin="scb", years=[2020], by="disa", base_url="http://127.0.0.1:9/api/v2"
        )
    assert Batch.objects.count() == before
