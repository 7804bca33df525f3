"""The receptions' doors: each reception its own figure, invented and real apart, and never a year of too few."""

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from klarsyn.cases import counts as of_cases
from klarsyn.concerns import counts as of_concerns
from klarsyn.concerns.observations.demo import ensure_demo_observations
from klarsyn.contact import counts as of_contact
from klarsyn.contact.demo_year import ensure_demo_counts
from klarsyn.mapping import doors
from klarsyn.mapping.actions import definitions
from klarsyn.mapping.collect import _counted
from klarsyn.mapping.definitions import Indicator
from klarsyn.mapping.methods.protected_findings import Rounded, findings
from klarsyn.mapping.programmes import BUILT_IN, read_programmes
from klarsyn.mapping.reading import BUILT_IN as INDICATORS
from klarsyn.mapping.reading import DefinitionError, load
from klarsyn.plan import counts as of_plan
from klarsyn.receptions import counts as of_receptions
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.demo_year import INVENTED, YEAR, ensure_demo_year
from klarsyn.receptions.models import CountedCell, CountedYear, Reception, StatisticalRecord, Tally
from klarsyn.training import counts as of_training
from smallcounts.disclosure.cells import programme_cells
from smallcounts.disclosure.programme import Programme
from tests.people import person

# So few stand in these that by fives every rounding of them is refused.
BY_TENS = {"mika_nameless", "kast_nameless", "mika_closed", "kast_closed"}


@pytest.fixture
def year(db) -> None:
    person("alva")
    ensure_demo_receptions()
    assert ensure_demo_year() == 2 and ensure_demo_year() == 0
    assert ensure_demo_counts() == 2 and ensure_demo_counts() == 0
    ensure_demo_observations()


def mine() -> list[Indicator]:
    return [i for i in definitions().indicators if i.reception in INVENTED]


def gathered(invented: bool = True, year: int = YEAR, municipality: str = "0680"):
    indicators = mine()
    return _counted(indicators, municipality, year, invented, read_programmes(indicators, BUILT_IN))


def test_every_measure_of_a_reception_has_one_door() -> None:
    open_doors = (of_concerns, of_receptions, of_cases, of_contact, of_training, of_plan)
    rooms = [set(door.MEASURES) for door in open_doors]
    assert sorted(chain(*rooms, ["reception_work"])) == sorted(m.value for m in doors.MEASURES)


def test_work_stands_side_by_side_and_no_sum_of_it_is_shown(year) -> None:
    """Consultations, shifts and cards have units of their own: one table, and neither a total nor a largest."""
    work = next(g for g in gathered() if g.indicator.id == "mika_work")
    given = {dict(c.categories)["work"]: c.value for c in work.tables[0].counts}
    alone = of_receptions.list_counts(measure="consultations", kind="mika", host_code="0680", years=(YEAR,))
    for count in alone.counts:
        assert given[f"consultation_{dict(count.categories)['profession']}"] == count.value
    programme = Programme.from_toml(work.programme)
    cells = {cell.text for cell in programme_cells(programme, [str(YEAR)])}
    assert str(YEAR) not in cells and f"{YEAR}|work=card_made" in cells
    shown = {cell: Rounded(5, 1, 9) for cell in cells}
    assert [f.code for f in findings(programme, shown, year=str(YEAR), hidden=0)] == [
        "protected_apart",
        "protected_how",
    ]


def test_the_invented_year_is_a_figure_of_each_reception_and_no_sum_of_both(year) -> None:
    found = {g.indicator.id: g.tables[0] for g in gathered()}
    assert len(found) == len(mine()) and all(t.is_invented and not t.is_public for t in found.values())
    for kind, how in INVENTED.items():
        persons = found[f"{kind}_persons"]
        assert sum(c.value for c in persons.counts) == how.people
        assert {c.name for c in persons.counts} == {kind}
    assert all(len({c.sources for c in t.counts}) == 1 for t in found.values())


def test_an_invented_reception_takes_no_part_in_a_real_mapping(year) -> None:
    assert gathered(invented=False) == []


def test_another_municipality_or_year_has_nothing(year) -> None:
    assert gathered(municipality="1480") == [] and gathered(year=YEAR - 1) == []


