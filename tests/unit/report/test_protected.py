"""Protected figures on the page: crossed, in words, and never more certain than rounding leaves them."""

import re

import pytest

from klarsyn.mapping.findings import say
from klarsyn.report import sentences
from klarsyn.report.crossed import Line, laid_out
from klarsyn.report.figure_view import figure_shown
from klarsyn.report.protected_tables import Published, _is_idle, axes, cells_of, is_protected, newest
from tests.unit.report import protected
from tests.unit.report.protected import figure, table

LANGUAGES = ("sv", "en")


def shown(language: str = "sv"):
    return figure_shown(figure(), 1, "/x/", language, (), year=2024)


def test_levels_of_one_hierarchy_are_one_axis():
    assert is_protected(table())
    assert axes(table()) == [["district", "area"], ["gender"]]
    assert newest(table()) == "2024"


def test_cells_are_laid_out_with_their_sums_last():
    grid = laid_out(cells_of(table(), "2024"), axes(table()))
    assert grid.columns == ((("gender", "women"),), (("gender", "men"),), ())
    assert [line.parts for line in grid.rows] == [
        (("district", "N1"),), (("district", "N2 & N3"),), (("area", "Nord"),), (),
    ]  # fmt: skip
    assert [c.number if c else None for c in grid.rows[0].cells] == [45, 10, 55]


def test_the_table_says_each_absence_in_words_and_how_it_came_to_be():
    (only,) = shown().tables
    assert only.caption == "Stadsdel och kön, 2024"
    assert [h.text for h in only.heads] == ["Stadsdel", "Kvinnor", "Män", "Alla"]
    rows = {row.cells[0].text: [c.text for c in row.cells[1:]] for row in only.rows}
    assert rows["Norrbacka"] == ["45", "10", "55"]
    assert rows["Norrvik och Norräng"] == ["15", "0", "visas inte"]
    assert rows["Alla"] == ["60", "10", "70"]
    assert only.note == (
        "Antalen är avrundade för att ingen ska kunna kännas igen; ett verkligt antal ligger högst 4 ifrån. "
        "1 tal visas inte alls, eftersom någon annars kunde kännas igen. Fler år finns som öppna data."
    )


@pytest.mark.parametrize(("cells", "stays"), [((0, 0), False), ((0, 5), True), ((0, None), True)])
def test_a_row_of_what_nobody_said_is_left_out_when_nothing_is_there(cells, stays) -> None:
    there = tuple(Published(n, "" if n is not None else "..") for n in cells)
    assert _is_idle(Line((("week", "unsaid"),), there)) is not stays
    assert not _is_idle(Line((("week", "event"),), there)) and not _is_idle(Line((), there))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_says_aloud_what_it_shows_and_that_it_is_rounded(language):
    pictures = shown(language).pictures
    assert [p.kind for p in pictures] == ["protected_years", "protected_parts", "protected_crossed"]
    for picture in pictures:
        assert sentences.protection(figure(), language) in picture.wide.description
        assert picture.wide.svg.count("fig-reach") >= 2
    assert "45" in pictures[2].wide.description
    assert ("visas inte" if language == "sv" else "not shown") in pictures[1].wide.description


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_boxes_hold_every_count_that_rounding_allows(language):
    svg = shown(language).pictures[0].wide.svg
    boxes = [float(w) for w in re.findall(r'fig-reach" [^>]*?width="([\d.]+)"', svg)]
    assert boxes[0] == pytest.approx(boxes[1], abs=0.2)  # 75±4 and 70±4 are equally unsure


SAID = (
    (say("protected_total", period="2024", count=70, lower=66, upper=74),
     "2024 räknades omkring 70 människor: mellan 66 och 74, avrundat."),
    (say("protected_total", period="2024", count=70, lower=70, upper=70), "2024 räknades 70 människor."),
    (say("protected_most", variable="gender", category="women", count=60, period="2024"),
     "Kön 2024: vanligast är kvinnor (omkring 60)."),
    (say("protected_close", variable="age_group", categories="0-24|25-34", counts="60|55", period="2024"),
     "Åldersgrupp 2024: under 25 år (omkring 60) och 25–34 år (omkring 55) ligger så nära varandra att avrundningen "
     "inte låter oss säga vilken som är störst."),
    (say("protected_change", **{"from": "2023", "to": "2024"}, count_from=75, count_to=70, is_sure=0),
     "det är mindre än vad avrundningen kan ge, så vi vet inte om antalet har ändrats."),
    (say("protected_change", **{"from": "2023", "to": "2024"}, count_from=75, count_to=50, is_sure=1),
     "skillnaden är större än avrundningen."),
    (say("protected_how", error=0, hidden=2),
     "2 tal visas inte alls, eftersom någon annars kunde kännas igen."),
)  # fmt: skip


@pytest.mark.parametrize(("finding", "text"), SAID, ids=lambda x: x if isinstance(x, str) else x.code)
def test_a_sentence_claims_no_more_than_rounding_leaves(finding, text):
    assert text in sentences.sentence(finding, figure(), "sv")
    assert sentences.sentence(finding, figure(), "en").endswith(".")


def test_the_protection_is_said_beside_the_figure_and_not_among_its_findings():
    made = shown()
    assert made.protection.startswith("Antalen är avrundade")
    assert not any("avrundade" in text for text in made.findings)
    assert made.title == "Påhittat exempel: 2024 räknades omkring 70 människor: mellan 66 och 74, avrundat"


def test_a_table_that_is_no_protected_one_is_not_taken_for_one():
    plain = protected.from_frozen(
        {"name": "series", "columns": [["period", "period", ""], ["count", "count", ""]], "rows": [],
         "rule": "already_public", "sources": ["a"], "is_invented": False}
    )  # fmt: skip
    assert not is_protected(plain)
