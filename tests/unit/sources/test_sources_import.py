"""Taking in a file: all or nothing, never the same twice, the earlier delivery kept."""

from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.sources import actions, queries
from klarsyn.sources.counts import list_counts
from klarsyn.sources.importers import BadFile, FileError, Schema, preset
from klarsyn.sources.importers.schema import from_toml
from klarsyn.sources.models import Batch, Dataset, Observation
from klarsyn.sources.values import Measure
from tests.unit.sources.importers.dirty import book, bra, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def _take(body: bytes, period: str = "2023", schema: Schema | None = None) -> Batch:
    chosen = schema or preset("bra-alla-brott")
    return actions.import_file(body=body, file_name="x.csv", schema=chosen, period=period, by="disa")


def _rows() -> tuple[int, int, int]:
    return Dataset.objects.count(), Batch.objects.count(), Observation.objects.count()


def test_a_good_file_is_kept_with_its_checksum_lines_and_bytes(home: Path) -> None:
    body = bra("Ale;3 123;9", "Lund;-;-")
    batch = _take(body)
    assert (batch.row_count, batch.by, batch.origin, batch.state) == (2, "disa", "file", "current")
    assert [(o.area, o.value, o.symbol, o.line) for o in batch.observations.all()] == [
        ("1281", 0, "-", 3), ("1440", 3123, "", 2),
    ]  # fmt: skip
    assert (home / "sources" / "originals" / batch.checksum).read_bytes() == body


@pytest.mark.parametrize(
    "body",
    [
        bra("Ale;1;1", "Jonköping;1;1"),
        bra("Ale;1;1", "Ale;2;2"),
        bra("Ale;1,5;1"),
        bra(),
        b"",
        b"PK\x03\x04",
        b"\0\0",
    ],
)
def test_a_bad_file_changes_nothing(body: bytes) -> None:
    _take(bra("Ale;1;1"))
    before = _rows()
    with pytest.raises((BadFile, FileError)) as caught:
        _take(body)
    assert _rows() == before
    assert "Inget är inläst och inget är ändrat" in str(caught.value)


def test_a_fault_in_the_middle_of_storing_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _take(bra("Ale;1;1"))
    before = _rows()

    def full_disk(body: bytes, checksum: str) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(actions, "keep_original", full_disk)
    with pytest.raises(OSError, match="no space"):
        _take(bra("Ale;2;2"))
    assert _rows() == before
    assert [c.value for c in list_counts(measure=Measure.REPORTED_OFFENCES_ALL).counts] == [1]


def test_the_same_file_twice_is_refused_in_a_plain_sentence() -> None:
    _take(bra("Ale;1;1"))
    before = _rows()
    with pytest.raises(Refused, match=r"redan inläst .* av disa"):
        _take(bra("Ale;1;1"))
    assert _rows() == before


def test_a_newer_file_supersedes_its_period_and_the_old_one_is_kept() -> None:
    first = _take(bra("Ale;1;1", "Lund;5;5"))
    other_year = _take(bra("Ale;7;7"), "2022")
    second = _take(bra("Ale;2;2", "Malmö;9;9"))
    first.refresh_from_db()
    other_year.refresh_from_db()
    assert (first.state, other_year.state, second.state) == ("superseded", "current", "current")
    assert first.observations.count() == 2
    told = [(c.area, c.period, c.value) for c in list_counts(measure=Measure.REPORTED_OFFENCES_ALL).counts]
    assert told == [("1280", "2023", 9), ("1440", "2022", 7), ("1440", "2023", 2)]


def test_going_back_to_an_earlier_file_is_allowed() -> None:
    _take(bra("Ale;1;1"))
    _take(bra("Ale;2;2"))
    _take(bra("Ale;1;1"))
    assert [c.value for c in list_counts(measure=Measure.REPORTED_OFFENCES_ALL).counts] == [1]


def test_the_preview_says_what_would_change_and_changes_nothing() -> None:
    _take(bra("Ale;1;1", "Lund;5;5", "Malmö;..;.."))
    before = _rows()
    body = bra("Ale;2;2", "Lund;5;5", "Eslöv;3;3")
    seen = queries.preview(body, file_name="y.csv", schema=preset("bra-alla-brott"), period="2023")
    change = seen.difference
    assert [(c.area, c.before, c.after) for c in change.changed] == [("1440", "1", "2")]
    assert [(c.area, c.before) for c in change.gone] == [("1280", "unavailable")]
    assert (change.new, change.same, seen.is_in_use) == (1, 1, False)
    assert _rows() == before


def test_a_source_never_changes_what_it_counts() -> None:
    general = preset("allman")
    said = {"title": "Prov", "publisher": "Brå", "licence": "fri"}
    _take(table("0680;2023;1;"), "", general.described(**said, measure="reported_offences"))
    before = _rows()
    with pytest.raises(Refused, match="Två mått får inte blandas"):
        _take(table("0680;2023;2;"), "", general.described(**said, measure="prosecutions"))
    assert _rows() == before


def test_a_source_nobody_has_described_is_refused() -> None:
    with pytest.raises(Refused, match="inte beskriven"):
        _take(table("0680;2023;1;"), "", preset("allman"))
    assert _rows() == (0, 0, 0)


def test_own_counts_stay_in_the_house() -> None:
    rows = [("kommunkod", "kommun", "period", "antal"), (680, "Jönköping", "2023-04", 2)]
    _take(book(rows), "", preset("domstol"))
    table_ = list_counts(measure=Measure.COURT_COUNT)
    assert [(c.period, c.value, c.population) for c in table_.counts] == [("2023-04", 2, None)]
    assert not table_.is_public


def test_all_offences_never_stand_among_purchases_of_sex() -> None:
    _take(bra("Ale;3 123;9"))
    assert list_counts(measure=Measure.REPORTED_OFFENCES).counts == ()


CROSSED = """
key = "egna-moten"
title = { sv = "Möten", en = "Meetings" }
how = { sv = "Ur mottagningens räkning", en = "From the reception's count" }
[dataset]
key = "egna-moten"
publisher = "Kommunen"
title = "Möten"
measure = "reception_figure"
licence = "Kommunens egna uppgifter"
[columns]
area = ["kommunkod"]
period = ["år"]
category = ["grupp"]
count = ["antal"]
"""


def _crossed(*cells: str) -> Batch:
    rows = "".join(f"0680,2024,{cell},3\n" for cell in cells)
    return _take(f"kommunkod,år,grupp,antal\n{rows}".encode(), "", from_toml(CROSSED, "egna.toml"))


def test_a_crossed_table_of_ones_own_comes_in_with_its_cells() -> None:
    _crossed("kön=kvinnor; ålder=18-24", "kön=män;ålder=18-24")
    table = list_counts(measure=Measure.RECEPTION_FIGURE, datasets=["egna-moten"])
    assert [c.categories for c in table.counts] == [
        (("kön", "kvinnor"), ("ålder", "18-24")),
        (("kön", "män"), ("ålder", "18-24")),
    ]
    assert not table.is_public


@pytest.mark.parametrize("cell", ["kön=", "kön=kvinnor;ålder", "kön=män;kön=kvinnor", "kön=" + "x" * 200])
def test_a_cell_that_is_no_pair_of_words_is_refused_with_its_line(cell: str) -> None:
    with pytest.raises(BadFile, match="Rad 3"):
        _crossed("kön=kvinnor", cell)
    assert Observation.objects.count() == 0


def test_the_same_cell_in_another_order_is_the_same_cell() -> None:
    with pytest.raises(BadFile, match="en enda gång"):
        _crossed("kön=män;ålder=18-24", "ålder=18-24;kön=män")
