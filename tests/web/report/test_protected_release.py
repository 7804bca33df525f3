"""An edition with protected figures: what stands in the way of its release, and what the checker sees."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.mapping import ledger, queries
from klarsyn.mapping.audit import AttackResult, Audit
from klarsyn.report import actions, opendata_maker, render, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import State, Verdict
from smallcounts.disclosure.ledger import Entry
from smallcounts.disclosure.release import Published
from tests.people import person
from tests.unit.report import frozen_protected

ROOM = "/personal/rapporter/"
ROOT = Path(__file__).resolve().parents[3]
LEAK = AttackResult("A1", False, "lies from 1 to 4", ("2019|gender=men|part=north",), "publish by half")

OTHER = Entry("table", "2026-11-25", "a" * 64, Published("0680-2018-1@x/a:b", ()), note="already_public")


def leaking(audit: Audit) -> Audit:
    return replace(audit, figures=tuple(replace(f, attacks=(LEAK,)) for f in audit.figures))


def approved(home: Path, spoil: Callable[[Audit], Audit] = lambda a: a) -> Edition:
    """Disa's edition of the small protected mapping, approved by two."""
    frozen_protected.lay_out(home, spoil)
    edition = actions.draft(municipality="0680", year=2019, by=person("disa"), invented=True)
    edition = actions.submit(edition=edition, by=person("disa"))
    for name in ("greta", "cilla"):
        actions.vote(edition=edition, by=person(name), verdict=Verdict.APPROVE)
    return edition


def state(edition: Edition) -> State:
    return Edition.objects.get(pk=edition.pk).status


def release(edition: Edition) -> Edition:
    return actions.release(edition=edition, by=person("greta"))


