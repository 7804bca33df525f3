"""The months of the counting without names: the whole table is in view on a desk, and nothing else scrolls on a phone."""

from klarsyn.receptions.demo import ensure_demo_receptions
from tests.browser.conftest import fits
from tests.people import person
from tests.unit.receptions.test_tallies import sheet

WIDTHS = "(([t]) => [t.scrollWidth, t.parentElement.clientWidth])(document.querySelectorAll('.k-months'))"


def test_the_table_of_months_fits_its_column(page, as_person, live_server, axe) -> None:
    person("alva")
    sheet(next(r for r in ensure_demo_receptions() if r.kind == "mika"), women_attempted=2)
    page.set_viewport_size({"width": 1280, "height": 900})
    as_person(page, "alva").goto(f"{live_server.url}/personal/rakning/")
    wide, room = page.evaluate(WIDTHS)
    assert wide <= room and fits(page)
    axe(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert fits(page)
