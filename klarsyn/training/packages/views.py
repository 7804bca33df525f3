"""A course's package, for whoever looks after the courses."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from klarsyn.people.access import staff_required
from klarsyn.people.permissions import Permission
from klarsyn.training.library import library
from klarsyn.training.packages import cmi5, scorm12
from klarsyn.training.packages.content import packed


@require_safe
@staff_required(Permission.COURSE_EXPORT)
def package(request: HttpRequest, key: str, language: str, kind: str) -> HttpResponse:
    """The zip of a course in a language, with today's telephone numbers."""
    course = library().get(key)
    if course is None or language not in course.told or kind not in ("scorm12", "cmi5"):
        raise Http404
    pack = packed(course, language, timezone.localdate())
    body = scorm12.package(pack) if kind == "scorm12" else cmi5.package(pack, settings.PUBLIC_URL)
    answer = HttpResponse(body, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{pack.version}-{language}-{kind}.zip"'
    return answer
