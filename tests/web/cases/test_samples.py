"""The monthly sample: the head sees who read, when and why, and signs off or asks; each answer is logged."""

from __future__ import annotations

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.cases import caseload
from klarsyn.cases.models import Case, Compartment, ReadSample, SampledRead
from klarsyn.people.demo import KAST, demo_keys
from klarsyn.people.models import RoleHeld, Team
from tests.people import person
from tests.web.cases.conftest import read

PAGE = "/personal/lasningar/"


def _draw(client, team: Team):
    return client.post(f"{PAGE}{team.id}/dra/")


@pytest.fixture
def sample(visit, case: Case, mika: Team, next_month) -> ReadSample:
    """Two readings of last month, one of them of the identity, drawn by Greta."""
    read(case, "möte i dag")
    read(case, "ringer vården", compartments=frozenset({Compartment.IDENTITY}))
    assert _draw(visit("greta"), mika).status_code == 302
    return ReadSample.objects.get()


def test_greta_sees_who_read_what_when_and_why(visit, sample: ReadSample, case: Case) -> None:
    page = visit("greta").get(f"{PAGE}{sample.pk}/").content.decode()
    for words in (
        "Alva Demo",
        "möte i dag",
        "ringer vården",
        "identitet läst",
        "namn och nummer",
        str(case.id),
    ):
        assert words in page
    assert (sample.of, sample.reads.count()) == (2, 2)
    assert "påhittad anteckning" not in page


def test_greta_signs_off_one_and_asks_about_the_other(visit, sample: ReadSample) -> None:
    greta, (one, two) = visit("greta"), sample.reads.all()
    address = f"{PAGE}{sample.pk}/"
    assert greta.post(f"{address}utan-anmarkning/{one.pk}/")["Location"].endswith(f"#lasning-{one.pk}")
    asking = f"{address}fraga/{two.pk}/"
    assert "ringer vården" in greta.get(asking).content.decode()
    assert greta.post(asking, {"text": " "}).status_code == 422
    assert greta.post(asking, {"text": "Vem ringde vem?"}).status_code == 302
    page = greta.get(address).content.decode()
    assert "Alla läsningar är granskade" in page and "Vem ringde vem?" in page and "fråga ställd" in page
    assert "färdig, med frågor" in greta.get(PAGE).content.decode()
    lines = AuditEvent.objects.filter(action__startswith="reads.").exclude(action="reads.draw")
    assert [(e.action, e.object, bool(e.detail)) for e in lines] == [
        ("reads.sign_off", str(one.sequence), False), ("reads.question", str(two.sequence), True),
    ]  # fmt: skip
    for again in (greta.post(f"{address}utan-anmarkning/{two.pk}/"), greta.post(asking, {"text": "x"})):
        assert again.status_code == 404


def test_a_sample_is_drawn_once_and_only_when_the_month_is_over(
    visit, case: Case, mika, sample, next_month
) -> None:
    again = _draw(visit("greta"), mika)
    assert again.status_code == 409 and "redan draget" in again.content.decode()
    assert ReadSample.objects.count() == 1
    assert AuditEvent.objects.filter(action="reads.draw").count() == 1


def test_nobody_signs_off_their_own_reading(visit, sample: ReadSample, mika: Team) -> None:
    """Alva becomes head as well: her own readings wait for somebody else."""
    RoleHeld.objects.create(user=person("alva"), role="reception_head", team=mika)
    alva, one = visit("alva"), sample.reads.first()
    assert "granskas av en annan enhetschef" in alva.get(f"{PAGE}{sample.pk}/").content.decode()
    assert alva.post(f"{PAGE}{sample.pk}/utan-anmarkning/{one.pk}/").status_code == 404
    assert SampledRead.objects.filter(verdict="unseen").count() == 2


def test_a_head_who_came_later_is_told_why_the_reasons_stay_shut(
    visit, sample: ReadSample, mika: Team
) -> None:
    RoleHeld.objects.create(user=person("cilla"), role="reception_head", team=mika)
    page = visit("cilla").get(f"{PAGE}{sample.pk}/").content.decode()
    assert "innan du fick rollen" in page and "möte i dag" not in page and "Alva Demo" in page


@pytest.mark.parametrize("name", ["alva", "bo", "mona", "disa", "hugo", "ines"])
def test_nobody_else_draws_reads_or_answers(visit, sample: ReadSample, mika: Team, name: str) -> None:
    other, one = visit(name), sample.reads.first()
    address = f"{PAGE}{sample.pk}/"
    for answer in (
        other.get(address), _draw(other, mika), other.get(f"{address}fraga/{one.pk}/"),
        other.post(f"{address}utan-anmarkning/{one.pk}/"), other.get(f"{PAGE}{sample.pk + 99}/"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert SampledRead.objects.filter(verdict="unseen").count() == 2


def test_kasts_readings_are_in_no_sample_of_mika(visit, sample: ReadSample, case: Case) -> None:
    assert demo_keys(person("bo"))
    assert {row.sequence for row in sample.reads.all()} == {
        line.sequence
        for line in AuditEvent.objects.filter(object=str(case.id), action__in=("case.read", "case.unseal"))
    }


def test_a_broken_seal_is_before_the_head_at_once_without_what_stands_there(
    visit, case: Case, mika: Team
) -> None:
    assert "Brutna förseglingar" not in visit("greta").get(PAGE).content.decode()
    alva = person("alva")
    read(case, "möte i dag")
    caseload.set_sealed(alva, demo_keys(alva), case.id, is_sealed=True, reason="känd i orten")
    read(case, "ringer nu")
    page = visit("greta").get(PAGE).content.decode()
    shown = page.partition("Brutna förseglingar")[2]
    assert "Alva Demo" in shown and str(case.id) in shown and shown.count("<code>") == 1
    for words in ("ringer nu", "känd i orten", "påhittat ärende", "påhittad anteckning"):
        assert words not in page
    RoleHeld.objects.create(user=person("cilla"), role="reception_head", team=Team.objects.get(name=KAST))
    assert str(case.id) not in visit("cilla").get(PAGE).content.decode()
