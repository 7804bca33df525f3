"""Which deeds there are, by the name of the function that each one tries; what comes before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klarsyn.base.errors import Refused
from tests.force.crash import before as b
from tests.force.crash import counting as c
from tests.force.crash import deeds as d
from tests.force.crash import giving as g
from tests.force.crash import handling as h
from tests.force.crash import lessons as ls
from tests.force.crash import notes as n
from tests.force.crash import reports as r
from tests.force.crash import surveys as s
from tests.force.crash import threads as th
from tests.force.crash import times as t
from tests.force.crash.world import World


@dataclass(frozen=True, slots=True)
class Deed:
    """`before` is done without a fault, so that there is something to do.

    `after` is what is done when it went wrong; without it the same once more.
    """

    do: Callable[[World, d.Ack], None]
    before: Callable[[World], None] = lambda _world: None
    after: Callable[[World, d.Ack], None] | None = None


DEEDS: dict[str, Deed] = {
    "cases.actions.open_case": Deed(d.open_case),
    "cases.actions.add_record": Deed(d.add_record),
    "cases.writing.write": Deed(n.write),
    "cases.writing.revise": Deed(n.revise, b.working),
    "cases.writing.lock": Deed(n.lock, b.working),
    "cases.writing.correct": Deed(n.correct),
    "cases.writing.settle_left": Deed(n.settle_left, b.working),
    "cases.writing.drop": Deed(n.drop, b.working),
    "cases.referring.disclose": Deed(g.disclose),
    "cases.referring.move_referral": Deed(g.send, g.referred),
    "cases.handling.take_in": Deed(h.take_in),
    "cases.handling.change_card": Deed(h.change_card),
    "cases.handling.hand_over": Deed(h.hand_over),
    "cases.handling.close": Deed(h.close),
    "cases.handling.reopen": Deed(h.reopen),
    "cases.handling.set_sealed": Deed(h.set_sealed),
    "cases.handling.name_for": Deed(h.name_for, h.sealed),
    "cases.retention._put_forward": Deed(h.propose),
    "cases.retention._decide": Deed(h.agree, h.proposed),
    "cases.actions.close": Deed(d.close),
    "cases.actions.erase": Deed(d.erase),
    "cases.actions.erase_again": Deed(d.erase_again),
    "cases.access.read_case": Deed(d.read_case),
    "cases.budget.ask": Deed(d.ask),
    "cases.budget.agree": Deed(d.agree, b.asked),
    "cases.samples.draw": Deed(d.draw),
    "cases.samples.sign_off": Deed(d.sign_off, b.drawn),
    "cases.samples.question": Deed(d.question, b.drawn),
    "receptions.actions.count": Deed(c.count),
    "receptions.actions.enter_sheet": Deed(c.enter_sheet),
    "receptions.statistics.actions.tell": Deed(c.tell),
    "receptions.statistics.actions.count_year": Deed(c.count_year, b.told),
    "receptions.statistics.destroying.destroy_key": Deed(c.destroy_key, c.count_last_year),
    "receptions.statistics.destroying.destroy_again": Deed(c.destroy_again, c.count_last_year),
    "receptions.actions.take_back": Deed(c.take_tally_back, b.counted),
    "training.actions._moved": Deed(ls.answer, ls.nearly_done),
    "training.actions.open_link": Deed(ls.open_link, ls.make_unit),
    "training.actions.close_link": Deed(ls.close_link, ls.make_unit),
    "contact.booking.actions.publish": Deed(t.publish),
    "contact.booking.actions.end_times": Deed(t.end_times, t.published),
    "contact.booking.visitor.book": Deed(t.book, t.published),
    "contact.booking.visitor.cancel": Deed(t.cancel, t.booked),
    "contact.booking.actions.withdraw": Deed(t.withdraw, t.booked),
    "contact.booking.reminders._send": Deed(t.send_due, t.booked),
    "contact.booking.actions.end_booking": Deed(t.sweep, t.booked),
    "contact.cards.actions.make_cards": Deed(t.make_cards, t.published),
    "contact.cards.visitor.ask_call": Deed(t.ask_call, t.carded),
    "contact.cards.visitor.use_to_write": Deed(t.use_to_write, t.carded),
    "contact.cards.actions.end_call": Deed(t.end_call, t.called),
    "contact.visitor.begin": Deed(th.begin, th.received),
    "contact.visitor.write": Deed(th.write, th.begun),
    "contact.visitor.new_code": Deed(th.new_code, th.begun),
    "contact.visitor.erase": Deed(th.erase, th.begun),
    "contact.inbox.answer": Deed(th.answer, th.begun),
    "contact.inbox.handle": Deed(th.handle, th.begun),
    "contact.inbox.take_over": Deed(th.take_over, th.begun),
    "contact.inbox.close": Deed(th.close, th.begun),
    "contact.inbox.new_code": Deed(th.code_by_staff, th.begun),
    "contact.endings.expire": Deed(th.expire, th.begun),
    "contact.endings.erase_again": Deed(th.erase_again, th.begun),
    "training.attitudes.actions.make_survey": Deed(s.make_survey, s.training),
    "training.attitudes.actions.answer": Deed(s.answer, s.made),
    "training.attitudes.actions.move_on": Deed(s.close, s.answered),
    "training.attitudes.ending.close_by_rule": Deed(s.close_forgotten, s.answered),
    "concerns.report.sending.save": Deed(r.save, r.received),
    "concerns.report.sending.send": Deed(r.send, r.saved),
    "concerns.report.inbox.assess": Deed(r.assess, r.sent),
    "concerns.report.inbox.tell": Deed(r.tell, r.decided),
    "concerns.report.handing.hand_over": Deed(r.hand_over, r.sent),
    "concerns.report.registry.register": Deed(r.register, r.handed),
    "concerns.report.endings.sweep": Deed(r.sweep, r.registered),
    "people.actions.close_account": Deed(d.close_account),
    "people.membership.take_out": Deed(d.take_out),
    "people.keys.escrow.take_back": Deed(d.take_back, b.all_leave),
    "people.keys.teams.create_team": Deed(d.create_team),
    "people.keys.teams.add_member": Deed(d.add_member),
    "people.keys.teams.remove_member": Deed(d.remove_member),
    "people.keys.teams.drain": Deed(d.drain, b.removed),
    "people.keys.teams.shut_out_again": Deed(d.shut_out_again),
    "people.keys.escrow.appoint": Deed(d.appoint),
    "people.keys.escrow.hand_over": Deed(d.hand_over, b.lost),
    "people.keys.escrow.let_in": Deed(d.let_in, b.all_leave),
    "people.keys.accounts.keep_sealed": Deed(d.sign_in_after_rotation, b.rotate),
    "people.passwords.change_password": Deed(d.change_password),
    "people.actions.new_keys": Deed(d.new_keys),
    "people.actions.admit_person": Deed(d.admit_person),
    "people.actions.give_role": Deed(d.give_role),
    "people.actions.take_role": Deed(d.take_role),
    "people.actions.connect_identity": Deed(d.connect_identity),
    "people.actions.forget_factors": Deed(d.forget_factors),
    "people.factors.codes.add_app": Deed(d.add_app),
    "people.factors.codes.check_code": Deed(d.check_code),
    "people.factors.codes.new_recovery_codes": Deed(d.new_recovery_codes),
    "people.factors.codes.seal_anew": Deed(d.sign_in_after_rotation, b.rotate),
    "people.entering.check_password": Deed(d.check_password),
    "people.entering.note_factor": Deed(d.check_password),
    "people.throttle.note_failure": Deed(d.note_failure),
    "people.sessions.save": Deed(d.session),
    "base.vault.pepper.rotate": Deed(d.rotate_pepper),
    "base.audit.recording.read_first": Deed(d.record),
    "base.audit.recording.checkpoint": Deed(d.checkpoint),
    "base.audit.recording.open_log": Deed(d.open_log),
    "config.backup.make": Deed(d.make_backup),
    "config.backup.restore": Deed(d.restore, b.lose_cilla_and_a_case, d.start_the_site),
}


def again(deed: Deed, world: World, ack: d.Ack) -> None:
    """What a person would do after the crash: the same once more; "already done" is an answer too."""
    try:
        (deed.after or deed.do)(world, ack)
    except Refused:
        return
