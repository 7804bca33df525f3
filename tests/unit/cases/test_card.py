"""The card, how the person may be reached, how long a case is kept, and what must not stand without names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.card import Card, Level, Task, Track, decode, encode
from klarsyn.cases.contact_rules import Channel, Unsafe, may_notify
from klarsyn.cases.entries import Entry
from klarsyn.cases.keeping import rule_on
from klarsyn.cases.kinds.contact import check
from klarsyn.cases.models import CaseState, Compartment, RecordState
from klarsyn.cases.namelessness import check_nameless, has_personal_number
from klarsyn.cases.values import RecordShown

MONDAY = datetime(2026, 3, 2, 10, 30)  # noqa: DTZ001
TASKS = (Task("b", "Ring", date(2026, 3, 9)), Task("a", "Följ med", date(2026, 3, 2)))


def test_a_card_comes_back_whole_and_a_bare_title_is_a_card() -> None:
    card = (
        Card("Åsas <ärende>", Track.NAMELESS, "p-alva", Level.MARKING).with_task(TASKS[0]).with_task(TASKS[1])
    )
    assert decode(encode(card)) == card and decode("Samtal") == Card("Samtal")
    older = encode(replace(card, contact="k-1"))
    for new, old in ((',"contact":"k-1","began":"","done":[]', ""), (',""]', "]")):
        assert new in older
        older = older.replace(new, old)
    assert decode(encode(replace(card, contact="k-1"))).contact == "k-1" and decode(older) == card
    assert card.next_due() == date(2026, 3, 2) and [t.id for t in card.tasks] == ["a", "b"]
    wound = replace(card, began=date(2026, 3, 1)).with_task(
        Task("plan.1", "Gå igenom", MONDAY.date(), "plan")
    )
    assert decode(encode(wound)) == wound and decode(encode(wound.without_task("plan.1"))).done == ("plan.1",)
    assert (
        card.without_task("a").done == ()
        and card.without_task("a").next_due() == date(2026, 3, 9)
        and Card("x").next_due() is None
    )


@dataclass(frozen=True)
class Opened:
    state: CaseState
    card: Card
    records: tuple[RecordShown, ...]


def opened(*rules: dict[str, Any], level: Level = Level.NONE, state: CaseState = CaseState.OPEN) -> Opened:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [Entry("contact_rules", 1, now.date(), now, "p", held) for held in rules]
    other = Entry("note", 1, now.date(), now, "p", {"channels": ("sms",)})
    words = (Compartment.NOTES, now.date(), "", RecordState.LOCKED, 1)
    records = tuple(RecordShown(uuid4(), *words, entry) for entry in (*entries, other))
    return Opened(state, Card("x", level=level), records)


RULES = {
    "channels": ("sms", "phone"), "weekdays": ("0", "2"), "from_hour": 9, "to_hour": 16,
    "say": "Om tiden", "never_say": "Mika",
}  # fmt: skip


def test_what_the_person_has_allowed_is_permitted_with_the_words() -> None:
    permit = may_notify(opened(RULES), Channel.SMS, MONDAY)
    assert (permit.channel, permit.at, permit.say, permit.never_say) == (
        Channel.SMS,
        MONDAY,
        "Om tiden",
        "Mika",
    )
    assert may_notify(opened({"channels": ("letter",)}), Channel.LETTER, MONDAY.replace(hour=3))


@pytest.mark.parametrize(
    ("case", "channel", "when"),
    [
        (opened(), Channel.SMS, MONDAY),  # nobody has written anything
        (opened({}), Channel.PHONE, MONDAY),  # written: not at all
        (opened(RULES), Channel.EMAIL, MONDAY), (opened(RULES), Channel.LETTER, MONDAY),
        (opened(RULES), Channel.SMS, MONDAY.replace(hour=8, minute=59)),
        (opened(RULES), Channel.SMS, MONDAY.replace(hour=16, minute=0)),
        (opened(RULES), Channel.SMS, MONDAY.replace(day=3)),  # a Tuesday
        (opened(RULES, state=CaseState.CLOSED), Channel.SMS, MONDAY),
        *((opened(RULES, level=level), Channel.SMS, MONDAY) for level in Level if level),
        (opened(RULES, {"channels": ("phone",)}), Channel.SMS, MONDAY),  # the rules written last hold
    ],
)  # fmt: skip
def test_everything_else_is_refused_and_nothing_is_sent(
    case: Opened, channel: Channel, when: datetime
) -> None:
    with pytest.raises(Unsafe, match="skickat"):
        may_notify(case, channel, when)


def test_somebody_with_protected_data_may_still_be_called() -> None:
    assert may_notify(opened(RULES, level=Level.MARKING), Channel.PHONE, MONDAY)
    assert may_notify(replace(opened({}, RULES)), Channel.PHONE, MONDAY)


@pytest.mark.parametrize("hours", [(17, 9), (9, 9), (-1, 9), (9, 25), (9.5, 12)])
def test_hours_are_whole_and_in_order(hours: tuple[float, float]) -> None:
    check({}), check({"from_hour": 0, "to_hour": 24})
    with pytest.raises(Refused, match="hela timmar"):
        check({"from_hour": hours[0], "to_hour": hours[1]})


def test_a_closed_case_is_kept_five_years_and_to_the_end_of_the_next() -> None:
    rule = rule_on(date(2026, 3, 1))
    assert rule.gone_by(date(2026, 3, 1)) == date(2032, 12, 31) and "2025:400" in rule.law
    with pytest.raises(LookupError):
        rule_on(date(2025, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        "811228-9874", "8112289874", "198112289874", "hon är 19811228 9874, säger hon", "19811228-9874",
        "811228+9874", "811288-9871", "81 12 28 9874",
    ],
)  # fmt: skip
def test_a_personal_number_is_seen_however_it_is_written(text: str) -> None:
    assert has_personal_number(text)
    with pytest.raises(Refused, match="personnummer") as refused:
        check_nameless("ett samtal", text)
    assert "987" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "811228-9875", "811328-9874", "036-10 50 00", "2026-11-25 klockan 10", "8112289874123"]
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert not has_personal_number(text)
