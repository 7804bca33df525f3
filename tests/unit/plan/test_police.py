"""Agreements, goals, joint work and meetings: kept by one role, each change with its history, never a person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.models import RoleHeld, User
from klarsyn.plan.history import lines
from klarsyn.plan.models import AgreedMeasure, Agreement, Goal, JointWork, Meeting
from klarsyn.plan.police import actions, meetings, queries
from klarsyn.plan.police.demo import YEAR, ensure_demo_cooperation
from klarsyn.plan.police.reminding import reminders
from tests.people import ground

TODAY = date(2026, 11, 26)
TEXTS = {
    "title": "Överenskommelse om samverkan", "registry_number": "SN 2026:17", "municipal_office": "Socialnämnden",
    "police_area": "Lokalpolisområdet", "signed_for_municipality": "Socialdirektör",
    "signed_for_police": "Lokalpolisområdeschef", "document": "",
}  # fmt: skip
DAYS = {"signed_on": date(2026, 1, 10), "valid_from": date(2026, 2, 1), "valid_to": date(2027, 1, 31)}
WORK = {"year": 2026, "month": 11, "kind": "shift", "occasions": 4, "hours": 20, "staff": 8, "cards": 11}
NAMED = ("19900101-0009", "070-174 06 05", "kim@exempel.se", "ABC 12D")  # number, phone, mail, plate


@pytest.fixture
def sam(db: None) -> User:
    ground()
    return staff("sam", "police_coordinator")


def staff(name: str, role: str) -> User:
    """Somebody with a role and without keys, which nothing here opens."""
    made = User.objects.create(username=name, name=name.title())
    RoleHeld.objects.create(user=made, role=role)
    return made


def agree(by: User, texts: dict[str, str] | None = None, **changed: object) -> Agreement:
    given = DAYS | {"forms": ["shift"]} | changed
    return actions.make_agreement(texts=TEXTS | (texts or {}), **given, by=by, today=TODAY)


def test_an_agreement_is_entered_followed_by_its_goals_and_ended(sam: User) -> None:
    made = agree(sam)
    goal = actions.add_goal(
        agreement=made, text="Kort i varje patrull", due_on=date(2026, 11, 1), follow_up="Kvartalsvis", by=sam,
        today=TODAY,
    )  # fmt: skip
    (one,) = queries.agreements(TODAY)
    assert one.holds and one.days_left == 66 and (one.late_goals, one.open_goals) == (1, 1)
    actions.follow_goal(goal=goal, state="met", due_on=goal.due_on, why="Räknat", by=sam)
    (line,) = lines(goal)
    assert (line.field, line.was, line.became, line.why) == ("state", "open", "met", "Räknat")
    with pytest.raises(Refused, match="annorlunda"):
        actions.follow_goal(goal=goal, state="met", due_on=goal.due_on, why="Räknat", by=sam)
    actions.end_agreement(agreement=made, why="Ersatt", by=sam, today=TODAY)
    assert not queries.agreements(TODAY)[0].holds and lines(made)[0].why == "Ersatt"
    with pytest.raises(Refused, match="nya mål"):
        actions.add_goal(agreement=made, text="x", due_on=TODAY, follow_up="y", by=sam, today=TODAY)
    acts = ["cooperation.agree", "cooperation.goal", "cooperation.follow", "cooperation.end"]
    assert (
        list(AuditEvent.objects.filter(action__startswith="cooperation").values_list("action", flat=True))
        == acts
    )


WRONG = (
    {"signed_on": date(2026, 11, 27)}, {"valid_to": date(2026, 1, 31)}, {"valid_to": date(2066, 1, 1)},
    {"forms": ["raid"]},
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_an_agreement_that_cannot_be_is_refused_and_a_registry_number_stands_once(sam, wrong) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        agree(sam, **wrong)
    agree(sam)
    with pytest.raises(Refused, match="diarienumret"):
        agree(sam, {"registry_number": "sn 2026:17"})
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize("named", NAMED)
def test_no_text_points_at_a_person(sam: User, named: str) -> None:
    made = agree(sam)
    held = meetings.keep_meeting(
        held_on=TODAY, group="steering", attendees="Socialdirektör", notes="", by=sam, today=TODAY
    )
    tries = (
        lambda: agree(sam, {"title": f"Om {named}", "registry_number": "2"}),
        lambda: actions.add_goal(
            agreement=made, text=named, due_on=TODAY, follow_up="x", by=sam, today=TODAY
        ),
        lambda: actions.end_agreement(agreement=made, why=named, by=sam, today=TODAY),
        lambda: meetings.keep_meeting(
            held_on=TODAY,
            group="steering",
            attendees="x",
            notes=f"Vi talade om {named}.",
            by=sam,
            today=TODAY,
        ),
        lambda: meetings.agree_measure(
            meeting=held, text="x", responsible=named, due_on=TODAY, measure=None, by=sam
        ),
    )
    for one in tries:
        with pytest.raises(Refused, match="ser ut som"):
            one()
    assert (Agreement.objects.count(), Goal.objects.count(), Meeting.objects.count()) == (1, 0, 1)


def test_joint_work_has_numbers_a_month_and_a_kind_and_nowhere_to_write() -> None:
    fields = JointWork._meta.get_fields()
    texts = {f.name for f in fields if isinstance(f, models.CharField | models.TextField)}
    assert texts == {"kind"} and not any(f.is_relation for f in fields)
    assert not any(isinstance(f, models.DateField) for f in fields)


def test_a_kind_stands_once_a_month_and_is_corrected_with_a_reason(sam: User) -> None:
    made = actions.enter_joint_work(**WORK, by=sam, today=TODAY)
    with pytest.raises(Refused, match="Rätta det i listan"):
        actions.enter_joint_work(**WORK | {"cards": 1}, by=sam, today=TODAY)
    new = {"occasions": 5, "hours": 20, "staff": 8, "cards": 11}
    with pytest.raises(Refused, match="Skriv varför"):
        actions.correct_joint_work(work=made, **new, why=" \u202e ", by=sam, today=TODAY)
    actions.correct_joint_work(work=made, **new, why="Ett pass var glömt", by=sam, today=TODAY)
    assert [(one.field, one.was, one.became) for one in lines(made)] == [("occasions", "4", "5")]
    none = dict.fromkeys(new, 0)
    actions.correct_joint_work(work=made, **none, why="Fel månad", by=sam, today=TODAY)
    assert queries.kind_years(2026) == [] == queries.entered_years() and len(lines(made)) == 5
    with pytest.raises(Refused, match="stängd"):
        actions.correct_joint_work(work=made, **new, why="x", by=sam, today=date(2029, 1, 1))


@pytest.mark.parametrize(
    "wrong", [{"month": 12}, {"year": 2024}, {"kind": "arrest"}, {"occasions": 0}, {"month": 13}], ids=str
)
def test_joint_work_that_cannot_be_is_refused(sam: User, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        actions.enter_joint_work(**WORK | wrong, by=sam, today=TODAY)
    assert not JointWork.objects.exists()


def test_the_table_itself_keeps_a_month_whole(sam: User) -> None:
    JointWork.objects.create(**WORK)
    for wrong in (WORK, WORK | {"month": 13}, WORK | {"kind": "operation", "occasions": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            JointWork.objects.create(**wrong)


def test_a_meeting_keeps_offices_and_what_it_agreed_until_that_is_done(sam: User) -> None:
    held = meetings.keep_meeting(
        held_on=TODAY, group="working", attendees=" Enhetschef \n\n Gruppchef, polisen", notes="", by=sam,
        today=TODAY,
    )  # fmt: skip
    assert held.attendees == "Enhetschef\nGruppchef, polisen"
    agreed = meetings.agree_measure(
        meeting=held, text="Trycka kort", responsible="Mika", due_on=TODAY, measure=None, by=sam
    )
    assert queries.open_measures() == [agreed]
    meetings.follow_measure(agreed=agreed, done=True, by=sam, today=TODAY)
    assert queries.open_measures() == [] and AgreedMeasure.objects.get().done_on == TODAY
    with pytest.raises(Refused, match="redan"):
        meetings.follow_measure(agreed=agreed, done=True, by=sam, today=TODAY)
    with pytest.raises(Refused, match="före mötet"):
        meetings.agree_measure(
            meeting=held, text="x", responsible="y", due_on=date(2026, 1, 1), measure=None, by=sam
        )


def test_nobody_else_keeps_it(sam: User) -> None:
    made, held = agree(sam), actions.enter_joint_work(**WORK, by=sam, today=TODAY)
    goal = Goal.objects.create(agreement=made, text="x", due_on=TODAY, follow_up="y")
    for role in ("unit_head", "analyst", "registrar"):
        by = staff(role, role)
        tries = (
            lambda by=by: agree(by, {"registry_number": "9"}),
            lambda by=by: actions.end_agreement(agreement=made, why="x", by=by, today=TODAY),
            lambda by=by: actions.follow_goal(goal=goal, state="met", due_on=TODAY, why="x", by=by),
            lambda by=by: actions.enter_joint_work(**WORK | {"month": 10}, by=by, today=TODAY),
            lambda by=by: actions.correct_joint_work(
                work=held, occasions=0, hours=0, staff=0, cards=0, why="x", by=by, today=TODAY
            ),
        )
        for one in tries:
            with pytest.raises(Refused, match="samordnar"):
                one()


def test_the_desk_says_what_lapses_and_what_is_late_to_whoever_keeps_it_alone(sam: User) -> None:
    assert ensure_demo_cooperation() > 40 and ensure_demo_cooperation() == 0
    told = list(reminders(sam))
    assert [one.is_late for one in told] == [False, True, True] and "går ut" in told[0].text
    assert "1 mål är sent" in told[1].text and "1 åtgärd" in told[2].text
    assert list(reminders(staff("greta", "unit_head"))) == []
    Goal.objects.all().delete()
    AgreedMeasure.objects.all().delete()
    Agreement.objects.update(valid_to=TODAY - timedelta(days=400), valid_from=date(2020, 1, 1))
    (lapsed,) = reminders(sam)
    assert lapsed.is_late and "ingen överenskommelse gäller" in lapsed.text
    assert {row.year for row in JointWork.objects.filter(is_invented=True)} >= {YEAR}
