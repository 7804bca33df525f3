"""Kolada: at most 25 identities a call, 5 calls a second, pages that lead on and not in rings."""

import pytest

from klarsyn.sources.clients import kolada
from klarsyn.sources.clients.errors import BadAddress, BadAnswer, BadQuery, NotFound, Scattered
from smallcounts.counts import Status
from tests.servers.table import MUNICIPALITIES

KEY = ("N01951", "0680", "2019", "K")


def fetch(lines, folder, kpis=("N01951",), areas=("0680", "680", "06"), years=(2018, 2019), **more):
    with lines.open("kolada") as connection:
        return kolada.fetch(kpis, areas, years, connection=connection, folder=folder, **more)


def test_long_lists_are_split_and_the_rate_is_kept(lines, server, folder):
    fetched = fetch(lines, folder, ("N01951", "N01900"), list(MUNICIPALITIES), range(1990, 2025))
    assert len(fetched.observed) == 2 * 36 * 35 * 3
    assert fetched.missing == ()
    assert server.refused == 0
    order = [(o.categories[0][1], o.area, o.period) for o in fetched.observed]
    assert order == sorted(order, key=lambda k: (k[0] == "N01900", list(MUNICIPALITIES).index(k[1]), k[2]))


def test_more_calls_than_a_second_allows_wait(lines, server, folder):
    server.kolada.rows = 3
    fetched = fetch(lines, folder, areas=list(MUNICIPALITIES)[:20])
    assert len(fetched.observed) == 20 * 2 * 3
    assert server.count("/data/") == 14
    assert server.refused == 0
    assert sum(server.clock.slept) >= 2


def test_counties_are_koladas_regions_and_twins_are_asked_once(lines, server, folder):
    fetched = fetch(lines, folder)
    assert {o.area for o in fetched.observed} == {"0680", "06"}
    assert server.count("municipality/0680,0006/year") == 1
    assert fetched.title == "Invånare totalt, antal"
    assert fetched.observed[0].categories[0] == ("kpi", "N01951", "Invånare totalt, antal")
    assert (fetched.publisher, fetched.source_text) == ("Kolada (RKA)", "Källa: Kolada (RKA)")


def test_what_kolada_leaves_out_is_named_and_no_zero(lines, server, folder):
    server.kolada.absent = {("N01951", "0680", "2019")}
    fetched = fetch(lines, folder)
    assert fetched.missing == ("N01951 0680 2019",)
    assert ("0680", "2019") not in {(o.area, o.period) for o in fetched.observed}


def test_a_ring_of_pages_is_broken(lines, server, folder):
    server.kolada.rows, server.kolada.leads = 1, "itself"
    with pytest.raises(Scattered, match="ring"):
        fetch(lines, folder)
    assert server.count("/data/") == 2


def test_a_next_page_at_another_host_is_refused(lines, server, folder):
    server.kolada.rows, server.kolada.leads = 1, "away"
    with pytest.raises(BadAddress, match="localhost"):
        fetch(lines, folder)


def test_a_service_that_calls_itself_http_is_still_asked_over_https():
    here = "https://api.kolada.se/v3/data/kpi/N01951/year/2019?per_page=5000"
    assert kolada._next(here, here.replace("https", "http") + "&page=2") == here + "&page=2"


def test_deleted_and_unexplained_values_stop_the_fetch(lines, server, folder):
    server.kolada.special = {KEY: {"isdeleted": True}}
    with pytest.raises(BadAnswer, match="tagit bort"):
        fetch(lines, folder)
    assert Status.UNAVAILABLE in {o.status for o in fetch(lines, folder, keep_deleted=True).observed}
    server.kolada.special = {KEY: {"value": None, "status": "Hidden"}}
    with pytest.raises(BadAnswer, match="Hidden"):
        fetch(lines, folder)
    told = fetch(lines, folder, statuses={"Hidden": Status.WITHHELD})
    assert [o.symbol for o in told.observed if o.status is Status.WITHHELD] == ["Hidden"]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"kpis": ("N99999",)}, NotFound),
        ({"kpis": ("kommun",)}, BadQuery),
        ({"areas": ("G35903",)}, BadQuery),
        ({"areas": ("Jönköping",)}, BadQuery),
        ({"years": (20,)}, BadQuery),
        ({"areas": ()}, BadQuery),
    ],
)
def test_a_mistake_is_named_before_anything_is_fetched(lines, server, folder, more, kind):
    with pytest.raises(kind):
        fetch(lines, folder, **more)
    assert server.count("/data/") == 0


def test_a_row_nobody_asked_for_is_refused(lines, server, folder):
    server.kolada.rows = 2
    page = fetch(lines, folder, areas=("0680",), years=(2018, 2019))
    assert len(page.observed) == 6
    server.kolada.absent = set()
    real = server.kolada._row
    server.kolada._row = lambda key: real((key[0], "0180", key[2]))
    with pytest.raises(Scattered, match="0180 2018, som inte begärdes"):
        fetch(lines, folder, areas=("0680",))
