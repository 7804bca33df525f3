"""What holds for every chart, whatever it shows."""

import re

import pytest

from klarsyn.report.figures import BadFigure, gallery
from klarsyn.report.figures.model import Ground, Language
from tests.unit.report.figures import cases, read

ALL = [(name, width) for name in cases.PUBLISHED for width in cases.WIDTHS]


@pytest.mark.parametrize(("name", "width"), ALL)
def test_a_chart_is_well_formed_and_tells_its_finding_to_a_listener(name: str, width: int) -> None:
    chart = cases.PUBLISHED[name](width, "one")
    svg = read.root(chart)
    assert svg.get("role") == "img"
    by_id = {e.get("id"): e for e in svg.iter() if e.get("id")}
    named = [by_id[i].text for i in (svg.get("aria-labelledby") or "").split()]
    assert named == [cases.TEXT.title, cases.TEXT.description]
    assert (chart.title, chart.description) == (cases.TEXT.title, cases.TEXT.description)
    assert svg.get("viewBox") == f"0 0 {width} {chart.height}"


@pytest.mark.parametrize("name", cases.PUBLISHED)
def test_ids_are_unique_and_begin_with_the_charts_own(name: str) -> None:
    ids = re.findall(r' id="([^"]+)"', cases.PUBLISHED[name](720, "mine").svg)
    assert len(ids) == len(set(ids))
    assert all(i == "mine" or i.startswith("mine-") for i in ids)
    used = re.findall(r"url\(#([^)]+)\)", cases.PUBLISHED[name](720, "mine").svg)
    assert set(used) <= set(ids)


@pytest.mark.parametrize("name", cases.PUBLISHED)
def test_nothing_runs_and_nothing_is_styled_inline(name: str) -> None:
    svg = cases.PUBLISHED[name]().svg
    assert not re.search(
        r"<(script|style|foreignObject|image|use|a)\b|\sstyle=|\son\w+=|href=|javascript:", svg
    )


@pytest.mark.parametrize(("name", "width"), ALL)
def test_no_word_leaves_the_picture(name: str, width: int) -> None:
    chart = cases.PUBLISHED[name](width)
    for words, box in read.word_boxes(chart):
        assert box.x1 >= -1 and box.x2 <= width + 1, words
        assert box.y1 >= -1 and box.y2 <= chart.height, words


@pytest.mark.parametrize(("name", "width"), ALL)
def test_no_word_stands_on_another(name: str, width: int) -> None:
    assert list(read.pairs(read.word_boxes(cases.PUBLISHED[name](width)))) == []


@pytest.mark.parametrize("name", cases.PUBLISHED)
def test_the_same_rows_give_the_same_bytes(name: str) -> None:
    assert cases.PUBLISHED[name]().svg == cases.PUBLISHED[name]().svg


@pytest.mark.parametrize("name", cases.PUBLISHED)
def test_slides_are_readable_from_the_back_row(name: str) -> None:
    """Two thirds of a screen of 1920 is 1280: there 40 units are 32 pixels, and only signs may be smaller."""
    smallest = min(
        float(e.get("font-size", 0))
        for e in read.named(cases.PUBLISHED[name](1600), "text")
        if len(e.text or "") > 2 and (e.text or "") not in ("PÅHITTADE TAL",)
    )
    assert smallest * 1280 / 1600 >= 32


@pytest.mark.parametrize("name", ["intervals", "funnel", "stockholm", "regions", "coverage", "all_values"])
def test_slides_leave_room_for_their_heading(name: str) -> None:
    assert cases.PUBLISHED[name](1600).height <= 720


@pytest.mark.parametrize("id", ["", "1a", "a b", 'a"b', "å", "a<"])
def test_an_id_that_could_break_the_page_is_refused(id: str) -> None:
    with pytest.raises(BadFigure, match="id"):
        cases.intervals(720, id)


def test_a_width_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(BadFigure, match="width"):
        cases.intervals(200)


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_gallery_says_on_every_picture_that_its_figures_are_invented(
    language: Language, ground: Ground
) -> None:
    for example in gallery.examples(language=language, ground=ground):
        said = "PÅHITTADE TAL" if language == "sv" else "INVENTED FIGURES"
        assert said in read.texts(example.chart), example.name


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_the_gallerys_words_stay_inside(width: int) -> None:
    for example in gallery.examples(width=width):
        for words, box in read.word_boxes(example.chart):
            assert box.x1 >= -1 and box.x2 <= width + 1, (example.name, words)


def test_a_heading_is_drawn_only_when_asked_for() -> None:
    assert cases.TEXT.title not in read.texts(cases.intervals())
    example = gallery.examples()[0].chart
    assert example.title in " ".join(read.texts(example))
