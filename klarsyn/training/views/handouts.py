"""A printable: as a page that the browser prints, and as PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from klarsyn.base.municipality import municipality
from klarsyn.training.printing.paper import RIGHT_TO_LEFT, pdf
from klarsyn.training.reading.course import Course, Handout
from klarsyn.training.reading.markdown import notes_in
from klarsyn.training.seats import Seat
from klarsyn.training.templatetags.training import Telling


def handout(seat: Seat, key: str, id: str, language: str) -> HttpResponse:
    """The printable as a page."""
    course = seat.course(key)
    made = _made(seat, course, id, language)
    keys = notes_in(*(block.source for block in made.blocks))
    sources = [course.head.sources[one] for one in keys]
    main = made.language.partition("-")[0]
    shown = {
        "made": made,
        "lang": "sv" if main == "latt" else made.language,
        "dir": "rtl" if main in RIGHT_TO_LEFT else "ltr",
        "told": course.in_language(seat.language),
        "to_course": seat.to("course", key),
        "pdf": seat.to("handout_pdf", key, id, language),
        "telling": Telling(main, seat.today, {one: n for n, one in enumerate(keys, 1)}),
        "sources": sources,
    }
    return seat.page("handout", shown)


def handout_pdf(seat: Seat, key: str, id: str, language: str) -> HttpResponse:
    """The printable as PDF/UA."""
    made = _made(seat, seat.course(key), id, language)
    main = "en" if language.startswith("en") else "sv"
    response = HttpResponse(
        pdf(made, municipality().name_in(main), seat.today), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{key}-{id}-{language}.pdf"'
    return response


def _made(seat: Seat, course: Course, id: str, language: str) -> Handout:
    found = course.printables.get((id, language))
    if found is None or seat.request.method == "POST":
        raise Http404
    return found
