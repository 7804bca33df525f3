"""Another municipality's package: trusted by a person, taken in whole or not at all, set beside our own."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klarsyn.base.errors import Refused
from klarsyn.report.models import OtherEdition, TrustedKey
from klarsyn.report.others import actions, comparing, figure, queries, shown
from klarsyn.report.signing import keys
from klarsyn.report.signing.comparable import definition
from tests.people import person
from tests.unit.report.others.hostile import CASES, opened
from tests.unit.report.signing.build import GRANBY, NAMES, SJOBO, indicator, mapping, package
from tests.web.report.kept import state

OTHERS = "/personal/andra-kommuner/"
TODAY = date(2026, 11, 26)


def own_ring(settings, place: Path) -> keys.Ring:
    """The ring that the other municipality signs with, at its own place."""
    ours, settings.HOME = settings.HOME, place
    ring = keys.ensure(on=TODAY)
    settings.HOME = ours
    return ring


def trusted(ring: keys.Ring, code: str = GRANBY) -> TrustedKey:
    public = ring.keys[-1].public
    return actions.trust(
        municipality=code, name=NAMES[code], public=public, words=keys.fingerprint(public),
        reason="Läst upp av deras registrator", by=person("disa"),
    )  # fmt: skip


def taken(body: bytes) -> OtherEdition:
    return actions.take_in(body=body, by=person("disa"), today=TODAY)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Granby's own folder; ours is `home`."""
    return tmp_path / "granby"


@pytest.fixture
def ring(home: Path, settings, place: Path, db: None) -> keys.Ring:
    """Granby's key, trusted here. Our own indicators are the test's."""
    found = own_ring(settings, place)
    trusted(found)
    return found


@pytest.fixture(autouse=True)
def _definitions(monkeypatch: pytest.MonkeyPatch) -> None:
    """This house counts the invented indicator as Granby does."""
    made = {"example_rates": (definition(indicator()), ("simulated",))}
    monkeypatch.setattr(queries, "known", lambda: made)


def test_disa_trusts_a_key_takes_a_package_in_and_sees_it_in_words(visit, home, settings, place) -> None:
    found, disa = own_ring(settings, place), visit("disa")
    public = found.keys[0].public
    asked = {"name": "Granby", "municipality": GRANBY, "public": public, "reason": "Läst upp av registrator"}
    wrong = disa.post(f"{OTHERS}nyckel/", asked | {"words": "fel ord helt och hållet"})
    assert wrong.status_code == 422 and "Orden hör inte till nyckeln" in wrong.text
    disa.post(f"{OTHERS}nyckel/", asked | {"words": keys.fingerprint(public)})
    for year in (2023, 2024):
        body = package(place, mapping(year=year))
        disa.post(f"{OTHERS}ta-emot/", {"package": SimpleUploadedFile("paket.zip", body)})
    page = disa.get(OTHERS).text
    assert "Granby" in page and "PÅHITTADE TAL" in page and keys.fingerprint(public) in page
    beside = (
        disa.get(f"{OTHERS}?visa=example_rates&slag=exempel").text.replace("\xa0", " ").replace("\u202f", " ")
    )
    for text in ("Talet speglar polisens arbete.", "141 081", "12,0", "Ny lag", "Påhittat: Påhittade domar"):
        assert text in beside, text
    assert "9999" not in beside and disa.get(f"{OTHERS}?visa=example_rates").status_code == 404
    assert "Side by side" in disa.get(f"/en{OTHERS}").text


@pytest.mark.parametrize("name", ["elis", "hugo", "alva"])
def test_others_are_not_let_in(visit, home, name: str) -> None:
    assert visit(name).get(OTHERS).status_code == 404
    with pytest.raises(Refused):
        actions.take_in(body=b"", by=person(name), today=TODAY)


def test_a_refused_package_changes_nothing(home: Path, ring, place) -> None:
    files = opened(package(place))
    before = state(home)
    for case in (
        "truncated",
        "wrong hash",
        "unknown file",
        "negative",
        "formula",
        "year in the future",
        "null byte",
    ):
        with pytest.raises(Refused):
            taken(CASES[case][0](files, ring.pair))
        assert state(home) == before, case


def test_a_newer_edition_replaces_and_an_older_or_same_is_refused(ring, place) -> None:
    first, second = package(place), package(place, mapping(count=18), number=2)
    taken(first)
    taken(second)
    assert [e.figures[0]["count"] for e in OtherEdition.objects.filter(replaced_at=None)] == [18]
    assert OtherEdition.objects.count() == 2
    for body in (first, second):
        with pytest.raises(Refused, match="finns redan"):
            taken(body)


def test_a_revoked_key_lets_nothing_in_and_what_is_taken_away_leaves_no_figure(ring, place) -> None:
    made = taken(package(place))
    actions.remove(edition=made, why="Kommunen bad om det", by=person("disa"))
    assert OtherEdition.objects.get().figures == [] and not queries.in_force(invented=True)
    actions.distrust(key=TrustedKey.objects.get(), why="Datorn blev stulen", by=person("disa"))
    with pytest.raises(Refused, match="spärrad"):
        taken(package(place))


def test_another_definition_stands_apart_with_its_reason(ring, settings, place, tmp_path, home) -> None:
    taken(package(place))
    trusted(own_ring(settings, tmp_path / "sjobo"), SJOBO)
    taken(package(tmp_path / "sjobo", mapping(SJOBO, numerator="Åtalade under året.")))
    (group,) = comparing.groups(queries.in_force(invented=True), queries.known())
    assert [r.held.name for b in group.blocks for r in b.rows] == ["Granby"]
    assert [(a.held.name, a.why) for a in group.apart] == [("Sjöbo by", comparing.Why.DEFINITION)]


def test_home_stands_first_then_names_and_a_rounded_count_gets_the_widest_interval(ring, place) -> None:
    taken(package(place))
    (granby,) = queries.in_force(invented=True)
    known, hidden = (
        granby.figures[0],
        replace(granby.figures[0], count=None, rate=None, lower=None, upper=None, symbol=".."),
    )
    rounded = replace(known, rate=None, lower=None, upper=None, rounded_by=4)
    held = [
        granby,
        replace(granby, name="Ålby", municipality="9903", figures=(hidden,)),
        replace(granby, name="Zetby", municipality="9904", is_home=True, figures=(rounded,)),
    ]
    (group,) = comparing.groups(held, queries.known())
    rows = group.blocks[0].rows
    assert [r.held.name for r in rows] == ["Zetby", "Granby", "Ålby"] and rows[2].rate is None
    assert rows[0].lower < rows[1].lower < rows[1].rate < rows[1].upper < rows[0].upper
    assert figure.read(known.kept()) == known
    earlier = replace(granby, figures=(known, replace(known, period="2023")))
    (both,) = comparing.groups([earlier, held[2]], queries.known())
    drawn = shown.shown(both, "sv", invented=True).over_time[0].svg
    assert 0 < drawn.index(">Zetby<") < drawn.index(">Granby<")
