"""The import in three steps, as Disa does it: nothing happens before her yes, and a bad file is explained."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from klarsyn.sources.models import Batch, Dataset, Observation
from tests.people import DISA, signed_in
from tests.unit.sources.importers.dirty import book, bra, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def disa(db: None) -> Client:
    return signed_in(DISA)


def _send(client: Client, body: bytes, key: str = "bra-alla-brott", **said: str) -> HttpResponse:
    given = {"period": "2023"} if key.startswith("bra") else {}
    data = {"file": SimpleUploadedFile("bra.csv", body), **given, **said}
    return client.post(reverse("sources:upload", kwargs={"key": key}), data, follow=True)


def _rows() -> tuple[int, int, int]:
    return Dataset.objects.count(), Batch.objects.count(), Observation.objects.count()


def test_disa_sees_what_a_file_holds_before_anything_changes(disa: Client) -> None:
    page = _send(disa, bra("Ale;3 123;9", "Lund;..;.."))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Filen går att läsa in" in text and "3\u00a0123" in text and "Uppgift saknas" in text
    assert _rows() == (0, 0, 0)


def test_disa_says_yes_and_the_figures_are_in_use(disa: Client, home: Path) -> None:
    _send(disa, bra("Ale;3 123;9"), retrieved_on="2024-04-02", address="https://bra.se/x.csv")
    page = disa.post(reverse("sources:confirm"), follow=True)
    assert page.redirect_chain[-1][0].endswith("/kalla/bra-anmalda-alla-brott/")
    batch = Batch.objects.get()
    assert (batch.by, batch.row_count, batch.address) == ("disa", 1, "https://bra.se/x.csv")
    assert list((home / "sources" / "uploads").iterdir()) == []
    assert disa.post(reverse("sources:confirm")).status_code == 302
    assert Batch.objects.count() == 1


def test_a_bad_file_is_explained_line_by_line_and_changes_nothing(disa: Client) -> None:
    page = _send(disa, bra("Jonköping;1;1", "Ale;1,5;2", "Lund;<script>;3"))
    assert page.status_code == 422
    text = page.content.decode()
    assert "3 fel i filen" in text and "Jönköping (0680)" in text and "”1,5”" in text
    assert "&lt;script&gt;" in text and "<script>”" not in text
    assert "Läs in filen" not in text
    refused = disa.post(reverse("sources:confirm"))
    assert refused.status_code == 422
    assert _rows() == (0, 0, 0)


def test_a_file_that_is_no_table_is_explained(disa: Client) -> None:
    page = _send(disa, b"%PDF-1.7")
    assert page.status_code == 422 and "PDF" in page.content.decode()
    assert _rows() == (0, 0, 0)


def test_a_newer_file_shows_what_it_would_change(disa: Client) -> None:
    _send(disa, bra("Ale;1;1", "Lund;2;2"))
    disa.post(reverse("sources:confirm"))
    text = _send(disa, bra("Ale;9;9", "Eslöv;3;3")).content.decode()
    assert "1 värden ändras, 1 är nya, 0 är desamma, 1 försvinner" in text
    again = _send(disa, bra("Ale;1;1", "Lund;2;2")).content.decode()
    assert "redan inläst" in again


def test_disa_changes_her_mind(disa: Client, home: Path) -> None:
    _send(disa, bra("Ale;1;1"))
    disa.post(reverse("sources:drop"))
    assert list((home / "sources" / "uploads").iterdir()) == []
    assert disa.get(reverse("sources:preview")).status_code == 302
    assert _rows() == (0, 0, 0)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"period": "2023-05-01"}, "Skriv ett år"), ({"retrieved_on": "2999-01-01"}, "har inte varit"),
        ({"address": "inte en adress"}, "adress"), ({"file": ""}, "Fil"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_right_says_why(disa: Client, said: dict[str, str], words: str) -> None:
    page = _send(disa, bra("Ale;1;1"), **said)
    assert page.status_code == 422 and words in page.content.decode()


def test_another_source_must_be_described(disa: Client) -> None:
    body = table("0680;2023;4;")
    assert _send(disa, body, key="allman").status_code == 422
    said = {"title": "Åtal", "publisher": "Åklagaren", "measure": "prosecutions", "licence": "fri"}
    assert _send(disa, body, key="allman", **said).status_code == 200
    disa.post(reverse("sources:confirm"))
    dataset = Dataset.objects.get()
    assert (dataset.key, dataset.measure, dataset.is_public) == ("annan-kalla-atal", "prosecutions", True)


def test_own_counts_are_marked_as_staying_in_the_house(disa: Client) -> None:
    page = disa.get(reverse("sources:upload", kwargs={"key": "domstol"})).content.decode()
    assert "Talen stannar i huset" in page
    _send(
        disa, book([("kommunkod", "kommun", "period", "antal"), (680, "Jönköping", 2023, 2)]), key="domstol"
    )
    disa.post(reverse("sources:confirm"))
    assert not Dataset.objects.get().is_public


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_can_be_downloaded(disa: Client, kind: str) -> None:
    answer = disa.get(reverse("sources:template", kwargs={"key": "domstol", "kind": kind}))
    assert answer.status_code == 200 and f'filename="domstol.{kind}"' in answer["Content-Disposition"]
    assert disa.get(reverse("sources:template", kwargs={"key": "nej", "kind": kind})).status_code == 404
