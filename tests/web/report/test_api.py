"""The API gives the numbers of the open data and nothing unreleased; every wrong question is told what to do."""

import csv
import gzip
import io
from pathlib import Path

from django.test import Client
from django.utils import timezone

from klarsyn.mapping.models import Mapping
from klarsyn.report.models import Edition
from klarsyn.report.opendata.csvfile import to_csv
from klarsyn.report.policy import State
from tests.people import person
from tests.unit.report import frozen

V1 = "/api/v1/"
PRESS = f"{V1}figures/0680-2019-1/convicted_press/rates.rate"
PUBLIC = "http://127.0.0.1:8000"


def ask(client: Client, address: str) -> dict:
    answer = client.get(address.removeprefix(PUBLIC))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content
    return answer.json()


def open_data(figure: dict) -> list[dict[str, str]]:
    """The rows of the file of the same table."""
    table, _, column = figure["series"].rpartition(".")
    (found,) = (t for t in frozen.mapping().figure(figure["indicator"]).tables if t.name == table)
    rows = list(csv.DictReader(io.StringIO(to_csv(found).decode("utf-8"), newline="")))
    return [row for row in rows if column != "percent" or row["percent"]]


def numbers(*values: float | None) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def test_every_number_is_the_open_datas(client: Client, out: Edition) -> None:
    compared = 0
    for head in ask(client, f"{V1}figures?per_page=500")["figures"]:
        rows, column = open_data(head), head["series"].rpartition(".")[2]
        for row in ask(client, head["address"] + "?per_page=500")["rows"]:
            there = rows if head["series"].startswith("victims") else [rows.pop(0)]
            name = row["labels"][0]["category"] if head["series"].startswith("victims") else column
            same = [r for r in there if row["period"] in (r.get("period"), r.get("year"))]
            assert numbers(row["value"]) in [numbers(r[name] or None) for r in same], (head["address"], row)
            if column == "rate":
                limits = row["interval"] or {"low": None, "high": None}
                mine = (row["count"], row["population"], limits["low"], limits["high"])
                theirs = (same[0][one] or None for one in ("count", "population", "lower", "upper"))
                assert numbers(*mine) == numbers(*theirs)
            compared += 1
    assert compared > 100


def test_a_figure_carries_all_that_must_be_said_with_it(client: Client, out: Edition) -> None:
    found = ask(client, PRESS)
    assert (
        found["figure"]["says_not"] and found["figure"]["publishers"] and not found["figure"]["is_invented"]
    )
    home = next(row for row in found["rows"] if row["is_default"])
    assert (home["count"], home["population"], home["missing"]) == (17, 141081, None)
    assert home["interval"]["low"] < home["value"] < home["interval"]["high"]
    heads = [h["address"] for h in ask(client, f"{V1}figures?per_page=500")["figures"]]
    rows = [row for address in heads for row in ask(client, address)["rows"]]
    assert all((row["value"] is None) == bool(row["missing"]) for row in rows)
    assert {row["missing"]["code"] for row in rows if row["missing"]} <= {
        "too_few", "cannot_exist", "not_collected", "unavailable", "no_rate",
    }  # fmt: skip


def test_in_english_by_lang(client: Client, out: Edition) -> None:
    swedish, english = (client.get(f"{PRESS}?lang={lang}") for lang in ("sv", "en"))
    assert (swedish["Content-Language"], english["Content-Language"]) == ("sv", "en")
    says = [answer.json()["figure"]["says_not"] for answer in (swedish, english)]
    assert says[0] != says[1] and says[1].startswith("The rate")
    assert client.get(f"/en{PRESS}").content == english.content
    assert "Write a whole number" in client.get(f"{V1}editions?page=x&lang=en").json()["detail"]


def test_what_is_not_released_is_nowhere(client: Client, draft: Edition) -> None:
    for state in (State.DRAFT, State.IN_CHECK, State.REJECTED):
        Edition.objects.update(state=state)
        for name in ("editions", "indicators", "figures", "sources"):
            assert ask(client, V1 + name)[name] == []
        for address in (f"{V1}editions/0680-2019-1", PRESS, f"{V1}figures?edition=0680-2019-1"):
            assert client.get(address).status_code == 404


def test_a_replaced_edition_is_listed_with_its_reason_and_shows_no_figure(
    client: Client, out: Edition
) -> None:
    before = ask(client, PRESS)
    Edition.objects.update(state=State.SUPERSEDED)
    Edition.objects.create(
        municipality="0680", year=2019, number=2, slug="0680-2019-2", author=person("disa"), state=State.RELEASED,
        content_hash=out.content_hash, what_changed="Malmös folkmängd var fel.", created_at=timezone.now(),
        released_at=timezone.now(), released_by=person("greta"),
    )  # fmt: skip
    new, old = ask(client, f"{V1}editions")["editions"]
    assert (old["state"], old["figures"]) == ("replaced", None) and new["state"] == "in_force"
    assert (old["replaced_by"]["edition"], old["replaced_by"]["reason"]) == (
        "0680-2019-2",
        "Malmös folkmängd var fel.",
    )
    for gone in (PRESS, f"{V1}figures?edition=0680-2019-1"):
        answer = client.get(gone)
        assert answer.status_code == 410 and "Malmös folkmängd" in answer.json()["detail"]
    assert {f["edition"] for f in ask(client, f"{V1}figures?per_page=500")["figures"]} == {"0680-2019-2"}
    assert ask(client, PRESS.replace("2019-1", "2019-2"))["rows"] == before["rows"]


