"""The local server does not lie: its answers follow the standard, its limits bite, its formats agree."""

import json

import httpx
import pytest
from jsonstat_validator import validate_jsonstat

from klarsyn.sources.readers import jsonstat, px, pxcsv
from tests.servers.local import V1, V2

ALL = {"Region": ["0680", "0604", "0617"], "Kon": ["*"], "ContentsCode": ["*"], "Tid": ["range(2018,2019)"]}


def post(server, **params):
    body = {"selection": [{"variableCode": k, "valueCodes": v} for k, v in ALL.items()]}
    return httpx.post(f"{server.base}{V2}/tables/TAB638/data", params=params, json=body)


@pytest.mark.parametrize("path", ["/tables/TAB638/metadata", "/tables/TAB638/data", "/tables/TAB1/data"])
def test_its_datasets_are_valid_json_stat(server, path):
    assert validate_jsonstat(httpx.get(f"{server.base}{V2}{path}").json()) is True


def test_a_dataset_with_every_kind_of_mark_is_valid(server):
    dataset = post(server).json()
    assert validate_jsonstat(dataset) is True
    assert set(dataset["status"].values()) == {"x", "..C"}


def test_json_stat_csv_and_px_say_the_same(server):
    first = jsonstat.read(post(server).content)
    table = jsonstat.metadata(httpx.get(f"{server.base}{V2}/tables/TAB638/metadata").content)
    contents, tid = table.dimensions[2], table.dimensions[3]
    years = type(tid)(tid.code, tid.label, ("2018", "2019"), ("2018", "2019"), "time")
    answer = post(server, outputFormat="csv", outputFormatParams="UseCodes,SeparatorSemicolon")
    second = pxcsv.read(answer.content, charset=answer.charset_encoding or "", heading=(contents, years))
    third = px.read(post(server, outputFormat="px").content)
    facts = [[(*o.key, o.value, o.status, o.symbol) for o in read] for read in (first, second, third)]
    assert facts[0] == facts[1] == facts[2]
    assert {o.symbol for o in first} == {"", "x", "..C"}


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("top(2)", ["2023", "2024"]), ("bottom(2)", ["2001", "2002"]), ("top(1,2)", ["2022"]),
        ("from(2023)", ["2023", "2024"]), ("to(2002)", ["2001", "2002"]), ("range(2004,2003)", ["2003", "2004"]),
        ("201?", [str(y) for y in range(2010, 2020)]), ("*4", ["2004", "2014", "2024"]), ("2001,2003", ["2001", "2003"]),
    ],
)  # fmt: skip
def test_a_get_understands_expressions(server, asked, years):
    query = {"valueCodes[Tid]": asked, "valueCodes[Region]": "0680", "valueCodes[ContentsCode]": "BE0101N1"}
    answer = httpx.get(f"{server.base}{V2}/tables/TAB638/data", params=query).json()
    assert list(answer["dimension"]["Tid"]["category"]["index"]) == years


@pytest.mark.parametrize(
    ("path", "query", "status", "title"),
    [
        ("TAB638/data", {"valueCodes[Nope]": "1"}, 400, "Non-existent variable"),
        ("TAB638/data", {"valueCodes[Region]": "9999"}, 400, "Missing selection for mandantory variable"),
        ("TAB1/data", {"valueCodes[Tid]": "9999", "valueCodes[ContentsCode]": "A"}, 400, "Non-existent value"),
        ("TAB1/data", {"valueCodes[Tid]": "tip(1)", "valueCodes[ContentsCode]": "A"}, 400, "Illegal selection expression"),
        ("TAB1/data", {"outputFormat": "xlsx"}, 400, "Unsupported output format"),
        ("TAB638/data", {"valueCodes[Region]": "*", "valueCodes[Kon]": "*", "valueCodes[ContentsCode]": "*",
                         "valueCodes[Tid]": "*"}, 400, "Too many cells selected"),
        ("TAB9/data", {}, 404, "Non-existent table"),
        ("?pageNumber=9", {}, 404, "Non-existent page"),
    ],
)  # fmt: skip
def test_it_refuses_as_the_service_does(server, path, query, status, title):
    address = f"{server.base}{V2}/tables" + ("" if path.startswith("?") else "/") + path
    answer = httpx.get(address, params=query or None)
    assert (answer.status_code, answer.json()["title"]) == (status, title)


def test_its_list_of_tables_has_pages(server):
    page = httpx.get(f"{server.base}{V2}/tables", params={"pageSize": 2, "pageNumber": 2}).json()
    assert page["page"] == {"pageNumber": 2, "pageSize": 2, "totalElements": 3, "totalPages": 2}
    assert [t["id"] for t in page["tables"]] == ["TAB2"]


def test_its_call_limit_bites_and_lets_go(server):
    server.v2.calls = 2
    codes = [httpx.get(f"{server.base}{V2}/tables").status_code for _ in range(3)]
    server.clock.sleep(server.v2.window)
    assert (codes, httpx.get(f"{server.base}{V2}/tables").status_code) == ([200, 200, 429], 200)


def test_the_first_api_has_folders_a_mark_and_a_cell_limit(server):
    base = f"{server.base}{V1}/sv/ssd"
    assert json.loads(httpx.get(f"{base}/BE/BE0101").content.decode("utf-8-sig"))[0]["type"] == "l"
    assert httpx.get(f"{base}/BE/BE0101/BE0101A/BefolkningNy").content.startswith(b"\xef\xbb\xbf")
    everything = [{"code": c, "selection": {"filter": "all", "values": ["*"]}} for c in ALL]
    question = {"query": everything, "response": {"format": "json"}}
    assert httpx.post(f"{base}/BE/BE0101/BE0101A/BefolkningNy", json=question).status_code == 403
    assert httpx.get(f"{base}/BE/NOPE").status_code == 404
