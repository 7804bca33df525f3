"""Every sealed column with its real row: changed, cut, swapped, moved or downgraded, it opens nowhere."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from klarsyn.base.audit.recording import Detail, place_of, record
from klarsyn.base.models import AuditDetail
from klarsyn.base.vault import About, KeyPair, Unopenable, open_key, open_record
from klarsyn.cases import actions, queries
from klarsyn.cases.models import Case, Compartment, KeyWrap
from klarsyn.contact import access, visitor
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Thread, Tries
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.sealing import open_for_team
from klarsyn.contact.visitor import Given
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import EscrowPair, StaffSession, TeamEpoch, TeamWrap, User, UserWrap
from klarsyn.people.sessions import SessionStore, _hashed
from tests.unit.cases.conftest import Mika, mika  # noqa: F401  a fixture
from tests.unit.people.keys.conftest import PASSWORD, ground, someone  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ALL = frozenset(Compartment)
# Each value is changed at every byte and cut at every length by `make force`; here at a sample of them, and at its seams.
IS_ALL = os.environ.get("KLARSYN_FORCE") == "all"
STEP = 1 if IS_ALL else 61
SEAMS = (0, 1, 2, 17, 18, 49, 50, 81, 82, 93, 94)
SECRET = "Hon bor hos en väninna."


@dataclass
class Sealed:
    """One sealed value in its row; `opens` goes the site's own way to it."""

    name: str
    row: Any
    column: str
    opens: Callable[[], object]

    @property
    def value(self) -> bytes:
        return bytes(getattr(self.row, self.column))

    def refuses(self, other: bytes) -> bool:
        """With other bytes in the row, as whoever owns the database would put them."""
        table = type(self.row).objects.filter(pk=self.row.pk)
        table.update(**{self.column: other})
        try:
            return not self.opens()
        except (Unopenable, KeyError):
            return True
        finally:
            table.update(**{self.column: self.value})


def _cases(m: Mika) -> Iterator[Sealed]:
    for team, by, keys, name in ((m.team, m.alva, m.hers, "mika"), (m.kast, m.bo, m.bos, "kast")):
        for number in range(2):
            case = actions.open_case(team=team, by=by, keys=keys, summary=SECRET)
            records = [
                actions.add_record(case=case, compartment=c, by=by, keys=keys, text=SECRET)
                for c in Compartment
            ]
            shown = _shows(case, keys)
            yield Sealed(f"{name} summary {number}", case, "summary", shown)
            yield from (Sealed(f"{name} {r.compartment} {number}", r, "body", shown) for r in records)
            wraps = KeyWrap.objects.filter(case=case)
            yield from (Sealed(f"{name} {w.bundle} keys {number}", w, "sealed", shown) for w in wraps)


def _shows(case: Case, keys: Any) -> Callable[[], object]:
    def shows() -> bool:
        fresh = Case.objects.get(pk=case.pk)
        epochs = teams.open_teams(keys)[case.team_id]
        shown = queries.shown(fresh, epochs, ALL)
        return [r.text for r in shown.records] == [SECRET] * 4 and shown.summary == SECRET

    return shows


def _keys(m: Mika) -> Iterator[Sealed]:
    for team, user, keys in ((m.team, m.alva, m.hers), (m.team, m.cilla, m.cillas), (m.kast, m.bo, m.bos)):
        row = TeamWrap.objects.get(epoch__team=team, epoch__state="active", user=user)
        for column in ("sealed", "signature", "granted_by_public"):
            opens = lambda team=team, keys=keys: teams.open_epoch(teams.active(team), keys)  # noqa: E731
            yield Sealed(f"{team.kind} {user.username} {column}", row, column, opens)
        wrap = UserWrap.objects.get(user=user)
        yield Sealed(
            f"{user.username} password", wrap, "sealed", lambda user=user: unlock(user.username, PASSWORD)
        )


def _escrow(m: Mika) -> Iterator[Sealed]:
    (greta, a), (otto, b) = someone("greta"), someone("otto")
    escrow.appoint(team=m.team, officers=[greta, otto], by=m.alva, keys=m.hers)
    first = EscrowPair.objects.get(officer_a=greta)
    members = User.objects.filter(pk__in=[*teams.active(m.team).wraps.values_list("user_id", flat=True)])
    members.update(is_active=False)  # officers act only when nobody is left
    handed = escrow.hand_over(pair=EscrowPair.objects.get(officer_a=otto), by=otto, keys=b, reason="prov")
    members.update(is_active=True)

    def outer() -> object:
        pair = EscrowPair.objects.get(pk=first.pk)
        return escrow.open_with(a.pair, bytes(pair.nested), escrow._layer(pair.epoch, greta, "outer"))

    def inner() -> object:
        pair = EscrowPair.objects.get(pk=handed.pk)
        seed = escrow.open_with(
            a.pair, bytes(pair.handed_over or b""), escrow._layer(pair.epoch, greta, "inner")
        )
        epoch = TeamEpoch.objects.get(pk=pair.epoch_id)
        return escrow.open_with(
            KeyPair(seed), bytes(epoch.escrow_wrap or b""), escrow._place(epoch, "escrow wrap")
        )

    yield Sealed("escrow outer", first, "nested", outer)
    yield Sealed("escrow inner", handed, "handed_over", inner)
    yield Sealed("escrow wrap", TeamEpoch.objects.get(pk=handed.epoch_id), "escrow_wrap", inner)


