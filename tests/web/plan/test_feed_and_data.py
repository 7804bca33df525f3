"""The feed is Atom whatever is written, its ids stand still; the files are read back as what they say."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from klarsyn.plan.models import Measure, Motion
from klarsyn.plan.public.files import to_csv
from klarsyn.plan.public.tables import Table
from tests.unit.plan import made
from tests.web.plan.released import draft, release

ATOM = "{http://www.w3.org/2005/Atom}"
RULES = Path(__file__).parents[2] / "standards" / "atom" / "feed.rng"
HOSTILE = '<b>"Mål" & \x0b]]> 💡 ‮ \ufffe</b>'


def feed(client: Client, address: str = "/planen/flode.xml") -> etree._Element:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = etree.fromstring(answer.content)
    rules = etree.RelaxNG(etree.parse(RULES))
    assert rules.validate(tree), rules.error_log
    return tree


def ids(tree: etree._Element) -> list[str]:
    return [one.text or "" for one in tree.iter(f"{ATOM}id")]


@pytest.mark.parametrize("address", ["/planen/flode.xml", "/en/planen/flode.xml"])
def test_the_feed_is_atom_with_its_own_address_and_newest_first(client, plan, address) -> None:
    tree = feed(client, address)
    assert next(e.get("href") for e in tree.findall(f"{ATOM}link")).endswith(address)
    days = [e.text for e in tree.iter(f"{ATOM}published")]
    assert (
        len(days) == 6 and days == sorted(days, reverse=True) and tree.findtext(f"{ATOM}updated") == days[0]
    )
    assert len(set(ids(tree))) == 7


def test_an_id_stays_when_the_words_change_and_hostile_words_do_no_harm(client, plan: made.Made) -> None:
    before = ids(feed(client))
    Measure.objects.update(title=HOSTILE[:200], what=HOSTILE)
    Motion.objects.update(title=HOSTILE)
    tree = feed(client)
    assert ids(tree) == before
    assert any("<b>" in (e.text or "") and "💡" in (e.text or "") for e in tree.iter(f"{ATOM}content"))


def test_a_feed_with_nothing_in_it_is_still_a_feed(client, db: None) -> None:
    assert len(ids(feed(client))) == 1


def test_the_package_describes_each_file_as_it_is(client, plan: made.Made, home: Path) -> None:
    draft(home)
    release()
    package = client.get("/planen/oppna-data/datapackage.json").json()
    assert package["licenses"][0]["name"] == "CC0-1.0" and package["description"].startswith("PÅHITTAT")
    whole = client.get("/planen/oppna-data/plan.json").json()
    for resource in package["resources"]:
        body = client.get(f"/planen/oppna-data/{resource['path']}").content
        assert (len(body), f"sha256:{hashlib.sha256(body).hexdigest()}") == (
            resource["bytes"],
            resource["hash"],
        )
        head, *rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
        assert head == [field["name"] for field in resource["schema"]["fields"]] and "is_invented" in head
        assert len(rows) == len(whole[resource["name"]])
        for field, column in zip(resource["schema"]["fields"], zip(*rows, strict=True), strict=False):
            for value in filter(None, column):
                _read(field["type"], value)
    (first, last) = whole["indicators"]
    assert (first["value"], last["low"], last["high"], last["verdict"]) == (75, 66, 74, "met")


def _read(kind: str, value: str) -> None:
    """A cell as its type says; raises where it is not."""
    readers = {"date": date.fromisoformat, "integer": int, "number": float}
    if kind == "boolean":
        assert value in ("true", "false")
    readers.get(kind, str)(value)


@pytest.mark.parametrize("text", ["=1+1", "+46", "-5", "@SUM(A1)", "\t=1", " \r\n=1", "\u00a0=1"])
def test_no_spreadsheet_runs_a_text(text: str) -> None:
    table = Table("x", "x", "x", (("a", "string"), ("b", "number")), [[text, -5.0], [None, None]])
    head, first, empty = list(csv.reader(io.StringIO(to_csv(table).decode(), newline="")))
    assert first == ["'" + text, "-5.0"] and empty == ["", ""] and head == ["a", "b"]