@pytest.fixture
def data_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and open data; paper and slides have tests of their own."""
    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make])


def test_a_released_edition_stands_in_the_ledger_with_its_cells(db, home, data_too) -> None:
    edition = release(approved(home))
    (line,) = queries.published()
    assert (line.release, line.kind, line.what, len(line.cells)) == ("0680-exempel-1", "table", "liten", 9)
    page = (store.home(edition.slug) / "sv" / "index.html").read_text()
    assert "ett verkligt antal ligger högst 4 ifrån" in page and "fig-reach" in page
    note = (store.home(edition.slug) / "data" / "example-people-part-gender.json").read_text()
    assert "Antalen är avrundade" in note


def test_greta_may_not_release_what_an_attack_breaks(visit, home, bare) -> None:
    edition = approved(home, leaking)
    answer = visit("greta").post(f"{ROOM}{edition.pk}/publicera/")
    assert answer.status_code == 409
    assert "Angreppet A1 lyckas mot 2019, män, north" in answer.text
    assert (state(edition), store.read(edition.slug), ledger.text()) == (State.IN_CHECK, None, "")
    room = visit("greta").get(f"{ROOM}{edition.pk}/").text
    assert "Kan inte publiceras än" in room and "Publicera utgåvan" not in room


def test_what_two_approved_but_may_not_leave_goes_back_to_its_author(visit, home, bare) -> None:
    edition = approved(home, leaking)
    assert visit("cilla").post(f"{ROOM}{edition.pk}/atersand/").status_code == 404
    visit("greta").post(f"{ROOM}{edition.pk}/atersand/")
    assert state(edition) is State.REJECTED
    actions.revise(edition=Edition.objects.get(), by=person("disa"))
    assert state(edition) is State.DRAFT


def test_what_may_leave_is_not_sent_back(home, db) -> None:
    with pytest.raises(Refused, match="kan publiceras"):
        actions.send_back(edition=approved(home), by=person("greta"))


def test_what_was_published_after_the_audit_stops_the_release(home, db, bare) -> None:
    edition = approved(home)
    ledger.add([OTHER])
    with pytest.raises(Refused, match="Något annat har publicerats"):
        release(edition)
    assert state(edition) is State.IN_CHECK


def test_a_broken_ledger_stops_the_release_and_says_which_line(home, db, bare) -> None:
    edition = approved(home)
    ledger.add([OTHER])
    path = ledger.folder() / ledger.LEDGER
    path.write_text(path.read_text().replace("already_public", "already_publik"))
    with pytest.raises(Refused, match="rad 1: den har ändrats efter att den skrevs"):
        release(edition)
    assert state(edition) is State.IN_CHECK


@pytest.mark.parametrize(("name", "before", "after"), [
    ("sv/index.html", "</figcaption>", "</figcaption><!-- true: 83 -->"),
    ("data/example-people-part-gender.csv", "2019,north,women", "2019,north,women 83"),
    ("en/kalla/example_people/index.html", "</main>", "<p>in truth 91</p></main>"),
])  # fmt: skip
def test_a_finished_file_with_a_number_that_was_never_published_stops_the_release(
    home, db, monkeypatch, name, before, after
) -> None:
    edition = approved(home)
    seal = store.seal

    def spoiled(folder: Path, *rest: object) -> store.Index:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        return seal(folder, *rest)

    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make])
    monkeypatch.setattr(store, "seal", spoiled)
    with pytest.raises(Refused, match=r": (83|91)\b.* Ingenting har publicerats"):
        release(edition)
    assert (state(edition), ledger.text()) == (State.IN_CHECK, "")


def test_cilla_sees_before_and_after_and_disa_only_after(visit, home) -> None:
    edition = approved(home)
    cilla, disa = (visit(n).get(f"{ROOM}{edition.pk}/").text for n in ("cilla", "disa"))
    assert '<td class="is-number r-true">83</td>' in cilla and ">före<" in cilla
    assert "r-true" not in disa and ">före<" not in disa and ">83<" not in disa
    for page in (cilla, disa):
        assert "A1 Räkna ut en cell ur alla tabeller och år tillsammans" in page
        assert "stod emot" in page and "Skyddet av små antal" in page


def test_no_english_stands_in_the_swedish_room(visit, home) -> None:
    """Neither what the attacks found nor what would help; of an older audit it stands, and says that it is English."""
    edition = approved(home)
    room = visit("greta").get(f"{ROOM}{edition.pk}/").text
    assert 'lang="en"' not in room.partition("r-protect")[2].partition("</section>")[0]
    assert "celler går 0 att räkna ut" in room and "surely small" not in room and "gain" not in room


def test_what_an_older_audit_says_in_english_is_marked_as_english(visit, home) -> None:
    edition = approved(home, leaking)
    room = visit("greta").get(f"{ROOM}{edition.pk}/").text
    assert '<span lang="en">lies from 1 to 4</span>' in room and "publish by half" not in room


def test_no_address_serves_the_audit(visit, home, data_too) -> None:
    edition = release(approved(home))
    for name in ("audit.json", "inputs.json", "../mappings/0680/protected/audit.json"):
        assert visit("frej").get(f"/kartlaggning/exempel/utgava-1/{name}").status_code == 404
    assert not [f for f in store.read(edition.slug).files if "audit" in f]


@pytest.mark.slow
def test_killed_at_any_step_the_ledger_is_whole_and_what_is_on_line_stands_in_it(tmp_path) -> None:
    home = tmp_path / "home"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.web.report.killed_release", str(home)], cwd=ROOT, check=False, capture_output=True,
        text=True, env={**os.environ, "DATABASE_URL": f"sqlite:///{home}/k.sqlite3"},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    outcomes = json.loads(ended.stdout.splitlines()[-1])
    assert len(outcomes) >= 10 and outcomes[-1]["is_done"]
    assert {o["left"]["lines"] for o in outcomes} == {0, 1}
    for one in outcomes:
        left, again = one["left"], one["again"]
        assert not left["is_released"] or (left["lines"], left["has_files"]) == (1, True)
        if again is not None:
            assert again == {"lines": 1, "is_released": True, "has_files": True}