def _others(m: Mika) -> Iterator[Sealed]:
    for number in range(2):
        session = SessionStore()
        session.create()
        session["draft"] = SECRET
        session.save()
        row = StaffSession.objects.get(pk=_hashed(session.session_key))
        load = lambda key=session.session_key: SessionStore(key).load().get("draft")  # noqa: E731
        yield Sealed(f"session {number}", row, "sealed", load)
        reader = KeyPair.new()
        line = record(
            action="case.read", by="p", object="1", team="mika", detail=Detail(SECRET, {"r": reader.public})
        )
        yield Sealed(
            f"reason {number}",
            AuditDetail.objects.get(pk=line.sequence),
            "sealed",
            _reason(line.sequence, reader),
        )


def _contacts(m: Mika) -> Iterator[Sealed]:
    file = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")
    for team, keys in ((m.team, m.hers), (m.kast, m.bos)):
        epoch = TeamEpoch.objects.get(team=team)
        held, code = visitor.begin(Receiver(team.pk, team.kind, 1, bytes(epoch.public)), SECRET, [file])
        thread = Thread.objects.get(access_id=held.access)
        message, pair = thread.messages.get(), teams.open_teams(keys)[team.pk][1]
        reads = lambda held=held: visitor.read(held).messages[0].body.text == SECRET  # noqa: E731
        team_reads = lambda pk=thread.pk, pair=pair: open_for_team(Thread.objects.get(pk=pk), pair)  # noqa: E731
        file_id = message.attachments.get().pk
        saved = lambda held=held, id=file_id: visitor.read_file(held, id)[1] == b"abc"  # noqa: E731
        yield Sealed(f"{team.kind} for visitor", thread, "for_visitor", reads)
        yield Sealed(f"{team.kind} for team", thread, "for_team", team_reads)
        yield Sealed(f"{team.kind} message", message, "body", reads)
        yield Sealed(f"{team.kind} file", message.attachments.get(), "body", saved)
        yield Sealed(f"{team.kind} code", thread.access, "sealed", _enters(code))


def _enters(code: Code) -> Callable[[], object]:
    def enters() -> bool:
        Tries.objects.all().delete()
        try:
            return bool(access.enter(code).pair)
        except access.Unknown:
            return False

    return enters


def _reason(sequence: int, reader: KeyPair) -> Callable[[], object]:
    def opens() -> object:
        kept, place = AuditDetail.objects.get(pk=sequence), place_of(sequence, "mika")
        key = open_key(reader, base64.b64decode(kept.wraps["r"]), place)
        return open_record(key, bytes(kept.sealed), place).decode() == SECRET

    return opens


@pytest.fixture
def rows(mika: Mika) -> list[Sealed]:  # noqa: F811
    found = [*_cases(mika), *_keys(mika), *_escrow(mika), *_contacts(mika), *_others(mika)]
    assert len(found) > 45 and all(one.opens() for one in found)
    return found


def _one_of_each(rows: list[Sealed]) -> list[Sealed]:
    kinds: dict[object, Sealed] = {}
    for one in rows:
        bundle = getattr(one.row, "bundle", getattr(one.row, "compartment", ""))
        kinds.setdefault((type(one.row), one.column, bundle), one)
    return list(kinds.values())


def _places(size: int) -> list[int]:
    return sorted({*range(0, size, STEP), *(at for at in SEAMS if at < size), size - 1})


def test_a_changed_byte_or_a_cut_in_any_sealed_column_is_refused(rows: list[Sealed]) -> None:
    for one in _one_of_each(rows):
        value = one.value
        for at in _places(len(value)):
            changed = value[:at] + bytes((value[at] ^ 1 << at % 8,)) + value[at + 1 :]
            assert one.refuses(changed), (one.name, at)
            assert one.refuses(value[:at]), (one.name, "cut", at)
        assert one.refuses(value + b"\0") and one.opens(), one.name


def test_any_two_sealed_values_swapped_are_refused(rows: list[Sealed]) -> None:
    """Of other rows, columns, compartments, members, teams: none fits where it was not sealed for."""
    tried = 0
    for number, one in enumerate(rows):
        for other in rows[:: 1 if IS_ALL else number % 3 + 3]:
            if one.value != other.value:
                assert one.refuses(other.value), (one.name, other.name)
                tried += 1
    assert tried > (2000 if IS_ALL else 500) and all(one.opens() for one in rows)


def test_every_sealed_value_is_refused_with_another_suite_or_version(rows: list[Sealed]) -> None:
    for one in rows:
        if one.column not in ("signature", "granted_by_public"):
            for head in (b"\x01\x01", b"\x02\x02", b"\x01\x00", b"\x01\x03", b"\x00\x02"):
                assert one.refuses(head + one.value[2:]), (one.name, head)


def test_nothing_opens_in_another_installation(rows: list[Sealed], settings) -> None:
    settings.INSTANCE = "another"
    for one in rows:
        if one.column not in ("signature", "granted_by_public"):
            assert one.refuses(one.value), one.name


def test_a_key_of_another_epoch_fits_nowhere(mika: Mika) -> None:  # noqa: F811
    case = actions.open_case(team=mika.team, by=mika.alva, keys=mika.hers, summary=SECRET)
    for compartment in Compartment:
        actions.add_record(case=case, compartment=compartment, by=mika.alva, keys=mika.hers, text=SECRET)
    new = teams.remove_member(
        team=mika.team, member=mika.cilla, by=mika.alva, keys=mika.hers, reason="slutar"
    )
    shows = _shows(case, mika.hers)
    assert shows()
    for model, column in ((KeyWrap, "epoch"), (Case, "summary_epoch")):
        model.objects.update(**{column: new.epoch})
        with pytest.raises(Unopenable):
            shows()
        model.objects.update(**{column: 1})
    old, young = TeamWrap.objects.filter(user=mika.alva).order_by("epoch__epoch")
    TeamWrap.objects.filter(pk=young.pk).update(sealed=old.sealed, signature=old.signature)
    with pytest.raises(Unopenable):
        teams.open_epoch(new, mika.hers)
