"""The reception's pages: times published, booked times ended, calls made, cards printed, numbers by month."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pypdfium2 as pdfium
import pytest
from django.utils import timezone

from klarsyn.contact.booking import visitor as booking
from klarsyn.contact.booking.visitor import Wanted
from klarsyn.contact.models import Booking, BookingCount, CallRequest, Card, PublishedTimes, ResidenceCount
from klarsyn.contact.models.booking import Channel
from klarsyn.people.models import Team
from klarsyn.receptions.models import Fact, Reception
from tests.people import person
from tests.web.contact.test_times_pages import CARD, new_card, text, times  # noqa: F401  a fixture

TODAY = timezone.localdate
PUBLISHED, BOOKED, CALLS, CARDS = (
    "/personal/tider/",
    "/personal/bokade-tider/",
    "/personal/ring-upp/",
    "/personal/kort/",
)


def book(kind: str = "mika", message: str = "Jag kommer med en vän") -> Booking:
    wanted = Wanted(TODAY() + timedelta(days=1), time(9), Channel.PHONE, message)
    booking.book(kind, wanted, timezone.localtime())
    return Booking.objects.latest("day")


def past(row: Booking) -> Booking:
    """The same an hour after its time."""
    Booking.objects.filter(pk=row.pk).update(day=TODAY() - timedelta(days=1))
    return row


def test_greta_publishes_times_and_ends_them(times, visit) -> None:  # noqa: F811
    greta = visit("greta")
    reception = Reception.objects.get(kind="mika")
    row = {
        "reception": reception.pk, "kind": "closed", "written": "", "minutes": 60, "channels": "both",
        "valid_from": TODAY() + timedelta(days=1), "valid_to": TODAY() + timedelta(days=2),
    }  # fmt: skip
    assert "Ingen utskickstjänst" in text(greta.get(PUBLISHED))
    assert greta.post(PUBLISHED, row).status_code == 302
    wrong = greta.post(PUBLISHED, row | {"kind": "weekly", "written": "mån 9–12\x01"})
    assert wrong.status_code == 422 and "Rad 1" in text(wrong)
    other = Reception.objects.get(kind="kast")
    assert greta.post(PUBLISHED, row | {"reception": other.pk}).status_code == 422
    mine, theirs = (PublishedTimes.objects.filter(reception=r).last() for r in (reception, other))
    assert greta.post(f"{PUBLISHED}{mine.pk}/avsluta/", {"last_day": TODAY()}).status_code == 302
    assert greta.post(f"{PUBLISHED}{theirs.pk}/avsluta/", {"last_day": TODAY()}).status_code == 404


def test_alva_reads_what_was_said_and_says_how_it_went(times, visit) -> None:  # noqa: F811
    row, alva, bo = book(), visit("alva"), visit("bo")
    at = f"{BOOKED}{row.id}/"
    assert f"{row.day.day}" in text(alva.get(BOOKED)) and "en vän" not in text(alva.get(at))
    assert "en vän" in text(alva.post(at, {"step": "read"}))
    for method in (bo.get, bo.post):
        assert method(at).status_code == 404
    assert str(row.id) not in text(bo.get(BOOKED))
    past(row)
    Fact.objects.create(
        reception=Reception.objects.get(kind="mika"), what="agreement", value="0682 Nässjö", valid_from=TODAY(), source="Avtal 1",
    )  # fmt: skip
    assert "Nässjö" in text(alva.get(at))
    assert alva.post(at, {"end": "met", "residence": "9999"}).status_code == 422
    assert alva.post(at, {"end": "met", "residence": "0682"}).status_code == 302
    assert (BookingCount.objects.get().ended, ResidenceCount.objects.get().residence) == ("met", "0682")
    assert "Vill inte säga" in text(alva.get(f"{BOOKED}{past(book()).id}/"))


def test_alva_withdraws_a_time_that_cannot_be_kept(times, visit) -> None:  # noqa: F811
    row = book()
    assert visit("alva").post(f"{BOOKED}{row.id}/", {"step": "withdraw"}).status_code == 302
    assert Booking.objects.get().state == "withdrawn"


def ask(visit) -> CallRequest:
    told = {"step": "ask", "name": "Kim", "number": "070-123 45 67", "consent": "1"}
    visit("frej").post(CARD, told | {"card": new_card()})
    return CallRequest.objects.get()


def test_bo_asks_first_and_after_the_call_nothing_is_left(times, visit) -> None:  # noqa: F811
    row, bo = ask(visit), visit("bo")
    at = f"{CALLS}{row.id}/"
    shown = text(bo.get(CALLS)) + text(bo.get(at))
    assert "Kim" not in shown and "123" not in shown and "Fråga först" in shown
    opened = text(bo.post(at, {"step": "open"}))
    assert "Kim" in opened and opened.index("Fråga rakt") < opened.index("Kim")
    assert (
        visit("alva").get(at).status_code == 404
        and visit("alva").post(at, {"step": "open"}).status_code == 404
    )
    refused = bo.post(at, {"step": "end", "outcome": "reached"})
    assert refused.status_code == 422 and CallRequest.objects.exists()
    assert bo.post(at, {"step": "end", "outcome": "reached", "has_asked": "on"}).status_code == 302
    assert not CallRequest.objects.exists() and bo.get(at).status_code == 404


def test_cards_come_as_a_file_or_a_page_and_their_codes_open(times, visit) -> None:  # noqa: F811
    told = {
        "team": Team.objects.get(kind="kast").pk,
        "partner": "police",
        "count": 3,
        "languages": ["sv", "uk"],
    }
    made = visit("bo").post(CARDS, told | {"form": "pdf"})
    assert (
        made["Content-Type"] == "application/pdf"
        and b"pdfuaid" in made.content
        and "no-store" in made["Cache-Control"]
    )
    with pdfium.PdfDocument(made.content) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "Vill du prata med någon?" in words and "поговорити" in words
    assert not {"kast", "mika", "sex"} & set(re.findall(r"\w+", words.lower()))
    made = visit("bo").post(CARDS, told | {"form": "pdf", "languages": ["ar", "th"]})
    with pdfium.PdfDocument(made.content) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "البلدية" in words and "เทศบาล" in words
    assert (
        words.count("031-390\xa006\xa020") == 2 * 3
    )  # not backwards, piece by piece, in the line from the right
    page = text(visit("bo").post(CARDS, told | {"form": "page", "languages": ["ar", "th"]}))
    codes = re.findall(r'<bdi dir="ltr">([\d ]{29})</bdi>', page)
    assert len(codes) == 3 and 'dir="rtl"' in page and Card.objects.count() == 9
    assert "Be oss ringa mig" in text(visit("frej").post(CARD, {"card": codes[0]}))


@pytest.mark.parametrize(
    "wrong", [{"count": 0}, {"count": 41}, {"languages": ["xx"]}, {"languages": ["sv", "en", "es", "pl"]}]
)  # fmt: skip
def test_cards_that_cannot_be_printed_are_not_made(times, visit, wrong) -> None:  # noqa: F811
    told = {
        "team": Team.objects.get(kind="kast").pk,
        "partner": "care",
        "count": 1,
        "languages": ["sv"],
        "form": "pdf",
    }
    assert visit("bo").post(CARDS, told | wrong).status_code == 422 and not Card.objects.exists()


def test_who_works_for_neither_prints_for_either_and_sees_no_numbers(times, visit) -> None:  # noqa: F811
    cilla = visit("cilla")  # a field worker
    shown = text(cilla.get(CARDS))
    assert "Mika-mottagningen" in shown and "KAST-mottagningen" in shown
    assert cilla.get("/personal/kort/antal/").status_code == 404
    only = text(visit("alva").get(CARDS))
    assert "KAST-mottagningen" not in only


def test_the_numbers_are_the_receptions_own(times, visit) -> None:  # noqa: F811
    ask(visit)
    mine, theirs = (text(visit(name).get("/personal/kort/antal/")) for name in ("mona", "greta"))
    assert (
        "Polisen" in mine
        and len(re.findall(r'<td class="is-number"[^>]*>1</td>', mine)) == 2
        and "Polisen" not in theirs
    )
    assert person("mona").name not in theirs
