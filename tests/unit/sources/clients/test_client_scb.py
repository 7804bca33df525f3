"""Both of Statistics Sweden's APIs, asked within their limits."""

from datetime import UTC, datetime

import pytest

from klarsyn.sources.clients import scb, scb_v1, scb_v2
from klarsyn.sources.clients.errors import (
    BadAnswer,
    BadQuery,
    FetchError,
    NotFound,
    Scattered,
    ServerFailed,
    TooManyCells,
)
from smallcounts.counts import Status

PATH = "BE/BE0101/BE0101A/BefolkningNy"
WHOLE = {"Region": ["*"], "Kon": ["*"], "ContentsCode": ["*"], "Tid": ["*"]}
SMALL = {"Region": ["0680", "0604"], "ContentsCode": ["BE0101N1"], "Tid": ["top(2)"]}


def v2(lines, folder, selection=SMALL, table="TAB638", **more):
    with lines.open("scb-v2") as connection:
        return scb_v2.fetch_table(table, selection, connection=connection, folder=folder, **more)


def v1(lines, folder, selection=SMALL, path=PATH, **more):
    with lines.open("scb-v1") as connection:
        return scb_v1.fetch_table(path, selection, connection=connection, folder=folder, **more)


def test_a_large_table_is_split_within_every_limit(lines, server, folder):
    server.v2.cells, server.v2.calls = 400, 4
    fetched = v2(lines, folder, WHOLE)
    assert len(fetched.observed) == 50 * 2 * 2 * 24
    assert max(server.v2.largest) <= 400
    assert server.refused == 0
    assert sum(server.clock.slept) >= 10  # it waited instead of being refused
    assert [o.key for o in fetched.observed] == sorted(
        (o.key for o in fetched.observed), key=lambda k: (k[0], k[2], k[3], k[1])
    )


def test_every_figure_is_the_servers_own(lines, server, folder):
    server.v2.cells = 700
    cells = server.tables[0].cells(server.tables[0].variables)
    shown = [o.symbol or o.value for o in v2(lines, folder, WHOLE).observed]
    assert shown == cells


def test_the_result_says_where_it_comes_from(lines, folder):
    fetched = v2(lines, folder)
    assert fetched.address.endswith("/api/v2/tables/TAB638")
    assert fetched.licence.startswith("https://creativecommons.org/")
    assert (fetched.source_text, fetched.updated) == ("Källa: SCB", "2025-02-21T07:00:00Z")
    assert fetched.retrieved_at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert fetched.checksum == fetched.parts[0].checksum
    assert fetched.notes == (".. = uppgift saknas, - = noll",)
    assert [d.codes for d in fetched.dimensions][-1] == ("2023", "2024")


def test_another_authoritys_table_names_that_authority(lines, folder):
    fetched = v2(lines, folder, {"ContentsCode": ["A"], "Tid": ["*"]}, "TAB1", language="en")
    assert fetched.source_text == "Source: Brå"
    assert {o.area for o in fetched.observed} == {""}


def test_a_code_list_gives_the_codes(lines, server, folder):
    selection = {**SMALL, "Region": ["*"]}
    fetched = v2(lines, folder, selection, codelists={"Region": "vs_RegionLän07"})
    assert {o.area for o in fetched.observed} == {"01", "03", "04", "05", "06", "07", "12", "14", "17", "18",
                                                  "21", "24", "25"}  # fmt: skip


def test_both_apis_give_the_same_figures(lines, server, folder):
    new, old = v2(lines, folder, WHOLE), v1(lines, folder, WHOLE)
    assert new.observed == old.observed
    assert {o.status for o in new.observed} == set(Status)
    assert server.refused == 0
    assert (old.updated, old.title) == (new.updated, new.title)
    assert server.count("POST /OV0104") == 4  # 1,500 cells are 15 regions of 96; none was sent in vain


def test_reading_the_configuration_takes_no_call_from_the_window(lines, server, folder):
    server.v2.calls = 2
    v2(lines, folder)
    assert server.count("config") == 1
    assert server.clock.slept == []