WRONG = (
    ("get", f"{V1}figures?page=0", 400, "heltal mellan 1 och 100000"),
    ("get", f"{V1}figures?page=%D9%A3", 400, "heltal"),
    ("get", f"{V1}figures?per_page={'9' * 400}", 400, "heltal mellan 1 och 500"),
    ("get", f"{V1}figures?lang=de", 400, "sv / en"),
    ("get", f"{V1}figures?lang=en&lang=sv", 400, "en gång"),
    ("get", f"{V1}figures?edition=a%00b", 400, "”a·b”"),
    ("get", f"{V1}figures?indicator=%E2%80%AEabc", 400, "bokstäver"),
    ("get", f"{V1}editions?utgava=1", 400, "känner inte ”utgava”"),
    ("get", f"{V1}figures?{'x' * 5000}=1", 400, "…”"),
    ("get", f"{V1}editions/", 404, "utan snedstreck"),
    ("get", f"{V1}indicators/a%0Ab%3F", 404, "utan snedstreck"),
    ("get", "/api/v2/editions", 404, f"{PUBLIC}{V1}"),
    ("get", f"{V1}editions/0680-1999-1", 404, f"{V1}editions"),
    ("get", f"{V1}indicators/nothing", 404, f"{V1}indicators"),
    ("get", f"{V1}figures/0680-2019-1/convicted_press/rates.%00", 404, f"{V1}editions"),
    ("post", f"{V1}figures", 405, "GET eller HEAD"),
    ("put", PRESS, 405, "GET eller HEAD"),
    ("options", V1, 405, "GET eller HEAD"),
    ("delete", "/api/nothing", 405, "GET eller HEAD"),
)


def test_a_wrong_question_is_told_what_to_do(db: None) -> None:
    for method, address, status, says in WRONG:
        answer = getattr(Client(enforce_csrf_checks=True), method)(address)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), address
        said = answer.json()
        assert said["status"] == status and says in said["detail"] and said["title"], said
        assert "/api/#" in said["type"] and len(answer.content) < 1000
        assert (answer["Access-Control-Allow-Origin"], answer["Cache-Control"]) == ("*", "no-store")
        assert answer.get("Allow", "") == ("GET, HEAD" if status == 405 else "")


def test_a_reader_who_takes_no_json_is_told_so(client: Client, out: Edition) -> None:
    assert client.get(PRESS, headers={"accept": "text/csv"}).status_code == 406
    for accept in ("application/json", "*/*", "application/*;q=0.1", "text/html, application/json"):
        assert client.get(PRESS, headers={"accept": accept}).status_code == 200


def test_it_is_kept_named_packed_and_open_to_all_and_nothing_else_is(client: Client, out: Edition) -> None:
    client.cookies["sessionid"] = "made up"
    plain_one, packed = client.get(PRESS), client.get(PRESS, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain_one.content and packed["ETag"] != plain_one["ETag"]
    again = client.get(PRESS, headers={"if-none-match": plain_one["ETag"]})
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")
    for answer in (plain_one, packed, again):
        assert (
            not answer.cookies and "Cookie" not in answer["Vary"] and "max-age=300" in answer["Cache-Control"]
        )
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in answer
    for other in ("/api/", "/kartlaggning/", "/.well-known/klarsyn.json", "/personal/"):
        answer = client.get(other)
        assert "Access-Control-Allow-Origin" not in answer
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pages_hold_every_line_once_and_the_last_one_leads_nowhere(client: Client, out: Edition) -> None:
    whole = ask(client, f"{V1}figures?per_page=500&lang=en")["figures"]
    found, address = [], f"{V1}figures?per_page=7&lang=en"
    while address:
        page = ask(client, address)
        found += page["figures"]
        address = page["paging"]["next"]
    assert found == whole and page["paging"]["total"] == len(whole) > 7
    assert ask(client, f"{V1}figures?page=9999")["figures"] == []


def test_indicators_and_sources_say_what_is_counted_and_where_it_was_read(
    client: Client, out: Edition
) -> None:
    one = ask(client, f"{V1}indicators/convicted_national?lang=en")
    assert one["measures"] and one["says_not"] and one["breaks"][0]["on"] and one["breaks"][0]["title"]
    assert one["editions"] == ["0680-2019-1"] and one["address"].endswith("indicators/convicted_national")
    sources = ask(client, f"{V1}sources?per_page=500")["sources"]
    press = next(s for s in sources if "convicted_press" in s["indicators"])
    assert press["publisher"] and press["editions"] == ["0680-2019-1"]
    assert len({(s["key"], s["sha256"]) for s in sources}) == len(sources)


def test_damaged_files_give_no_figure(client: Client, out: Edition, mapping: Mapping, home: Path) -> None:
    results = home / mapping.folder / "results.json"
    results.write_bytes(results.read_bytes().replace(b"17", b"18", 1))
    assert ask(client, f"{V1}figures")["figures"] == [] and client.get(PRESS).status_code == 404


def test_its_page_explains_each_address_and_each_error(client: Client, out: Edition) -> None:
    paths = ask(client, f"{V1}openapi.json")["paths"]
    problem = client.get(f"{V1}editions?page=0").json()["type"].partition("#")[2]
    for prefix, words in (("", "Visa aldrig ett tal ensamt"), ("/en", "Never show a figure alone")):
        text = client.get(f"{prefix}/api/").text
        assert words in text and f"{PUBLIC}{prefix}{V1}figures?edition=0680-2019-1" in text
        assert all(path in text for path in paths) and len(paths) == 9 and f'id="{problem}"' in text
    assert client.get("/api").status_code == 301
