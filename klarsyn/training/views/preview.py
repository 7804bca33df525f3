"""For those who write courses: the own folder's faults by line, and a zip looked at without being kept."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from klarsyn.people.access import staff_required
from klarsyn.people.permissions import Permission
from klarsyn.training.library import OWN, files_of, shelves
from klarsyn.training.reading.course import Course, Told
from klarsyn.training.reading.faults import CourseError, Fault
from klarsyn.training.reading.folders import MOST_OF_A_ZIP, zip_files
from klarsyn.training.reading.whole import adds_to, read_course, with_languages
from klarsyn.training.seats import METHODS
from klarsyn.training.templatetags.training import Telling


class ZipForm(forms.Form):
    """A course as a zip file."""

    file = forms.FileField(
        label=_("Kursen som zip-fil"),
        help_text=_("Mappen med course.toml, språkmapparna och handouts. Bara .md och .toml, högst 4 MB."),
    )


@require_http_methods(METHODS)
@staff_required(Permission.COURSE_PREVIEW)
def preview(request: HttpRequest) -> HttpResponse:
    """The own courses with what is wrong in them; POST shows a zip whole, or every fault in it."""
    form = ZipForm(request.POST or None, request.FILES or None)
    course, faults = None, tuple[Fault, ...]()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            course = _read(given.read() if given.size <= MOST_OF_A_ZIP else b"0" * (MOST_OF_A_ZIP + 1))
        except CourseError as error:
            faults = error.faults
    whole = shelves()
    shown = {
        "form": form,
        "is_read": request.method == "POST" and form.is_valid(),
        "faults": faults,
        "course": course,
        "told": [_told(course, told) for told in course.told.values()] if course else [],
        "own": [one for one in whole.courses.values() if one.is_own],
        "broken": whole.broken,
        "folder": OWN,
    }
    return render(request, "training/preview.html", shown, status=422 if form.errors or faults else 200)


def _read(body: bytes) -> Course:
    """The course of a zip; one that adds languages is read with the course it adds to. Raises CourseError."""
    name, files = zip_files(body)
    if key := adds_to(files):
        base = shelves().courses.get(key)
        if base is None:
            raise CourseError((Fault("course.toml", 1, _('kursen "%(key)s" finns inte'), {"key": key}),))
        return with_languages(base, files_of(key), files)
    return read_course(name or _key(files), files)


def _key(files: object) -> str:
    """A zip whose files stand outermost has no folder's name: the key is what the file says."""
    raw = (
        files["course.toml"].decode("utf-8", "replace")
        if isinstance(files, dict) and "course.toml" in files
        else ""
    )
    line = next((line for line in raw.splitlines() if line.startswith("key")), "")
    return line.partition('"')[2].partition('"')[0] or "course"


def _told(course: Course, told: Told) -> dict[str, object]:
    """A language of a course with everything in it, one after the other."""
    telling = Telling(
        told.language, timezone.localdate(), {key: n for n, key in enumerate(course.head.sources, 1)}
    )
    steps = [
        {"kind": type(step).__name__.lower(), "step": step, "name": name} for name, step in told.steps.items()
    ]
    prints = [made for (_id, code), made in course.printables.items() if code == told.language]
    return {
        "told": told,
        "telling": telling,
        "steps": steps,
        "prints": prints,
        "is_open": told.language == get_language(),
    }
