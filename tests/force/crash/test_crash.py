"""Killed at any step, with a full disk, without the right to write or with the line cut: nothing told is lost."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DEEDS = ROOT / "tests" / "force" / "crash" / "plan.py"
ROOMS = ("base", "people", "cases", "receptions", "contact", "training", "concerns", "plan")
# Written inside another deed that is killed at each of its steps, or in the demonstration alone.
WITHIN = {
    "concerns.report.endings.erase_again": "the same as sweep, for one; after a restore, which is killed itself",
    "contact.sweeping._of_team": "the frame of end_booking's deed, which sweeps",
    "contact.visits.begin": "yesterday's rows and a new one; what is lost is a visit, and the code begins another",
    "training.coverage.actions.make_unit": "a row and its line, as in receptions.actions.count",
    "training.coverage.actions.name_heads": "a list and its line, as in receptions.actions.end",
    "training.coverage.actions.end_unit": "two rows and their line, as in receptions.actions.end",
    "training.coverage.actions.state_size": "a row and its line, as in receptions.actions.end",
    "training.coverage.actions.take_in": "two rows and their line, as in receptions.actions.count",
    "training.coverage.actions.take_out": "two rows and their line, as in receptions.actions.take_back",
    "training.coverage.actions.assign": "a row and its line, as in receptions.actions.count",
    "training.coverage.actions.withdraw": "a row and its line, as in receptions.actions.take_back",
    "training.coverage.digest.choose": "a row and its line, as in receptions.actions.count",
    "training.coverage.digest._claimed": "a row and its line before the letter goes, as in receptions.actions.end",
    "training.coverage.demo.ensure_demo_units": "the demonstration alone",
    "training.certificates.issuing.issue": "a row and its line, as in receptions.actions.count",
    "base.rows._named": "the frame of every transaction of client rows, which writes nothing itself",
    "base.rows._begin_without_waiting": "a transaction that only reads",
    "base.pauses.begin": "one row, counted before a try is made; what is lost is a count",
    "base.pauses.count_for_all": "one row of the hour",
    "training.attitudes.demo.ensure_demo_attitudes": "the demonstration alone",
    "people.demo.ensure_demo_cast": "the demonstration alone",
    "receptions.actions.end": "a row and its line, as in take_back",
    "receptions.actions.state": "a row and its line, as in count",
    "concerns.events.demo.ensure_demo_events": "the demonstration alone",
    "concerns.observations.demo.ensure_demo_observations": "the demonstration alone",
    "concerns.observations.actions.log_sign": "a row and its line, as in receptions.actions.count",
    "concerns.observations.actions.take_back": "a row and its line, as in receptions.actions.take_back",
    "concerns.events.actions.enter": "a row and its line, as in receptions.actions.count",
    "concerns.events.actions.withdraw": "a row and its line, as in receptions.actions.take_back",
    "plan.motions.demo.ensure_demo_plan": "the demonstration alone",
    "plan.motions.registering.enter_motion": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.registering.change_motion": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.registering.send": "a row, its history and a line, as in receptions.actions.count",
    "plan.motions.registering.answer": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.registering.decide": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.correcting.correct_decision": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.correcting.correct_consultation": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.planning.make_plan": "a row, its history and a line, as in receptions.actions.count",
    "plan.motions.planning.change_plan": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.planning.make_measure": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.planning.change_measure": "rows, their history and a line, as in receptions.actions.take_back",
    "plan.motions.planning.add_milestone": "a row, its history and a line, as in receptions.actions.count",
    "plan.motions.planning.strike_milestone": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.reviewing.review": "rows, their history and a line, as in receptions.actions.count",
    "plan.motions.reviewing.tick": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.publishing.publish": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.motions.publishing.hide": "a row, its history and a line, as in receptions.actions.take_back",
    "plan.wheel.actions.set_evening": "a row and its line, as in receptions.actions.count",
    "plan.wheel.actions.set_dates": "a row and its line, as in receptions.actions.count",
    "plan.wheel.actions.say_done": "a row and its line, as in receptions.actions.count",
    "plan.demo_year.ensure_demo_year_wheel": "the demonstration alone",
    "plan.frame.actions.note": "a row and its line, as in receptions.actions.count",
    "plan.routines.actions.enter": "two or three rows and their line, as in receptions.actions.count",
    "plan.routines.actions.change": "two rows and their line, as in receptions.actions.count",
    "plan.routines.actions.review": "a row and its line, as in receptions.actions.count",
    "plan.routines.actions.end": "two rows and their line, as in receptions.actions.end",
    "plan.police.demo.ensure_demo_cooperation": "the demonstration alone",
    "plan.police.actions.make_agreement": "a row and its line, as in receptions.actions.count",
    "plan.police.actions.end_agreement": "a row, its history and its line, as in receptions.actions.end",
    "plan.police.actions.add_goal": "a row and its line, as in receptions.actions.count",
    "plan.police.actions.follow_goal": "a row, its history and its line, as in receptions.actions.end",
    "plan.police.actions.enter_joint_work": "a row and its line, as in receptions.actions.count",
    "plan.police.actions.correct_joint_work": "a row, its history and its line, as in receptions.actions.end",
    "plan.police.meetings.keep_meeting": "a row and its line, as in receptions.actions.count",
    "plan.police.meetings.agree_measure": "a row and its line, as in receptions.actions.count",
    "plan.police.meetings.follow_measure": "a row, its history and its line, as in receptions.actions.end",
    "receptions.demo.ensure_demo_receptions": "the demonstration alone",
    "receptions.demo_year.ensure_demo_year": "the demonstration alone",
    "contact.demo_year.ensure_demo_counts": "the demonstration alone",
    "people.factors.passkeys._counts_on": "one row",
    "people.keys.accounts.keep_keys": "in new_keys and admit_person",
    "cases.caseload.take_in": "handling.take_in and statistics.tell in one transaction",
    "cases.caseload.close": "handling.close and statistics.tell in one transaction",
    "cases.caseload.reopen": "handling.reopen and statistics.tell in one transaction",
    "cases.deciding.counting.count_request": "a row and its line, as in receptions.actions.count",
    "cases.leave.state": "a row and its line, as in receptions.actions.count",
    "cases.leave.cover": "a row and its line, as in receptions.actions.count",
    "cases.leave.take_back": "a row and its line, as in receptions.actions.count",
    "cases.referring.write": "writing.write after a look at what is held",
    "cases.referring.withdraw": "writing.correct after a look at what is held",
    "people.rescue.hand_over": "escrow.hand_over for each key",
    "people.rescue.let_in": "escrow.let_in for each key",
    "people.rescue.take_back": "escrow.take_back for each key",
    "people.views.log.export": "one line of the log",
    "people.views.log.words": "one line of the log",
    "people.entering.enter": "one line of the log, as in note_factor",
    "people.entering.leave": "one line of the log, as in note_factor",
    "people.outside.arriving.refuse": "one line of the log, as in note_factor",
    "people.outside.backchannel.end_sessions": "rows deleted, a row and its lines, as in sign_out_everywhere",
    "people.sessions._insert": "in sessions.save",
    "people.factors.passkeys.add": "a row and its line, as in codes.add_app; needs a browser's answer",
    "people.views.security.remove_factor": "a row and its line",
    "people.views.security._with_codes": "new_recovery_codes and its line",
    "people.views.security.leave_everywhere": "sign_out_everywhere and its line",
}


# On PostgreSQL a step means a database of its own: every third deed, and fewer of their steps.
EVERY, OF, LEAST = ("120", "3", 40) if "DATABASE_URL" in os.environ else ("60", "1", 60)


@pytest.mark.slow
def test_every_deed_killed_at_a_sample_of_its_steps_loses_nothing_and_leaves_nothing_half_done() -> None:
    """`make crash` tries every step. Here a fixed sample: another offset for each deed."""
    words = [sys.executable, "-m", "tests.force.crash", "--every", EVERY, "--of", OF, "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2000:]
    outcomes = json.loads(done.stdout)
    assert {one["deed"]: one["wrong"] for one in outcomes if one["wrong"]} == {}
    assert len(outcomes) >= 30 and sum(one["steps"] for one in outcomes) >= LEAST
    assert done.returncode == 0


@pytest.mark.slow
def test_a_killed_database_server_loses_nothing_that_was_told() -> None:
    """PostgreSQL, every process of it, in the middle of three others' work; three times."""
    words = [sys.executable, "-m", "tests.force.crash.server", "--times", "3", "--json"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-2000:]
    times = json.loads(done.stdout)["times"]
    assert [one["wrong"] for one in times] == [[], [], []] and sum(one["told"] for one in times) > 10