def test_a_year_of_too_few_is_left_out(year) -> None:
    counted = CountedYear.objects.get(team__kind="kast")
    keep = CountedCell.objects.filter(counted=counted, measure="reception_persons").first()
    counted.cells.filter(measure="reception_persons").exclude(pk=keep.pk).delete()
    CountedCell.objects.filter(pk=keep.pk).update(number=29)
    assert "kast_persons" not in {g.indicator.id for g in gathered()}
    CountedCell.objects.filter(pk=keep.pk).update(number=30)
    assert "kast_persons" in {g.indicator.id for g in gathered()}


def test_of_too_few_people_nothing_is_shown_that_was_done_with_them(year) -> None:
    CountedCell.objects.filter(counted__team__kind="kast", measure="reception_persons").update(number=0)
    left = {g.indicator.id for g in gathered() if g.indicator.reception == "kast"}
    assert left == {"kast_nameless", "kast_arranged", "kast_work"}
    assert "mika_support" in {g.indicator.id for g in gathered()}


def linked_with(folder: Path, old: str, new: str) -> str:
    """What is said of the programmes when `old` stands as `new` in that of Mika's support."""
    text = (BUILT_IN / "mika_support.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "mika_support.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_programmes(mine(), folder, BUILT_IN)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"support=talk", ', ""), ("[[within]]", "[[without]]"), ('"mika_persons"', '"kast_persons"')],
)
def test_what_was_done_with_people_is_tried_together_with_the_people(tmp_path, old: str, new: str) -> None:
    said = linked_with(tmp_path, old, new)
    assert "mika_support: räknar människor som också finns i mika_persons" in said or "'without'" in said


def test_the_same_people_are_never_rounded_twice(tmp_path) -> None:
    """A figure of one's own over people that are shown already: two roundings of them would pin them down."""
    (persons,) = (i for i in mine() if i.id == "mika_persons")
    text = (BUILT_IN / "mika_persons.toml").read_text(encoding="utf-8")
    (tmp_path / "egen.toml").write_text(text.replace('"mika_persons"', '"egen"'), encoding="utf-8")
    again = replace(persons, id="egen", programme="egen")
    for other, said in ((again, "samma antal"), (replace(persons, id="egen"), "samma program")):
        with pytest.raises(DefinitionError, match=f"egen: visar {said} som mika_persons"):
            read_programmes([*mine(), other], BUILT_IN, tmp_path)


def test_where_they_come_from_says_that_they_are_invented(year) -> None:
    found = gathered()
    sources = doors.provenance([(g.indicator, g.tables[0]) for g in found], "Jönköping")
    assert len({s.key for s in sources}) == len(found)
    assert all(
        s.is_invented and s.publisher.startswith("Påhittad") and len(s.checksum) == 64 for s in sources
    )


def test_the_same_seed_draws_the_same_year(year) -> None:
    before = sorted(CountedCell.objects.values_list("measure", "categories", "number"))
    for model in (CountedYear, StatisticalRecord, Tally):
        model.objects.all().delete()
    ensure_demo_year()
    assert sorted(CountedCell.objects.values_list("measure", "categories", "number")) == before
    assert Reception.objects.filter(is_invented=True).count() == 2


def test_every_programme_of_a_reception_fits_what_its_door_gives(year) -> None:
    for g in gathered():
        programme = Programme.from_toml(g.programme)
        assert programme.name == g.indicator.id
        assert programme.rules.base == (10 if g.indicator.id in BY_TENS else 5)
        named = {name for count in g.tables[0].counts for name, _band in count.categories}
        assert {v.name for v in programme.variables} <= named
        for count in g.tables[0].counts:
            for variable in programme.variables:
                assert dict(count.categories)[variable.name] in variable.categories


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('reception = "mika"\n', ""), ('reception = "mika"', 'reception = "mika,kast"'),
        ('measures = ["reception_persons"]', 'measures = ["reported_offences"]'),
        ("datasets = []", 'datasets = ["x"]'), ("areas = []", 'areas = ["home"]'),
    ],
)  # fmt: skip
def test_a_file_that_mixes_receptions_with_sources_is_refused(tmp_path, old: str, new: str) -> None:
    text = (INDICATORS / "mika_persons.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mika_persons.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match="mottagning"):
        load(tmp_path, on=date(2026, 11, 25))
