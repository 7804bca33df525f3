"""A certificate: PDF/UA with a name on it, and a number of which anyone may ask whether it holds and nothing else."""

import io
import re
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2 as pdfium
import pytest
from django.utils import translation

from klarsyn.base.errors import Refused
from klarsyn.training.certificates import issuing, numbers, paper
from klarsyn.training.certificates.issuing import Validity
from klarsyn.training.models import Certificate
from tests.people import person
from tests.unit.training.units import DAY, TODAY, course, has_done, unit, works

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate() -> Certificate:
    done = has_done(works(unit(), "disa"), course(), until=TODAY + 10 * DAY)
    return issuing.issue(completion=done, by=person("disa"), today=TODAY)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_paper_is_pdf_ua_1_and_says_whose_it_is(
    certificate: Certificate, language: str, tmp_path: Path
) -> None:
    with translation.override(language):
        made = paper.pdf(certificate)
        assert made == paper.pdf(certificate)
    (tmp_path / "c.pdf").write_bytes(made)
    found = str(validator.validate_pdf(str(tmp_path / "c.pdf"), profile=validator.ValidationProfile.PDF_UA_1))
    assert "0 failed" in found and "no failures" in found, found
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert "Disa" not in str(pdf.docinfo)
    with pdfium.PdfDocument(made) as pdf:
        text = re.sub(r"\s+", " ", pdf[0].get_textpage().get_text_range())
    assert (
        "Disa Demo" in text
        and numbers.shown(certificate.number) in text
        and "påhittad" in text + "påhittad" * (language == "en")
    )


def test_a_number_tells_whether_it_holds_on_the_day_and_nothing_else(certificate: Certificate) -> None:
    number = certificate.number
    written = f" {number[:4].lower()}-{number[4:8]} {number[8:]} "
    assert issuing.validity(written, TODAY) is Validity.VALID
    assert issuing.validity(number, TODAY + 10 * DAY) is Validity.VALID
    assert issuing.validity(number, TODAY + 11 * DAY) is Validity.EXPIRED
    for wrong in (
        "",
        "A",
        number[:-1],
        number + "A",
        "\x00" * 12,
        "A" * 1_000_000,
        "١" * 12,
        "😀" * 12,
        "000000000000",
    ):
        assert issuing.validity(wrong, TODAY) is Validity.UNKNOWN


def test_the_same_completion_has_the_same_number_and_is_nobody_elses(certificate: Certificate) -> None:
    again = issuing.issue(completion=certificate.completion, by=person("disa"), today=TODAY + DAY)
    assert again.pk == certificate.pk and again.made_on == TODAY
    with pytest.raises(Refused):
        issuing.issue(completion=certificate.completion, by=person("greta"), today=TODAY)


def test_numbers_are_of_signs_that_nobody_takes_for_each_other() -> None:
    drawn = {numbers.new() for _ in range(200)}
    assert len(drawn) == 200 and all(numbers.read(numbers.shown(one)) == one for one in drawn)
    assert not set("01ILO") & set("".join(drawn))


def test_a_name_is_never_read_as_markup(certificate: Certificate) -> None:
    user = certificate.completion.learner.user
    user.name = "#panic() *x* $y$ \\ <b>"
    with pdfium.PdfDocument(paper.pdf(certificate)) as pdf:
        assert "#panic() *x* $y$" in pdf[0].get_textpage().get_text_range()