@pytest.mark.slow
@pytest.mark.parametrize(("synchronous", "lost"), [("FULL", False), ("NORMAL", True)])
def test_when_the_power_goes_what_was_told_is_there_and_with_less_syncing_it_would_not_be(
    synchronous: str, lost: bool
) -> None:
    """Cut at every twelfth write of SQLite's own, and after the last. The second shows that the cut takes something."""
    words = ["--only", "cases.actions.open_case", "--faults", "power cut", "--every", "4", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.force.crash", *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={n: v for n, v in os.environ.items() if n != "DATABASE_URL"} | {"KLARSYN_FORCE_SYNCHRONOUS": synchronous},
    )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    wrong = json.loads(done.stdout)[0]["wrong"]
    assert any("told to be done and is not" in one for one in wrong) is lost, wrong
    assert lost or not wrong


def test_every_function_that_writes_in_a_transaction_is_killed_or_says_why_not() -> None:
    listed = _listed() | set(WITHIN)
    found = set(_writing())
    assert sorted(found - listed) == [] and len(found) > 30
    assert sorted(set(WITHIN) - found) == []


def _listed() -> set[str]:
    for node in ast.parse(DEEDS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            return {str(key.value) for key in node.value.keys if isinstance(key, ast.Constant)}
    pytest.fail("no list of deeds")


def _writing() -> Iterator[str]:
    """Functions under @transaction.atomic or with "with transaction.atomic" in them."""
    for room in ROOMS:
        for path in sorted((ROOT / "klarsyn" / room).rglob("*.py")):
            dotted = ".".join(path.relative_to(ROOT / "klarsyn").with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and "transaction.atomic" in ast.unparse(node):
                    yield f"{dotted}.{node.name}"
