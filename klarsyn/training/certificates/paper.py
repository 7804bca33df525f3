"""The certificate on paper: PDF/UA-1 by Typst, the same bytes for the same certificate."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

import typst
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klarsyn.base.municipality import municipality
from klarsyn.training.certificates import numbers
from klarsyn.training.coverage.queries import title_of
from klarsyn.training.models import Certificate

_HERE: Final = Path(__file__).with_name("typst")
STANDARD: Final = "ua-1"


@dataclass(frozen=True, slots=True)
class Paper:
    """Every word on it, in the reader's language. `name` stands here and on no page."""

    lang: str
    title: str
    by: str
    has: str
    name: str
    course: str
    lines: tuple[tuple[str, str], ...]
    check: str
    says_not: str
    invented: str


def paper(certificate: Certificate) -> Paper:
    """Raises AssertionError for somebody without an account: nobody knows whose name to write."""
    done = certificate.completion
    assert done.learner.user is not None
    address = settings.PUBLIC_URL.rstrip("/") + reverse("training:certificate_check")
    return Paper(
        lang=(get_language() or "sv")[:2],
        title=_("Intyg"),
        by=municipality().name,
        has=_("har genomfört kursen"),
        name=done.learner.user.name,
        course=title_of(done.course),
        lines=(
            (_("Version"), done.version),
            (_("Genomförd"), date_format(done.done_on)),
            (_("Gäller till och med"), date_format(done.valid_until)),
            (_("Intygets nummer"), numbers.shown(certificate.number)),
        ),
        check=_("Om intyget gäller går att pröva på %(address)s med numret. Sidan visar inget namn.")
        % {"address": address.removeprefix("https://").removeprefix("http://")},
        says_not=_(
            "Intyget säger att kursen är genomförd. Det säger inget om hur någon svarade; det sparas inte."
        ),
        invented=_("Personen är påhittad: intyget hör till demonstrationen.")
        if done.learner.user.is_demo
        else "",
    )


def pdf(certificate: Certificate) -> bytes:
    """The paper as PDF/UA-1. Raises typst.TypstError when it does not compile."""
    made = datetime.combine(certificate.made_on, time(12), UTC)
    with tempfile.TemporaryDirectory(prefix="klarsyn-certificate-") as name:
        folder = Path(name)
        (folder / "certificate.typ").write_bytes((_HERE / "certificate.typ").read_bytes())
        (folder / "certificate.json").write_text(
            json.dumps(asdict(paper(certificate)), ensure_ascii=False), encoding="utf-8"
        )
        done, _warnings = typst.compile_with_warnings(
            str(folder / "certificate.typ"), root=str(folder), format="pdf", pdf_standards=STANDARD,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[]),
            timestamp=int(made.timestamp()),
        )  # fmt: skip
    return bytes(done)
