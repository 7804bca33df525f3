"""Build and verify on the bundled sources."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from klarsyn.mapping import actions, queries
from klarsyn.mapping.collect import NothingToMap
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.reading import DefinitionError
from klarsyn.sources.models import Observation
from tests.unit.mapping.build import write_indicator


def build(**changes):
    return actions.build(**{"municipality": "0680", "year": 2019, "by": "Disa", **changes})


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p): (p.stat().st_ino, p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()}


def test_collecting_twice_changes_nothing(sources):
    first, before = build(), files(sources)
    assert build(by="Greta") == first
    assert files(sources) == before
    assert Mapping.objects.get().by == "Disa"


def test_the_frozen_mapping_lies_where_its_hash_says(sources):
    made = build()
    assert made.home == str(sources / "mappings" / "0680" / "2019" / made.content_hash[:16])
    assert (made.municipality_name, made.year, made.is_invented) == ("Jönköping", 2019, False)
    assert len(made.figures) == 12


def test_a_changed_source_is_a_new_mapping_and_the_old_one_stays(sources):
    old = build()
    Observation.objects.filter(dataset__key="sr-2021-sexkop-kommun", area="1280").update(value=23)
    new = build()
    assert new.content_hash != old.content_hash
    assert queries.frozen("0680", 2019) == new
    assert queries.frozen("0680", 2019, old.content_hash[:16]) == old
    assert actions.verify(municipality="0680", year=2019, content_hash=old.content_hash).is_same


def test_verify_makes_the_same_bytes_again(sources):
    build()
    found = actions.verify(municipality="0680", year=2019)
    assert (found.is_same, found.code_then) == (True, found.code_now)


def test_verify_names_a_file_that_was_changed_afterwards(sources):
    path = Path(build().home) / "results.json"
    path.write_text(path.read_text().replace("12.0498154", "2.0498154"))
    found = actions.verify(municipality="0680", year=2019)
    assert found.differences == (f"{path} är inte den fil som frystes: innehållet har ändrats efteråt",)
    with pytest.raises(queries.Damaged, match="Inga siffror visas ur den"):
        queries.frozen("0680", 2019)


def test_verify_names_a_manifest_that_no_longer_agrees_with_the_list(sources):
    path = Path(build().home) / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"result_hash": "0" * 64}))
    (said,) = actions.verify(municipality="0680", year=2019).differences
    assert said == f"{path} är inte den fil som frystes: result_hash har ändrats efteråt"


def test_a_crash_between_the_files_and_the_list_is_mended_by_building_again(sources):
    made = build()
    before = files(sources)
    Mapping.objects.all().delete()
    assert build() == made
    assert files(sources) == before
    assert Mapping.objects.count() == 1


def test_a_lost_folder_is_made_again_with_the_same_results(sources):
    made = build()
    for path in Path(made.home).iterdir():
        path.unlink()
    Path(made.home).rmdir()
    assert build().result_hash == made.result_hash


def test_a_municipality_adds_a_figure_with_a_file_alone(sources):
    plain = build()
    write_indicator(sources / "indicators", "vast_per_ar")
    made = build()
    assert made.content_hash != plain.content_hash
    figure = made.figure("vast_per_ar")
    assert [(r["period"], r["count"]) for r in figure.table("series").to_rows()] == [
        ("2019", 43),
        ("2020", 135),
    ]
    assert figure.indicator.title.sv == "title på svenska"
    assert actions.verify(municipality="0680", year=2019).is_same


def test_a_faulty_file_of_the_municipality_freezes_nothing(sources):
    path = write_indicator(sources / "indicators", per="per = 0")
    with pytest.raises(DefinitionError, match=f"{path}, rad 10"):
        build()
    assert not (sources / "mappings").exists()


REFUSED = (
    ({"municipality": "9999"}, "Ingen kommun hade koden 9999 den 31 december 2019"),
    ({"municipality": "06"}, "Ingen kommun hade koden 06"),
    ({"year": 1995}, "Folkmängden i Jönköping den 31 december 1995 finns inte bland källorna"),
    ({"year": 2020}, r"Det finns inga antal per kommun för 2020 .* År med uppgifter: 2019\."),
    ({"year": 20199}, "Året 20199 kan inte kartläggas"),
)


def test_what_cannot_be_mapped_is_told_with_what_to_do(sources):
    for changes, said in REFUSED:
        with pytest.raises(NothingToMap, match=said) as caught:
            build(**changes)
        assert "Inget har ändrats" in str(caught.value)
    assert Mapping.objects.count() == 0


def test_without_any_sources_the_mend_is_told(db, home):
    with pytest.raises(NothingToMap, match="Läs in källorna med `klarsyn sources snapshot`"):
        build()


def test_a_municipality_without_a_count_of_its_own_is_mapped_as_unknown(sources):
    first = build(municipality="0684").figure("convicted_press").findings[0]
    assert (first.code, first.get("name"), first.get("status")) == ("home_missing", "Sävsjö", "unavailable")


@pytest.mark.slow
def test_the_example_is_invented_throughout_and_lies_apart(sources):
    made = build(year=2024, invented=True)
    assert made.home == str(sources / "mappings" / "0680" / "2024-example" / made.content_hash[:16])
    assert [f.indicator.id for f in made.figures] == [
        "example_people", "example_lists", "example_rates", "example_series",
    ]  # fmt: skip
    assert all(t.is_invented for f in made.figures for t in f.tables)
    rules = {f.indicator.id: {t.rule for t in f.tables} for f in made.figures}
    assert rules.pop("example_people") == {"rounded_5"}
    assert set.union(*rules.values()) == {"invented"}
    sources = {f.indicator.id: {s.key for s in f.sources} for f in made.figures}
    assert sources.pop("example_people") == {"pahittade-personer-2021-2025"}
    assert sources.pop("example_lists") == {"pahittade-listor-2024"}
    assert set.union(*sources.values()) == {"simulerat-2015-2024"}
    assert actions.verify(municipality="0680", year=2024, invented=True).is_same
    with pytest.raises(queries.NotFrozen, match=r"--year 2024`"):
        queries.frozen("0680", 2024)


GOOD = {
    "municipality": "0680", "year": 2019, "is_invented": False, "content_hash": "a" * 64, "result_hash": "b" * 64,
    "code_version": "1", "frozen_at": "2026-11-23T12:00:00+00:00", "by": "Disa", "folder": "x",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"municipality": "68"}, {"year": 19}, {"content_hash": "A" * 64}, {"by": ""}]
)
def test_the_database_keeps_nonsense_out(db, wrong):
    Mapping.objects.create(**GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mapping.objects.create(**{**GOOD, "content_hash": "c" * 64, **wrong})
    with pytest.raises(IntegrityError), transaction.atomic():
        Mapping.objects.create(**GOOD)
