"""A municipality's own counts, protected with files alone: built, verified, released, answered from."""

import stat
from datetime import date
from pathlib import Path

import pytest

from klarsyn.mapping import actions, answering, ledger, queries
from klarsyn.mapping.collect import NothingToMap
from klarsyn.mapping.keys import KeyMissing
from klarsyn.mapping.methods.protected_people import MARKED, marked, marks_of
from klarsyn.mapping.models import Mapping
from klarsyn.sources.actions import import_file
from klarsyn.sources.importers.schema import from_toml
from klarsyn.sources.models import Dataset, Observation
from smallcounts.disclosure import DisclosureRefused
from tests.unit.mapping.build import write_indicator
from tests.unit.mapping.protected import PROGRAMME
from tests.unit.sources.test_sources_import import CROSSED

ROWS = {"north;women": 83, "north;men": 4, "south;women": 91, "south;men": 34}
ON = date(2026, 11, 25)


@pytest.fixture
def own(sources: Path) -> Path:
    """Counts, programme and indicator in their folders, as a municipality puts them there."""
    rows = "".join(
        f"0680,2019,part={cell.partition(';')[0]};gender={cell.partition(';')[2]},{n}\n"
        for cell, n in ROWS.items()
    )
    body = f"kommunkod,år,grupp,antal\n{rows}".encode()
    import_file(body=body, file_name="egna.csv", schema=from_toml(CROSSED, "egna.toml"), by="Disa")
    (sources / "programmes").mkdir()
    (sources / "programmes" / "liten.toml").write_text(PROGRAMME)
    write_indicator(
        sources / "indicators", "egna_moten", method='method = "protected"', areas="areas = []",
        measures='measures = ["reception_figure"]', datasets='datasets = ["egna-moten"]',
        disclosure='disclosure = "protected"\nprogramme = "liten"',
    )  # fmt: skip
    return sources


def build():
    return actions.build(municipality="0680", year=2019, by="Disa")


def record(made, slug: str = "0680-2019-1") -> str:
    actions.record_release(
        slug=slug, municipality="0680", year=2019, content_hash=made.content_hash, invented=False, on=ON
    )
    return ledger.text()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_built_with_files_alone_and_made_again_bit_for_bit(own):
    made = build()
    rows = made.figure("egna_moten").table("part_gender").to_rows()
    assert {r["count"] % 5 for r in rows} == {0} and not made.is_invented
    assert made.figure("egna_moten").tables[0].rule == "rounded_5"
    folder = Path(made.home)
    assert [mode(folder / f) for f in ("inputs.json", "audit.json", "results.json")] == [0o600, 0o600, 0o644]
    key = (own / "keys" / "release.key").read_bytes()
    written = b"".join(p.read_bytes() for p in folder.iterdir())
    assert key not in written and key.hex().encode() not in written
    assert actions.verify(municipality="0680", year=2019).is_same
    assert build() == made


def test_a_changed_audit_is_named(own):
    path = Path(build().home) / "audit.json"
    path.write_text(path.read_text().replace('"before": 83', '"before": 84'))
    with pytest.raises(queries.Damaged, match=r"audit\.json är inte den fil som frystes"):
        queries.audit("0680", 2019, with_truth=True)


def test_the_truth_comes_only_when_asked_for(own):
    build()
    open_, closed = queries.audit("0680", 2019), queries.audit("0680", 2019, with_truth=True)
    assert {c.before for c in open_.figures[0].cells()} == {None}
    assert {83, 4, 91, 34, 212} <= {c.before for c in closed.figures[0].cells()}
    assert not open_.figures[0].marks and closed.figures[0].marks


def test_another_key_is_told_before_anything_is_compared(own):
    build()
    path = own / "keys" / "release.key"
    path.chmod(0o600)
    path.write_bytes(bytes(32))
    (said,) = actions.verify(municipality="0680", year=2019).differences
    assert "skyddades med en annan nyckel" in said


def test_a_release_stands_in_the_ledger_once(own):
    made = build()
    text = record(made)
    assert record(made) == text
    lines = queries.published()
    assert {line.release for line in lines} == {"0680-2019-1"}
    (cells,) = [line for line in lines if line.cells]
    assert (cells.what, cells.rule, len(cells.cells)) == ("liten", "rounded_5", 9)
    assert {line.rule for line in lines if not line.cells} == {"already_public"}
    assert "83" not in dict(cells.cells).values()


def test_its_own_last_lines_are_no_obstacle_but_anything_else_published_is(own):
    made = build()
    again = {"slug": "0680-2019-1", "municipality": "0680", "year": 2019, "content_hash": made.content_hash}
    assert queries.outcome(**again).is_clear
    record(made)
    assert queries.outcome(**again).is_clear
    assert queries.outcome(**{**again, "slug": "0680-2019-2"}).is_ledger_changed


def test_built_again_after_the_release_the_same_people_have_the_same_values(own):
    first = build()
    record(first)
    second = build()
    assert second.content_hash != first.content_hash
    assert second.figure("egna_moten").tables == first.figure("egna_moten").tables
    (again,) = queries.audit("0680", 2019).figures
    assert again.lost.kept == 9 and again.kind == "table"


