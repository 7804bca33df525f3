"""The demonstration's invented cases: nobody in them exists, and each says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases import entries, handling, rows
from klarsyn.cases.card import Card, Task, Track
from klarsyn.cases.demo_support import SUPPORT
from klarsyn.cases.entries import Entry
from klarsyn.cases.models import Case, RecordState
from klarsyn.cases.writing import write
from klarsyn.people.demo import DEMO_TEAMS, KAST, MIKA, demo_keys
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


@dataclass(frozen=True, slots=True)
class DemoNote:
    """One entry: so many days ago, its form and answers. Working ones are not locked yet."""

    ago: int
    kind: str
    data: Mapping[str, Any]
    is_working: bool = False


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One invented case of an invented reception. `due`: days from today."""

    team: str
    title: str
    track: Track
    notes: tuple[DemoNote, ...]
    tasks: tuple[tuple[str, int], ...] = ()
    identity: str = ""
    is_mine: bool = True


def _note(ago: int, kind: str, text: str, *, is_working: bool = False) -> DemoNote:
    return DemoNote(ago, "note", {"type": kind, "text": text}, is_working)


CASES: Final = (
    DemoCase(
        MIKA, "Påhittat: boende och skulder", Track.OPEN,
        (
            DemoNote(40, "intake_mika", {
                "way_in": "social", "sex": "woman", "age": "25_34", "residence": "own",
                "wish": "Vill ha en egen bostad och ordning på skulderna. Påhittat.",
                "housing": "Sover hos en bekant, måste ut vid månadens slut.", "signs": ("debt",),
                "suicide": "no", "violence": "unclear", "agreed": "Ses varje tisdag.",
            }),
            DemoNote(40, "contact_rules", {
                "channels": ("phone",), "weekdays": ("0", "1", "2", "3", "4"), "from_hour": 9, "to_hour": 16,
                "say": "Jag ringer om tiden på tisdag.", "never_say": "Mika, mottagningen, socialtjänsten",
            }),
            *(DemoNote(ago, kind, data) for ago, kind, data in SUPPORT),
            _note(33, "VISIT", "Första samtalet. Vill ha hjälp att söka egen bostad. Påhittat."),
            _note(12, "PHONE_CONTACT", "Tid hos skuldrådgivningen bokad till den 14:e. Påhittat."),
            _note(1, "VISIT", "Berättar att hyresvärden har svarat. Vi skriver tillsammans", is_working=True),
        ),
        (("Ring skuldrådgivningen", -2), ("Uppföljning efter tre månader", 50)),
        "Påhittad Person",
    ),
    DemoCase(
        MIKA, "Påhittat: följa med till vården", Track.NAMELESS,
        (_note(6, "VISIT", "Läkartid på torsdag. Vill ha sällskap i väntrummet. Påhittat."),),
        (("Följa med till vården", 2),),
    ),
    DemoCase(
        MIKA, "Påhittat: nytt samtal från ungdomsmottagningen", Track.OPEN,
        (DemoNote(1, "intake_mika", {"way_in": "care", "age": "15_17", "wish": "Vet inte än. Påhittat."}),),
        is_mine=False,
    ),
    DemoCase(
        KAST, "Påhittat: samtal om att sluta", Track.NAMELESS,
        (
            DemoNote(20, "intake_kast", {
                "way_in": "self", "sex": "man", "age": "35_44", "relation": "buys", "after_arrest": "no",
                "pattern": "Mest i perioder av ensamhet. Påhittat.", "suicide": "no",
                "motivation": "Vill sluta för familjens skull och sin egen.",
            }),
            _note(13, "VISIT", "Andra samtalet av fem. Går igenom vad som kommer före. Påhittat."),
        ),
        (("Tredje samtalet", 1),),
    ),
    DemoCase(
        KAST, "Påhittat: anhörig som vill prata", Track.OPEN,
        (_note(3, "PHONE_CONTACT", "Har hittat meddelanden i en telefon. Vill ha eget stöd. Påhittat."),),
        identity="Okänd: vill inte säga sitt namn",
    ),
)  # fmt: skip


def ensure_demo_cases() -> int:
    """The invented cases of receptions that have none yet; how many were made. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade ärenden finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for one in DEMO_TEAMS:
        team = Team.objects.filter(name=one.name).first()
        founder = User.objects.filter(username=one.founder, is_demo=True).first()
        if team is None or founder is None or _has_cases(team):
            continue
        keys, mine = demo_keys(founder), [case for case in CASES if case.team == one.name]
        with rows.of_teams([team.pk]):
            for case in mine:
                _make(case, team, founder, keys)
        made += len(mine)
    return made


def _has_cases(team: Team) -> bool:
    with rows.of_teams([team.pk]):
        return Case.objects.filter(team=team).exists()


def _make(invented: DemoCase, team: Team, by: User, keys: Unlocked) -> None:
    today = timezone.localdate()
    tasks = tuple(
        Task(f"demo{i}", text, today + timedelta(days=due)) for i, (text, due) in enumerate(invented.tasks)
    )
    card = Card(invented.title, invented.track, by.pseudonym if invented.is_mine else "", tasks=tasks)
    is_nameless = invented.track == Track.NAMELESS
    case = handling.take_in(team=team, shown=card, is_nameless=is_nameless, entry=None, by=by, keys=keys)
    for note in invented.notes:
        data = {k: today - v if isinstance(v, timedelta) else v for k, v in note.data.items()}
        entry = entries.new(
            entries.kind_of(note.kind), reception=team.kind, data=data, author=by.pseudonym,
            event_day=today - timedelta(days=note.ago), now=timezone.localtime(), is_nameless=is_nameless,
        )  # fmt: skip
        state = RecordState.WORKING if note.is_working else RecordState.LOCKED
        write(case=case, entry=entry, by=by, keys=keys, state=state)
    if invented.identity:
        name = {"name": invented.identity}
        now = timezone.localtime()
        entry = Entry("identity", 1, today, now, by.pseudonym, name)
        write(case=case, entry=entry, by=by, keys=keys)