@pytest.mark.parametrize("fetch", [v1, v2])
@pytest.mark.parametrize(
    ("selection", "named"),
    [
        ({**SMALL, "Nope": ["1"]}, "ingen variabel Nope"),
        ({"Region": ["0680"]}, "saknar ContentsCode, Tid"),
        ({**SMALL, "Region": ["0608"]}, "Närmast: 06"),
        ({**SMALL, "Tid": ["from(1999)"]}, "”1999” finns inte i Tid"),
        ({**SMALL, "Tid": ["range(2001)"]}, "fel antal koder"),
        ({**SMALL, "Region": ["99*"]}, "inga värden för Region"),
    ],
)
def test_a_mistake_in_the_selection_costs_no_data_call(lines, server, folder, fetch, selection, named):
    with pytest.raises(BadQuery) as refused:
        fetch(lines, folder, selection)
    assert named in str(refused.value)
    assert server.count("POST") == 0


def test_a_limit_the_service_does_not_admit_to_is_found(lines, server, folder):
    server.v2.hidden_limit = 1000
    assert len(v2(lines, folder, WHOLE).observed) == 4800
    server.v2.hidden_limit = -1
    with pytest.raises(TooManyCells, match="för stor"):
        v2(lines, folder, SMALL)


def test_the_first_apis_403_means_too_many_cells(lines, server, folder):
    server.faults.order("403", match="POST")
    assert len(v1(lines, folder, WHOLE).observed) == 4800
    server.faults.order("403", match="POST", times=99)
    with pytest.raises(TooManyCells):
        v1(lines, folder, WHOLE)


def test_403_before_any_query_is_a_refusal(lines, server, folder):
    server.faults.order("403", match="GET")
    with pytest.raises(BadAnswer, match="nekar oss"):
        v1(lines, folder)


def test_a_table_revised_while_it_is_fetched_is_fetched_again(lines, server, folder):
    server.v2.cells = 1000
    table = server.tables[0]

    def revise(label, done, total):
        if done == 3 and table.updated.startswith("2025"):
            table.updated = "2026-03-02T08:00:00Z"

    fetched = v2(lines, folder, WHOLE, progress=revise)
    assert fetched.updated == "2026-03-02T08:00:00Z"
    assert len({len(p.body) for p in fetched.parts}) >= 1
    assert server.count("POST") == 10  # five before and after the revision, five again


def test_a_table_revised_all_the_time_is_given_up(lines, server, folder):
    server.v2.cells = 2000

    def revise(label, done, total):
        server.tables[0].updated = f"2026-03-02T08:00:0{done}Z"

    with pytest.raises(Scattered, match="kastade"):
        v2(lines, folder, WHOLE, progress=revise)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("fault", ["404", "500", "502", "503", "drop", "html", "html_as_json"])
def test_the_old_api_takes_over_when_the_new_fails(lines, server, folder, fault):
    server.faults.order(fault, match="/api/v2/tables", times=99)
    both = lines.service("scb-v2"), lines.service("scb-v1")
    fetched = scb.fetch_table("TAB638", SMALL, folder=folder, path=PATH, services=both, clock=lines.clock)
    assert fetched.protocol == "PxWeb API 1"
    assert "SCB" in fetched.fell_back
    assert len(fetched.observed) == 4


@pytest.mark.parametrize("fault", ["400", "403", "type", "latin1", "away"])
def test_a_mistake_or_a_strange_answer_does_not_fall_back(lines, server, folder, fault):
    server.faults.order(fault, match="/api/v2/tables", times=99)
    both = lines.service("scb-v2"), lines.service("scb-v1")
    with pytest.raises(FetchError):
        scb.fetch_table("TAB638", SMALL, folder=folder, path=PATH, services=both, clock=lines.clock)
    assert server.count(PATH) == 0


def test_when_neither_answers_both_reasons_stand(lines, server, folder):
    server.faults.order("500", times=99)
    both = lines.service("scb-v2"), lines.service("scb-v1")
    with pytest.raises(ServerFailed, match=r"api/v2.*Reservvägen hjälpte inte.*doris.*Försök igen senare"):
        scb.fetch_table("TAB638", SMALL, folder=folder, path=PATH, services=both, clock=lines.clock)
    server.faults.order("500", times=99)
    with pytest.raises(ServerFailed):
        scb.fetch_table("TAB638", SMALL, folder=folder, services=both, clock=lines.clock)


def test_a_table_or_path_that_does_not_exist(lines, folder):
    with pytest.raises(NotFound, match="Non-existent table"):
        v2(lines, folder, table="TAB999")
    with pytest.raises(NotFound):
        v1(lines, folder, path="BE/NOPE")
    with pytest.raises(BadAnswer, match="mapp"):
        v1(lines, folder, path="BE/BE0101")
    with pytest.raises(BadQuery):
        v2(lines, folder, table="../config")
    with pytest.raises(BadQuery):
        v1(lines, folder, path="../../x")
