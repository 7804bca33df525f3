"""A report assessed, answered, handed over, registered and erased; and what comes back from a backup goes again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from lxml import etree

from klarsyn.base import erasures
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.concerns.models import ConcernReport, ReportAct, ReportDraft
from klarsyn.concerns.models.concern_report import Outcome
from klarsyn.concerns.report import codes, endings, handing, inbox, registry, sending
from klarsyn.concerns.sdk import message
from klarsyn.people.models import RoleHeld, User
from tests.unit.concerns.reports import NEIGHBOUR, TEACHER, Receiving, receiving, sent
from tests.unit.people.keys.conftest import ground, someone  # noqa: F401  a fixture


@pytest.fixture
def house(ground, settings) -> Receiving:  # noqa: F811
    settings.DEMO = True  # the addresses that are shipped are invented
    return receiving()


@pytest.fixture
def lars(house: Receiving) -> User:
    user, _keys = someone("lars")
    RoleHeld.objects.create(user=user, role="registrar")
    return User.objects.get(pk=user.pk)


def assessed(house: Receiving, report: ConcernReport, outcome: Outcome = Outcome.INQUIRY) -> None:
    inbox.assess(house.olga, house.hers, report.id, outcome=Outcome.NO_NEED, words="Lugnt.")
    inbox.decide(house.olga, house.hers, report.id, outcome=outcome, words="Behov.")


def test_a_report_that_nobody_has_assessed_stands_first(house: Receiving) -> None:
    reports = {one.id: one for one, _code in (sent(), sent(NEIGHBOUR))}
    first, second = (one.id for one in inbox.read_list(house.olga, house.team))
    assessed(house, reports[first])
    assert [one.id for one in inbox.read_list(house.olga, house.team)] == [second, first]


@pytest.mark.parametrize("outcome", [Outcome.INQUIRY, Outcome.NO_INQUIRY, Outcome.ONGOING])
def test_a_professional_who_asked_is_told_whether_and_nothing_else(
    house: Receiving, outcome: Outcome
) -> None:
    report, code = sent()
    with pytest.raises(Refused, match="inget att berätta"):
        inbox.tell(house.olga, house.hers, report.id)
    assessed(house, report, outcome)
    inbox.tell(house.olga, house.hers, report.id)
    with pytest.raises(Refused, match="redan antecknat"):
        inbox.tell(house.olga, house.hers, report.id)
    assert sending.receipt(codes.enter(code)).feedback == outcome


def test_each_answer_is_as_long_as_another_and_private_persons_get_none(house: Receiving) -> None:
    lengths = set()
    for outcome in (Outcome.INQUIRY, Outcome.NO_INQUIRY, Outcome.ONGOING):
        report, _code = sent()
        assessed(house, report, outcome)
        inbox.tell(house.olga, house.hers, report.id)
        report.refresh_from_db()
        lengths.add(len(bytes(report.feedback)))
    assert len(lengths) == 1
    private, _code = sent(NEIGHBOUR, feedback="on")
    assessed(house, private)
    with pytest.raises(Refused, match="inget att berätta"):
        inbox.tell(house.olga, house.hers, private.id)


def test_what_is_handed_over_is_a_valid_message_with_everything_in_it(house: Receiving) -> None:
    report, _code = sent(seen="Rädd \x0b och <ledsen>")
    assessed(house, report)
    made = handing.hand_over(house.olga, house.hers, report.id)
    message.check(made.body)
    text = " ".join(etree.fromstring(made.body).itertext())
    assert str(made.id) in text and "<ledsen>" in text and "Tove Lärare" in text and "Behov." in text
    labels = etree.fromstring(made.body).findall(f".//{{{message.SPACE}}}label")
    assert not any("Kim" in label.text or "Tove" in label.text for label in labels)
    again = handing.hand_over(house.pia, house.pias, report.id)  # lost on its way: another one
    assert again.id != made.id and AuditEvent.objects.filter(action="concern.hand_over").count() == 2
    for user, keys in ((house.alva, house.alvas), (house.olga, None)):
        with pytest.raises(Http404):
            handing.hand_over(user, keys, report.id)


def test_nothing_is_handed_over_under_invented_addresses(house: Receiving, settings) -> None:
    settings.DEMO = False
    report, _code = sent()
    with pytest.raises(Refused, match="inte inlagda"):
        handing.hand_over(house.olga, house.hers, report.id)
    assert not ReportAct.objects.exists()


def test_the_registrar_sees_days_and_ids_and_confirms_once(house: Receiving, lars: User) -> None:
    report, _code = sent()
    with pytest.raises(Http404):
        registry.register(lars, report.id, number="SN 2026/1")
    made = handing.hand_over(house.olga, house.hers, report.id)
    (line,) = registry.read_list(lars)
    assert (line.message, line.number) == (str(made.id), "") and "Kim" not in str(line)
    with pytest.raises(Refused, match="personnummer"):
        registry.register(lars, report.id, number="20120101-2380")
    registry.register(lars, report.id, number="SN 2026/1")
    with pytest.raises(Refused, match="redan bekräftad"):
        registry.register(lars, report.id, number="SN 2026/2")
    assert inbox.read(house.olga, house.hers, report.id).done[-1].reference == "SN 2026/1"
    for user in (house.olga, house.alva):
        with pytest.raises(Http404):
            registry.read_list(user)
    with pytest.raises(Http404):
        inbox.read(lars, None, report.id)


def test_after_its_days_what_was_registered_is_erased_and_the_answer_stays(
    house: Receiving, lars: User
) -> None:
    (report, code), (other, _code) = sent(), sent(NEIGHBOUR)
    assessed(house, report)
    inbox.tell(house.olga, house.hers, report.id)
    handing.hand_over(house.olga, house.hers, report.id)
    registry.register(lars, report.id, number="SN 2026/1")
    before = ConcernReport.objects.get(pk=report.pk)
    today = timezone.localdate()
    assert endings.sweep(today + timedelta(days=14)) == 0 and not endings.is_gone(str(report.id))
    assert endings.sweep(today + timedelta(days=15)) == 1 and endings.is_gone(str(report.id))
    assert ("concern", str(report.id)) in erasures.unsettled()  # until the test's transaction ends
    row = ConcernReport.objects.get(pk=report.pk)
    assert (bytes(row.body), bytes(row.for_team)) == (b"", b"")
    assert {bytes(words) for words in row.acts.values_list("words", flat=True)} == {b""}
    with pytest.raises(Http404):
        inbox.read(house.olga, house.hers, report.id)
    assert sending.receipt(codes.enter(code)).feedback == Outcome.INQUIRY
    before.save()  # a backup brings it back
    assert endings.erase_again(str(report.id)) == 1 and endings.erase_again(str(report.id)) == 0
    endings.sweep(today + timedelta(days=400))
    assert set(ConcernReport.objects.values_list("pk", flat=True)) == {other.pk}  # nobody has registered it


def test_a_draft_goes_on_its_day(house: Receiving) -> None:
    code = codes.new()
    last = sending.save(code, TEACHER)
    assert endings.sweep(last) == 0 and endings.sweep(last + timedelta(days=1)) == 1
    assert not ReportDraft.objects.exists()