def test_marks_of_two_programmes_whose_cells_are_called_alike_are_kept_apart(own):
    """A total is called "2019" in both; taken for each other, people who stayed would look as if changed."""
    record(build())
    of_one = ledger.marks(ledger.text())
    assert {name.partition(MARKED)[0] for name in of_one} == {"liten"} and len(of_one) == 9
    both = of_one | marked("annan", {"2019": "00" * 32})
    assert marks_of("liten", both) == {name.partition(MARKED)[2]: mark for name, mark in of_one.items()}
    assert marks_of("annan", both) == {"2019": "00" * 32}
    assert marks_of("liten", {"2019": "11", **marked("annan", {"2019": "00"})}) == {"2019": "11"}


def test_a_key_lost_after_a_release_is_asked_for_and_not_replaced(own):
    record(build())
    (own / "keys" / "release.key").unlink()
    with pytest.raises(KeyMissing, match="säkerhetskopian"):
        build()


def test_what_cannot_be_protected_freezes_nothing(own):
    own_rows = list(Observation.objects.filter(dataset__key="egna-moten").values_list("pk", flat=True))
    Observation.objects.filter(pk__in=own_rows).update(value=2)  # by ids: PostgreSQL plans a join badly here
    with pytest.raises(actions.NotProtected, match=r"färre än 30.* Inget har frysts"):
        build()
    assert Mapping.objects.count() == 0 and not (own / "mappings").exists()


def test_counts_that_are_public_are_not_protected(own):
    Dataset.objects.filter(key="egna-moten").update(is_public=True)
    with pytest.raises(NothingToMap, match="redan publicerade"):
        build()


def test_an_answer_gives_what_is_published_and_is_recorded(own):
    record(build())
    (asked,) = answering.answerable("0680")
    given = answering.answer(
        asked=asked, period="2019", parts={"gender": "women"}, by="Greta", reason="Jönköpings-Posten frågar om året",
        on=ON,
    )  # fmt: skip
    (line,) = [line for line in queries.published() if line.kind == "press_answer"]
    assert given.was_published and line.number == given.number
    assert line.cells == (("2019|gender=women", str(given.value)),)
    assert line.rule == "Greta: Jönköpings-Posten frågar om året"


def test_an_answer_before_any_release_binds_the_release_that_follows(own):
    build()
    (asked,) = answering.answerable("0680")
    given = answering.answer(
        asked=asked,
        period="2019",
        parts={"part": "north", "gender": "women"},
        by="Greta",
        reason="en fråga från radion",
        on=ON,
    )
    assert not given.was_published and given.value % 5 == 0 and given.error == 4
    rows = build().figure("egna_moten").table("part_gender").to_rows()
    assert [r["count"] for r in rows if (r["part"], r["gender"]) == ("north", "women")] == [given.value]


@pytest.mark.parametrize("parts", [{"part": "west"}, {"gender": "women"}], ids=["unknown", "no reason"])
def test_what_may_not_be_answered_changes_nothing(own, parts):
    build()
    (asked,) = answering.answerable("0680")
    reason = "kort" if "gender" in parts else "en riktig fråga här"
    with pytest.raises(answering.NotAnswered, match=r"Ingenting har lämnats ut|större grupp"):
        answering.answer(asked=asked, period="2019", parts=parts, by="Greta", reason=reason, on=ON)
    assert ledger.text() == ""


def test_a_mapping_without_a_protected_figure_follows_no_ledger(own):
    for folder in ("indicators", "programmes"):
        for path in (own / folder).iterdir():
            path.unlink()
    made = build()
    record(made)
    assert build() == made
    assert not (Path(made.home) / "audit.json").exists() and not (own / "keys").exists()


def test_a_new_key_whose_roundings_fall_to_an_attack_is_drawn_anew(own, monkeypatch):
    """The first key is made to fall, as one in some does; what was published keeps its key whatever happens."""
    true, tried = actions.compute_with_insight, []

    def falls_once(inputs, key, progress):
        tried.append(key)
        if len(tried) == 1:
            raise DisclosureRefused("the release is refused after 1 attempts: A3 FAILED", attack="A3")
        return true(inputs, key, progress)

    monkeypatch.setattr(actions, "compute_with_insight", falls_once)
    build()
    assert len(tried) == 2 and tried[0] != tried[1]
    assert (own / "keys" / "release.key").read_bytes() == tried[1]


def test_a_key_that_has_been_used_is_never_drawn_anew(own, monkeypatch):
    build()
    key = (own / "keys" / "release.key").read_bytes()
    Observation.objects.filter(dataset__key="egna-moten", value=83).update(value=88)

    def falls(*args):
        raise DisclosureRefused("the release is refused after 1 attempts: A3 FAILED", attack="A3")

    monkeypatch.setattr(actions, "compute_with_insight", falls)
    with pytest.raises(actions.NotProtected, match="angreppet A3 lyckas i varje försök"):
        build()
    assert (own / "keys" / "release.key").read_bytes() == key
