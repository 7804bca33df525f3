"""What must hold whatever died: everything opens, every act has its line, nothing is half done, no promise is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings

from klarsyn.base import erasures
from klarsyn.base.audit import exporting, klarsyn_verify, logkeys
from klarsyn.base.audit.recording import place_of
from klarsyn.base.models import AuditCheckpoint, AuditDetail, AuditEvent, AuditHead
from klarsyn.base.vault import open_with
from klarsyn.cases import queries
from klarsyn.cases.models import Case, CaseState, Compartment, KeyWrap, SealedRecord
from klarsyn.cases.values import RecordShown
from klarsyn.config import backup
from klarsyn.people.factors import codes
from klarsyn.people.keys import pepper_file, teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import RoleHeld, StaffSession, Team, TeamEpoch, TeamWrap, User, UserWrap
from klarsyn.people.sessions import SessionStore
from klarsyn.receptions.models import CountedYear, StatisticalRecord, Tally
from tests.force.crash import giving, lessons, reports, surveys, threads, times
from tests.force.crash.world import OTHER, PASSWORD, SECRET, World

ONE_AT_A_TIME = ("recovery", "used")  # new ones take the place of the old
Acks = list[tuple[str, str]]


def wrong(world: World, acks: Acks) -> list[str]:
    """Every broken promise in a sentence; empty when all is well."""
    return [
        *_log(),
        *_people(),
        *_cases(),
        *_teams(),
        *_acts(),
        *_files(world),
        *times.wrong(world),
        *threads.wrong(world),
        *lessons.wrong(world),
        *surveys.wrong(world),
        *reports.wrong(world),
        *_kept(world, acks),
    ]


def _log() -> Iterator[str]:
    pair = logkeys.auditor(settings.KEYS / logkeys.AUDITOR)
    first = open_with(pair, bytes(AuditHead.objects.get().first_key), place_of(0, ""))
    try:
        klarsyn_verify.read((f"{line}\n" for line in exporting.export_lines()), first, None, None)
    except klarsyn_verify.Broken as error:
        yield f"the log is broken: {error}"
    told = set(AuditEvent.objects.exclude(detail="").values_list("sequence", flat=True))
    if told != set(AuditDetail.objects.values_list("sequence", flat=True)):
        yield "a reason without its line, or a line without its reason"


def _people() -> Iterator[str]:
    for user in User.objects.all():
        if UserWrap.objects.filter(user=user).count() != 1:
            yield f"{user.username} has not one wrap"
        elif user.is_active is not bool(unlock(user.username, PASSWORD) or unlock(user.username, OTHER)):
            yield f"{user.username} gets in by neither password, or with a closed account"
    for row in Authenticator.objects.exclude(type="webauthn"):
        if not codes.decrypt(row.data["secret" if row.type == "totp" else "seed"]):
            yield "a second factor cannot be read"


def _cases() -> Iterator[str]:
    for case in Case.objects.all():
        held = Counter(case.keys.values_list("bundle", flat=True))
        if case.state == CaseState.ERASED:
            if held or case.records.exists() or bytes(case.summary):
                yield f"{case.id}: erased by half"
        elif held != {"ordinary": 1, "identity": 1}:
            yield f"{case.id}: half its keys: {dict(held)}"
    if (
        SealedRecord.objects.exclude(case__in=Case.objects.all()).exists()
        or KeyWrap.objects.filter(case=None).exists()
    ):
        yield "an orphan"
    for wrap in TeamWrap.objects.exclude(epoch__state="destroyed").select_related("epoch__team", "user"):
        yield from _member_reads(wrap.epoch.team, wrap.user)


def _member_reads(team: Team, user: User) -> Iterator[str]:
    found = unlock(user.username, PASSWORD) or unlock(user.username, OTHER)
    assert found
    epochs = teams.open_teams(found[1])[team.id]
    for case in Case.objects.filter(team=team).exclude(state=CaseState.ERASED):
        shown = queries.shown(case, epochs, frozenset(Compartment))
        if shown.summary != SECRET or not all(_says(r) for r in shown.records):
            yield f"{case.id}: another text"
        if {r.compartment for r in shown.records} not in ({*Compartment}, set()) and len(shown.records) > 4:
            yield f"{case.id}: {len(shown.records)} records"
        lines = Counter(AuditEvent.objects.filter(object=str(case.id)).values_list("action", flat=True))
        if len(shown.records) != lines["case.write"] + lines["case.correct"] - lines["case.drop"]:
            yield f"{case.id}: records and lines differ"
        yield from giving.wrong(shown.records, lines["case.disclose"] + lines["case.withhold"])


def _says(record: RecordShown) -> bool:
    """Every text of this world is the same: as a note, or in the forms that give something out."""
    given = ("disclosure", "referral", "referral_step", "secrecy_test")
    if record.entry is not None and record.entry.kind in given:
        return SECRET in record.entry.data.values()
    return record.text == SECRET or (record.entry is not None and "text" not in record.entry.data)


def _teams() -> Iterator[str]:
    for team in Team.objects.all():
        states = Counter(TeamEpoch.objects.filter(team=team).values_list("state", flat=True))
        if states["active"] != 1 or states["draining"] > 1:
            yield f"{team}: epochs {dict(states)}"
        is_held = TeamWrap.objects.filter(epoch__team=team, epoch__state="active").exists()
        if not is_held and "lost" not in team.name:
            yield f"{team}: nobody holds the key"
        active = TeamEpoch.objects.get(team=team, state="active")
        for pair in active.escrow_pairs.all():
            if (pair.handed_over is None) != (pair.reason_line is None):
                yield "handed over without a reason"


def _acts() -> Iterator[str]:
    """A row for each line and a line for each row."""
    lines = Counter(AuditEvent.objects.filter(outcome="ok").values_list("action", flat=True))
    gone = lines["case.erase"] + lines["case.erase_again"]
    for what, rows, told in (
        ("cases", Case.objects.count(), lines["case.open"]),
        ("tallies", Tally.objects.count(), lines["tally.enter"]),
        ("tallies taken back", Tally.objects.exclude(withdrawn_on=None).count(), lines["tally.take_back"]),
        ("counted years", CountedYear.objects.count(), lines["statistics.count"]),
        ("counted years without a cell", CountedYear.objects.filter(cells=None).count(), 0),
        (
            "told years",
            StatisticalRecord.objects.count(),
            min(1, lines["statistics.tell"])
            - lines["statistics.destroy"]
            - lines["statistics.destroy_again"],
        ),
        ("tallies without a number", Tally.objects.filter(cells=None).count(), 0),
        ("erased cases", Case.objects.filter(state="erased").count(), gone),
        ("people", User.objects.count(), lines["person.admit"]),
        ("roles", RoleHeld.objects.count(), lines["role.give"] - lines["role.take"]),
        ("teams", Team.objects.count(), lines["team.create"]),
        ("destroyed epochs", TeamEpoch.objects.filter(state="destroyed").count(), lines["team.destroy_key"]),
        ("apps", Authenticator.objects.filter(user__username="cilla").count(), min(1, lines["factor.add"])),
        ("epochs", TeamEpoch.objects.count(), lines["team.create"] + lines["team.remove"]),
    ):
        if rows != told:
            yield f"{rows} {what}, {told} lines"
    yield from _told_of_each()


def _told_of_each() -> Iterator[str]:
    """Who or what has changed is named by a line that says so."""
    named: dict[str, set[str]] = {}
    for line in AuditEvent.objects.filter(outcome="ok"):
        named.setdefault(line.action, set()).update((line.object, line.actor))
    for case in Case.objects.exclude(state="erased"):
        closed = named.get("case.close", set()) - named.get("case.reopen", set())
        if (case.state == "closed") != (str(case.id) in closed):
            yield f"{case.id}: {case.state}, and the log says otherwise"
    let_in = named["team.create"] | named["team.add"] | named.get("escrow.let_in", set())
    anew = named.get("password.change", set()) | named.get("person.new_keys", set())
    for user in User.objects.all():
        if user.team_wraps.exists() and user.pseudonym not in let_in:
            yield f"{user.username} holds a key that no line tells of"
        if unlock(user.username, OTHER) and user.pseudonym not in anew:
            yield f"{user.username} has a new password that no line tells of"
        if bool(user.hsa_id) != (user.pseudonym in named.get("person.connect", set())):
            yield f"{user.username}: an identity and its line differ"


def _files(world: World) -> Iterator[str]:
    pepper_file.peppers()
    for kind, id in erasures.noted():
        if kind not in erasures.KINDS or not id:
            yield f"the ledger of erasures says {kind!r} {id!r}"
    waiting = {id for kind, id in erasures.unsettled() if kind == "case"}
    noted = {id for kind, id in erasures.noted() if kind == "case"}
    erased = {str(id) for id in Case.objects.filter(state="erased").values_list("id", flat=True)}
    if not erased <= noted | waiting | {str(world.cases[2].id)}:
        yield "erased, but not in the ledger"
    lives = {str(id) for id in Case.objects.exclude(state="erased").values_list("id", flat=True)}
    if noted & lives and not backup._unfinished().exists():
        yield "lives, and is noted as gone"
    backup.settle()  # as the site does when it starts
    if erasures.unsettled() or not erased <= {id for _kind, id in erasures.noted()} | {
        str(world.cases[2].id)
    }:
        yield "the ledger of erasures is not settled by the start"
    copy = world.old_copy.with_name("new.age")
    if copy.exists() and not backup.opens(copy.read_bytes(), world.identity):
        yield "a backup that does not open"


def _kept(world: World, acks: Acks) -> Iterator[str]:
    """What somebody was told is done is done."""
    last = dict(acks)
    for what, which in acks:
        if what in ONE_AT_A_TIME and last[what] != which:
            continue
        if not _stands(world, what, which):
            yield f"told to be done and is not: {what} {which}"


def _stands(world: World, what: str, which: str) -> bool:
    told = [room.STANDS[what] for room in (times, reports, lessons, surveys, threads) if what in room.STANDS]
    if told:
        (stands,) = told  # two rooms with one word would each look at the other's
        return bool(stands(which))
    checks = {
        "case": lambda: Case.objects.filter(pk=which).exists(),
        "record": lambda: SealedRecord.objects.filter(pk=which).exists(),
        "closed": lambda: Case.objects.get(pk=which).state == "closed",
        "erased": lambda: (
            Case.objects.get(pk=which).state == "erased" and ("case", which) in list(erasures.noted())
        ),
        "gone": lambda: Case.objects.get(pk=which).state == "erased",
        "read": lambda: AuditEvent.objects.filter(action="case.read", object=which).exists(),
        "line": lambda: AuditEvent.objects.filter(action=which).exists(),
        "sheet": lambda: Tally.objects.get(sheet=which).cells.count() == 2,
        "told": lambda: StatisticalRecord.objects.filter(key__year=which).exists(),
        "team": lambda: Team.objects.filter(pk=which).exists(),
        "member": lambda: TeamWrap.objects.filter(user__username=which, epoch__team=world.mika).exists(),
        "out": lambda: not TeamWrap.objects.filter(user__username=which).exists(),
        "drained": lambda: not TeamEpoch.objects.filter(state="draining").exists(),
        "password": lambda: unlock(which, OTHER) and not unlock(which, PASSWORD),
        "password 1": lambda: unlock(which, PASSWORD),
        "person": lambda: User.objects.filter(username=which).exists(),
        "role": lambda: RoleHeld.objects.filter(user__username=which, role="mika_counsellor").exists(),
        "no role": lambda: not RoleHeld.objects.filter(user__username=which, role="mika_counsellor").exists(),
        "factor": lambda: Authenticator.objects.filter(user__username=which, type="totp").exists(),
        "used": lambda: not codes.check_code(world.users["alva"], which),
        "recovery": lambda: codes.check_code(world.users["alva"], which) == "recovery_codes",
        "pepper": lambda: pepper_file.peppers().current >= int(which),
        "session": lambda: SessionStore(which).load() == {"x": "y"} and StaffSession.objects.exists(),
        "checkpoint": lambda: AuditCheckpoint.objects.filter(pk=which).exists(),
        "backup": lambda: Path(which).exists(),
        "restored": lambda: _came_back_without_the_gone(world),
    }
    return bool(checks[what]())


def _came_back_without_the_gone(world: World) -> bool:
    gone = Case.objects.filter(pk__in=[c.pk for c in world.cases[2:4]], state="erased").count()
    return gone == 2 and not TeamWrap.objects.filter(user=world.users["cilla"]).exists()
