"""Every write of the people, the keys, the cases, the log and the backup, by the name of the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.http import HttpRequest
from django.utils import timezone

from klarsyn.base.audit import recording
from klarsyn.base.audit.recording import Detail
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import pepper
from klarsyn.cases import access, budget, samples
from klarsyn.cases import actions as cases
from klarsyn.cases.models import Case, Compartment, SampledRead
from klarsyn.config import backup
from klarsyn.people import actions as people
from klarsyn.people import entering, membership, passwords, throttle
from klarsyn.people.factors import codes
from klarsyn.people.keys import escrow, pepper_file, teams
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import EscrowPair, RoleHeld, User
from klarsyn.people.sessions import SessionStore
from tests.force.crash.world import OTHER, PASSWORD, SECRET, World

Ack = Callable[[str, str], None]  # what, which: said once it is done, as a page would say it


def open_case(w: World, ack: Ack) -> None:
    made = cases.open_case(team=w.mika, by=w.users["alva"], keys=w.keys["alva"], summary=SECRET)
    ack("case", str(made.id))


def add_record(w: World, ack: Ack) -> None:
    for compartment in Compartment:
        made = cases.add_record(
            case=w.cases[0], compartment=compartment, by=w.users["alva"], keys=w.keys["alva"], text=SECRET
        )
        ack("record", str(made.id))


def close(w: World, ack: Ack) -> None:
    cases.close(case=w.cases[1], by=w.users["alva"], retention_on=date(2031, 12, 31))
    ack("closed", str(w.cases[1].id))


def erase(w: World, ack: Ack) -> None:
    for case in w.cases[2:4]:
        if Case.objects.get(pk=case.pk).state != "erased":
            cases.erase(case=case, by=w.users["alva"])
        ack("erased", str(case.id))


def erase_again(w: World, ack: Ack) -> None:
    cases.erase_again(str(w.cases[2].id))
    ack("gone", str(w.cases[2].id))


def read_case(w: World, ack: Ack) -> None:
    alva = User.objects.get(pk=w.users["alva"].pk)
    shown = access.read_case(alva, w.keys["alva"], w.cases[0].id, purpose="möte")
    ack("read", str(shown.id))


def ask(w: World, ack: Ack) -> None:
    budget.ask(person=User.objects.get(username="alva"), team=w.mika, reason="genomgång")
    ack("line", budget.ACT_ASK)


def agree(w: World, ack: Ack) -> None:
    asked = AuditEvent.objects.filter(action=budget.ACT_ASK).last()
    assert asked
    budget.agree(asked=asked.sequence, by=User.objects.get(username="cilla"))
    ack("line", budget.ACT_MORE)


def draw(w: World, ack: Ack) -> None:
    samples.draw(team=w.mika, month=date(2026, 1, 1), by=User.objects.get(username="greta"))
    ack("line", "reads.draw")


def sign_off(w: World, ack: Ack) -> None:
    samples.sign_off(read=SampledRead.objects.get(), by=User.objects.get(username="greta"))
    ack("line", samples.ACT_FINE)


def question(w: World, ack: Ack) -> None:
    samples.question(read=SampledRead.objects.get(), by=User.objects.get(username="greta"), text="Varför?")
    ack("line", samples.ACT_QUESTION)


def close_account(w: World, ack: Ack) -> None:
    people.close_account(user=User.objects.get(username="dag"))
    ack("line", "person.close")


def take_back(w: World, ack: Ack) -> None:
    escrow.take_back(pair=_pair(w), by=w.users["jonas"])
    ack("line", "escrow.take_back")


def take_out(w: World, ack: Ack) -> None:
    if teams.open_teams(w.keys["cilla"]):
        membership.take_out(
            team=w.mika, member=w.users["cilla"], by=User.objects.get(username="alva"),
            keys=w.keys["alva"], reason="slutar",
        )  # fmt: skip
    ack("out", "cilla")


def create_team(w: World, ack: Ack) -> None:
    made = teams.create_team(kind="mika", name="Mika öst", founder=w.users["nora"], keys=w.keys["nora"])
    ack("team", str(made.id))


def add_member(w: World, ack: Ack) -> None:
    teams.add_member(team=w.mika, member=w.users["nora"], by=w.users["alva"], keys=w.keys["alva"])
    ack("member", "nora")


def remove_member(w: World, ack: Ack) -> None:
    if teams.open_teams(w.keys["cilla"]):
        teams.remove_member(
            team=w.mika, member=w.users["cilla"], by=w.users["alva"], keys=w.keys["alva"], reason="slutar"
        )
    ack("out", "cilla")


def drain(w: World, ack: Ack) -> None:
    teams.drain(team=w.mika, keys=w.keys["alva"])
    ack("drained", "1")


def shut_out_again(w: World, ack: Ack) -> None:
    teams.shut_out_again(f"{w.mika.id}/{w.users['cilla'].uid}/1")
    ack("out", "cilla")


def appoint(w: World, ack: Ack) -> None:
    escrow.appoint(
        team=w.mika, officers=[w.users["greta"], w.users["karin"]], by=w.users["alva"], keys=w.keys["alva"]
    )
    ack("line", "escrow.appoint")


def _pair(w: World) -> EscrowPair:
    return EscrowPair.objects.get(officer_a=w.users["jonas"], officer_b=w.users["karin"])


def hand_over(w: World, ack: Ack) -> None:
    escrow.hand_over(pair=_pair(w), by=w.users["jonas"], keys=w.keys["jonas"], reason="ingen kvar")
    ack("line", "escrow.hand_over")


def let_in(w: World, ack: Ack) -> None:
    pair = _pair(w)
    if pair.handed_over is not None:
        escrow.let_in(
            pair=pair, by=w.users["karin"], keys=w.keys["karin"], member=w.users["nora"], reason="ingen kvar"
        )
    ack("member", "nora")


def change_password(w: World, ack: Ack) -> None:
    if passwords.change_password(user=User.objects.get(username="alva"), old=PASSWORD, new=OTHER):
        ack("password", "alva")


def new_keys(w: World, ack: Ack) -> None:
    people.new_keys(user=User.objects.get(username="cilla"), password=OTHER)
    ack("password", "cilla")


def admit_person(w: World, ack: Ack) -> None:
    made = people.admit_person(username="otto", name="Otto", password=PASSWORD, roles=["analyst"])
    ack("person", made.username)


def give_role(w: World, ack: Ack) -> None:
    people.give_role(
        user=w.users["nora"], role="mika_counsellor", team=w.mika, by=User.objects.get(username="greta")
    )
    ack("role", "nora")


def take_role(w: World, ack: Ack) -> None:
    row = RoleHeld.objects.filter(user=w.users["cilla"], role="mika_counsellor").first()
    if row:
        people.take_role(row=row, by=User.objects.get(username="greta"))
    ack("no role", "cilla")


def connect_identity(w: World, ack: Ack) -> None:
    people.connect_identity(user=w.users["alva"], hsa_id="SE0000000000-0001")
    ack("line", "person.connect")


def forget_factors(w: World, ack: Ack) -> None:
    people.forget_factors(user=w.users["alva"])
    ack("line", "factor.reset")


def add_app(w: World, ack: Ack) -> None:
    counter = int(timezone.now().timestamp()) // 30
    code = codes.format_hotp_value(codes.hotp_value("JBSWY3DPEHPK3PXP", counter))
    if codes.add_app(w.users["cilla"], "JBSWY3DPEHPK3PXP", code):
        ack("factor", "cilla")


def check_code(w: World, ack: Ack) -> None:
    counter = int(timezone.now().timestamp()) // 30
    code = codes.format_hotp_value(codes.hotp_value("JBSWY3DPEHPK3PXP", counter))
    if codes.check_code(w.users["alva"], code):
        ack("used", code)


def new_recovery_codes(w: World, ack: Ack) -> None:
    ack("recovery", codes.new_recovery_codes(w.users["alva"])[0])


def rotate_pepper(w: World, ack: Ack) -> None:
    pepper.rotate(pepper_file.path())
    pepper_file.keep_fingerprints()
    ack("pepper", "2")


def sign_in_after_rotation(w: World, ack: Ack) -> None:
    """The person's keys are sealed anew under the newer pepper, and the app's secret after them."""
    assert unlock("alva", PASSWORD)
    codes.seal_anew(w.users["alva"])
    ack("password 1", "alva")


def check_password(w: World, ack: Ack) -> None:
    entering.check_password("alva", "fel lösenord")
    entering.note_factor(w.users["alva"], "totp", is_right=False)
    ack("line", "sign_in.factor")


def note_failure(w: World, ack: Ack) -> None:
    throttle.note_failure(throttle.key_of("alva", HttpRequest()), timezone.now())


def session(w: World, ack: Ack) -> None:
    made = SessionStore()
    made.create()
    made["x"] = "y"
    made.save()
    ack("session", str(made.session_key))


def record(w: World, ack: Ack) -> None:
    with recording.read_first(
        action="case.unseal", by="p-1", object="1", team="mika", detail=Detail("skäl", {})
    ):
        ack("line", "case.unseal")


def checkpoint(w: World, ack: Ack) -> None:
    ack("checkpoint", str(recording.checkpoint().size))


def open_log(w: World, ack: Ack) -> None:
    recording.open_log()


def make_backup(w: World, ack: Ack) -> None:
    backup.make(_copy(w), [w.recipient])
    ack("backup", str(_copy(w)))


def _copy(w: World) -> Path:
    return w.old_copy.with_name("new.age")


def restore(w: World, ack: Ack) -> None:
    backup.restore(w.old_copy, w.identity)
    ack("restored", "1")


def start_the_site(_w: World, ack: Ack) -> None:
    backup.finish_if_broken_off()
    ack("restored", "1")
