"""What is counted without names: only by those who work there, only what can be, and out as counts alone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.concerns.models import Event
from klarsyn.receptions import actions
from klarsyn.receptions.bands import KINDS, What
from klarsyn.receptions.counts import MEASURES, list_counts
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.measures import TALLIED
from klarsyn.receptions.models import Reception, Tally, TallyCell
from klarsyn.receptions.queries import counted
from tests.people import person

TODAY = date(2026, 11, 25)
WHEN = {"year": 2026, "month": 11, "today": TODAY}


@pytest.fixture
def mika(db) -> Reception:
    person("alva")
    return next(r for r in ensure_demo_receptions() if r.kind == "mika")


def sheet(
    mika: Reception, number: str = "123 456", by: str = "alva", during: bool = False, **boxes: int
) -> Tally:
    """`women_reached=2`, all of one age."""
    cells = {(*name.split("_")[:1], "18-24", name.split("_")[1]): n for name, n in boxes.items()}
    return actions.enter_sheet(
        reception=mika, kind="street", sheet=number, cells=cells, during_event=during, by=person(by), **WHEN
    )


def table(measure: str, kind: str = "mika"):
    return list_counts(measure=measure, kind=kind, host_code="0680", years=(2026,))


def test_each_outreach_contact_stands_in_one_row_of_how_far_it_came(mika: Reception) -> None:
    sheet(mika, women_attempted=9, women_reached=5, women_accepted=2, trans_attempted=1)
    found = table("outreach_contacts")
    rows = {(dict(c.categories)["gender"], dict(c.categories)["outcome"]): c.value for c in found.counts}
    assert rows == {
        ("women", "missed"): 4, ("women", "declined"): 3, ("women", "accepted"): 2, ("trans", "missed"): 1,
    }  # fmt: skip
    assert found.is_invented and not found.is_public and found.unit == "contacts"


def fair(first: date) -> None:
    row = {"kind": "fair", "arena": "Provhallen", "source": "prov", "entered_on": date(2026, 1, 1)}
    Event.objects.create(name="Provmässan", first_day=first, last_day=first + timedelta(days=2), **row)


def of_weeks() -> dict[str, tuple[int, int | None]]:
    """By kind of week: how many tries, and the weeks they stand against."""
    found: dict[str, tuple[int, int | None]] = {}
    for one in table("outreach_contacts").counts:
        during = dict(one.categories)["during"]
        found[during] = (found.get(during, (0, None))[0] + (one.value or 0), one.population)
    return found


def test_outreach_leaves_parted_by_the_weeks_of_the_calendar(mika: Reception) -> None:
    fair(date(2026, 11, 10))
    sheet(mika, during=True, women_attempted=9, women_reached=5)
    sheet(mika, "222222", women_attempted=4)
    assert of_weeks() == {"event": (9, 1), "other": (4, 3)}  # November 2026 has four Thursdays
    Tally.objects.filter(sheet="222222").update(month=8)
    assert of_weeks() == {"event": (9, 1), "other": (4, 16)}  # from the first month with a sheet to the last
    assert "Provmässan" not in repr(table("outreach_contacts"))


def test_a_sheet_from_before_the_question_is_known_only_where_the_month_has_no_event(mika: Reception) -> None:
    sheet(mika, women_attempted=9)
    Tally.objects.update(during_event=None)
    assert of_weeks() == {"other": (9, 4)}
    fair(date(2026, 11, 10))
    sheet(mika, "222222", during=True, women_attempted=4)
    assert of_weeks() == {"event": (4, None), "unsaid": (9, None)}  # and nothing to compare with


def test_a_week_of_an_event_that_is_not_in_the_calendar_is_refused(mika: Reception) -> None:
    fair(date(2026, 12, 10))
    with pytest.raises(Refused, match="inget evenemang"):
        sheet(mika, during=True, women_attempted=4)
    assert not Tally.objects.exists()
    visit = {"what": "visit", "kind": "booked", "year": 2026, "month": 11, "entered_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():  # nothing but a sheet says its week
        Tally.objects.create(reception=mika, during_event=True, **visit)


def test_what_is_counted_in_one_reception_is_not_in_the_other(mika: Reception) -> None:
    actions.count(reception=mika, what="visit", kind="booked", number=3, by=person("alva"), **WHEN)
    assert [c.value for c in table("nameless_visits").counts] == [3]
    assert table("nameless_visits", "kast").counts == () == table("nameless_contacts").counts


def test_a_count_taken_back_no_longer_counts_and_is_kept(mika: Reception) -> None:
    made = sheet(mika, men_attempted=4)
    actions.take_back(tally=made, by=person("alva"), today=TODAY)
    assert table("outreach_contacts").counts == () and Tally.objects.count() == 1
    with pytest.raises(Refused, match="redan tagen"):
        actions.take_back(tally=made, by=person("alva"), today=TODAY)
    sheet(mika, men_attempted=3)  # keyed in anew under its own number
    assert sum(c.value for c in table("outreach_contacts").counts) == 3
    lines = AuditEvent.objects.filter(action__startswith="tally.").values_list("action", flat=True)
    assert list(lines) == ["tally.enter", "tally.take_back", "tally.enter"]


def test_a_sheet_is_entered_once(mika: Reception) -> None:
    sheet(mika, women_attempted=1)
    with pytest.raises(Refused, match="redan införd"):
        sheet(mika, "123456", women_attempted=1)
    assert TallyCell.objects.count() == 1


@pytest.mark.parametrize(
    ("boxes", "number", "says"),
    [
        ({"women_attempted": 1, "women_reached": 2}, "123456", "Kvinnor, 18–24 år"),
        ({"men_attempted": 3, "men_reached": 1, "men_accepted": 2}, "123456", "Män, 18–24 år"),
        ({}, "123456", "tom"),
        ({"men_attempted": 0}, "123456", "tom"),
        ({"men_attempted": 1}, "12345", "sex siffror"),
        ({"men_attempted": 1}, "١٢٣٤٥٦", "sex siffror"),
        ({"men_attempted": 10_000}, "123456", "Män"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_its_row(mika: Reception, boxes, number, says) -> None:
    with pytest.raises(Refused, match=says):
        sheet(mika, number, **boxes)
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"what": "outreach", "kind": "booked"}, {"kind": "street"}, {"what": "x"}, {"number": 0}, {"number": 10_000},
     {"month": 12}, {"month": 0}, {"month": 13}, {"year": 2025, "month": 9}, {"year": 2027, "month": 1}],
)  # fmt: skip
def test_a_count_that_cannot_be_is_refused(mika: Reception, wrong) -> None:
    given = {"what": "visit", "kind": "booked", "number": 3, **WHEN} | wrong
    with pytest.raises(Refused, match="Inget är sparat"):
        actions.count(reception=mika, by=person("alva"), **given)
    assert not Tally.objects.exists()


@pytest.mark.parametrize("by", ["greta", "mona", "bo", "disa", "hugo", "cilla"])
def test_nobody_but_those_who_work_there_counts(mika: Reception, by: str) -> None:
    with pytest.raises(Refused, match="arbetar i mottagningen"):
        sheet(mika, by=by, women_attempted=1)
    made = sheet(mika, women_attempted=1)
    with pytest.raises(Refused, match="arbetar i mottagningen"):
        actions.take_back(tally=made, by=person(by), today=TODAY)


def test_the_year_by_month_holds_those_reached(mika: Reception) -> None:
    sheet(mika, women_attempted=9, women_reached=5, women_accepted=2)
    actions.count(reception=mika, what="card", kind="police", number=7, by=person("alva"), **WHEN)
    november = counted(mika, 2026)[10]
    assert dict(zip(What, november.numbers, strict=True)) == {
        **dict.fromkeys(What, 0),
        "outreach": 5,
        "card": 7,
    }
    assert sum(sum(m.numbers) for m in counted(mika, 2026)) == 12


def test_everything_that_is_counted_has_its_kinds_and_its_door() -> None:
    assert set(KINDS) == set(What) == set(TALLIED) and {name for name, _one in TALLIED.values()} == set(
        MEASURES
    )
    with pytest.raises(KeyError):
        list_counts(measure="persons", kind="mika", host_code="0680", years=(2026,))
