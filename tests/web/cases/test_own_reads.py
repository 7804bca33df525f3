"""A head who reads cases: another head looks through the readings, or where there is none the officer, who sees no reason."""

from __future__ import annotations

import pytest

from klarsyn.base.audit.details import open_detail
from klarsyn.base.models import AuditEvent
from klarsyn.cases.models import Case, Compartment, ReadSample, SampledRead
from klarsyn.people.demo import demo_keys
from klarsyn.people.models import RoleHeld, Team
from tests.people import person
from tests.web.cases.conftest import read

PAGE, SAMPLES = "/personal/chefers-lasningar/", "/personal/lasningar/"


@pytest.fixture
def alone(visit, case: Case, mika: Team, next_month) -> ReadSample:
    """Alva, who reads, becomes Mika's only head; two readings of last month are drawn."""
    read(case, "möte i dag")
    read(case, "ringer vården", compartments=frozenset({Compartment.IDENTITY}))
    RoleHeld.objects.create(user=person("alva"), role="reception_head", team=mika)
    RoleHeld.objects.filter(user=person("greta"), role="reception_head", team=mika).delete()
    assert visit("alva").post(f"{SAMPLES}{mika.id}/dra/").status_code == 302
    return ReadSample.objects.get()


def test_ines_sees_who_and_when_and_nothing_of_the_case(visit, alone: ReadSample, case: Case) -> None:
    page = visit("ines").get(PAGE).content.decode()
    for words in ("Alva Demo", "identitet läst", "namn och nummer", "Mika"):
        assert words in page
    for secret in ("möte i dag", "ringer vården", str(case.id)):
        assert secret not in page
    assert "granskas av dataskyddsombudet" in visit("alva").get(f"{SAMPLES}{alone.pk}/").content.decode()


def test_ines_signs_off_one_and_asks_about_the_other_and_alva_reads_the_question(
    visit, alone: ReadSample
) -> None:
    ines, (one, two) = visit("ines"), alone.reads.all()
    assert ines.post(f"{PAGE}{one.pk}/utan-anmarkning/")["Location"] == PAGE
    asking = f"{PAGE}{two.pk}/fraga/"
    assert "ringer vården" not in ines.get(asking).content.decode()
    assert ines.post(asking, {"text": " "}).status_code == 422
    assert ines.post(asking, {"text": "Vem ringde?"}).status_code == 302
    page = ines.get(PAGE).content.decode()
    assert "utan anmärkning" in page and "fråga ställd" in page and "Utan anmärkning" not in page
    lines = AuditEvent.objects.filter(action__in=("reads.sign_off", "reads.question"))
    officer = person("ines").pseudonym
    assert [(e.action, e.actor) for e in lines] == [("reads.sign_off", officer), ("reads.question", officer)]
    alva = visit("alva").get(f"{SAMPLES}{alone.pk}/").content.decode()
    assert "Vem ringde?" in alva and "Alla läsningar är granskade" in alva
    assert open_detail(lines[1], officer, demo_keys(person("ines")).pair) is None
    assert ines.post(f"{PAGE}{one.pk}/utan-anmarkning/").status_code == 404  # once


def test_with_another_head_it_is_that_heads_and_not_the_officers(
    visit, alone: ReadSample, mika: Team
) -> None:
    RoleHeld.objects.create(user=person("greta"), role="reception_head", team=mika)
    ines, one = visit("ines"), alone.reads.first()
    assert "Ingen läsning väntar" in ines.get(PAGE).content.decode()
    for answer in (ines.post(f"{PAGE}{one.pk}/utan-anmarkning/"), ines.get(f"{PAGE}{one.pk}/fraga/")):
        assert answer.status_code == 404
    assert "av en annan enhetschef" in visit("alva").get(f"{SAMPLES}{alone.pk}/").content.decode()
    assert visit("greta").post(f"{SAMPLES}{alone.pk}/utan-anmarkning/{one.pk}/").status_code == 302


def test_an_officer_who_read_and_is_the_head_answers_for_nothing_of_her_own(visit, alone: ReadSample) -> None:
    RoleHeld.objects.create(user=person("alva"), role="data_protection_officer")
    alva, one = visit("alva"), alone.reads.first()
    assert "Ingen läsning väntar" in alva.get(PAGE).content.decode()
    assert alva.post(f"{PAGE}{one.pk}/utan-anmarkning/").status_code == 404
    assert SampledRead.objects.filter(verdict="unseen").count() == 2


@pytest.mark.parametrize("name", ["alva", "bo", "greta", "disa", "hugo", "mona"])
def test_nobody_else_sees_the_page_or_answers(visit, alone: ReadSample, name: str) -> None:
    other, one = visit(name), alone.reads.first()
    for answer in (
        other.get(PAGE), other.post(f"{PAGE}{one.pk}/utan-anmarkning/"), other.get(f"{PAGE}{one.pk}/fraga/"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert SampledRead.objects.filter(verdict="unseen").count() == 2
