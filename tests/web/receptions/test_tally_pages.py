"""The pages of what is counted without names: entered, taken back, printed, keyed in; nobody else's."""

from io import BytesIO

import pytest
from django.utils import timezone

from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Reception, Tally, TallyCell
from tests.people import person

PAGE = "/personal/rakning/"
SHEET = f"{PAGE}uppsokande/"


@pytest.fixture(autouse=True)
def _receptions(db) -> None:
    person("alva")
    ensure_demo_receptions()


def given(kind: str = "mika", **changed: object) -> dict[str, object]:
    form = {"reception": Reception.objects.get(kind=kind).pk, "month": f"{timezone.localdate():%Y-%m}"}
    return form | {"what": "visit:drop_in", "number": "4"} | changed


def paper(**changed: object) -> dict[str, object]:
    boxes = {"women_18-24_attempted": "5", "women_18-24_reached": "2", "trans_unsaid_attempted": "1"}
    return (
        given(sheet="123 456", **boxes)
        | {"kind": "online", "month": f"{timezone.localdate():%Y-%m} other"}
        | changed
    )


def test_alva_enters_visits_and_greta_reads_them(visit) -> None:
    assert visit("alva").post(PAGE, given()).status_code == 302
    page = visit("greta").get(PAGE).content.decode()
    assert (
        "öppen mottagning" in page
        and "Påhittade antal" in page
        and "<form method" not in page.split("<h2>")[1]
    )
    assert visit("greta").post(PAGE, given()).status_code == 404


def test_alva_prints_a_sheet_and_keys_it_in(visit) -> None:
    alva = visit("alva")
    blank = alva.get(f"{PAGE}blankett/").content.decode()
    assert "Transpersoner" in blank and not Tally.objects.exists()
    assert alva.post(SHEET, paper()).status_code == 302
    assert TallyCell.objects.count() == 3
    again = alva.post(SHEET, paper())
    assert again.status_code == 422 and "redan införd" in again.content.decode()
    assert 'value="5"' in again.content.decode()  # nothing of what was keyed in is lost


def test_alva_takes_an_entry_back(visit) -> None:
    alva = visit("alva")
    alva.post(PAGE, given())
    tally = Tally.objects.get()
    assert alva.post(f"{PAGE}{tally.pk}/ta-tillbaka/").status_code == 302
    assert "tagen tillbaka" in alva.get(PAGE).content.decode()
    assert visit("bo").post(f"{PAGE}{tally.pk}/ta-tillbaka/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"number": "0"}, {"number": "3.5"}, {"number": "\x00"}, {"number": "19121212-1212"}, {"number": "٣" * 9},
     {"number": "9" * 1_000_000}, {"what": "visit:street"}, {"what": "kast"}, {"month": "2020-01"}, {"month": "\u202e"},
     {"number": "🙂"}],
)  # fmt: skip
def test_what_cannot_be_is_answered_with_the_form(visit, wrong) -> None:
    assert visit("alva").post(PAGE, given(**wrong)).status_code == 422
    assert not Tally.objects.exists()


def test_a_row_that_cannot_be_is_named(visit) -> None:
    page = visit("alva").post(SHEET, paper(**{"women_18-24_reached": "6"}))
    assert page.status_code == 422 and "Kvinnor, 18–24 år: nådda kan inte" in page.content.decode()
    assert visit("alva").post(SHEET, paper(sheet=BytesIO(b"x"))).status_code == 422
    assert not Tally.objects.exists()


def test_bo_neither_sees_nor_counts_for_mika(visit) -> None:
    bo = visit("bo")
    assert bo.post(PAGE, given()).status_code == 422 and bo.post(SHEET, paper()).status_code == 422
    assert "Mika" not in bo.get(PAGE).content.decode().split("<main")[1]


@pytest.mark.parametrize("name", ["disa", "elis", "hugo", "ines", "cilla"])
def test_others_do_not_find_the_pages(visit, name) -> None:
    for page in (PAGE, SHEET, f"{PAGE}blankett/"):
        assert visit(name).get(page).status_code == 404


def test_an_earlier_year_is_shown_when_asked_for_and_nothing_breaks_on_what_is_no_year(visit) -> None:
    mika, today = Reception.objects.get(kind="mika"), timezone.localdate()
    for year in (2024, 2023):
        Tally.objects.create(
            reception=mika, what="visit", kind="booked", year=year, month=1, entered_on=today
        )
    alva = visit("alva")
    assert f"{mika}, 2024" in alva.get(PAGE).content.decode()  # the newest where this year has nothing
    page = alva.get(f"{PAGE}?ar=2023").content.decode()
    assert f"{mika}, 2023" in page and 'href="?ar=2024"' in page
    for wrong in ("20244", "%00", "٢٠٢٤", "abcd", "0000"):
        assert alva.get(f"{PAGE}?ar={wrong}").status_code == 200
