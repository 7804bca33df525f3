"""The ledger on disk: whole or not at all, in one chain, and never shorter than it was."""

import json
import os
import signal
import sys
from dataclasses import replace

import pytest

from klarsyn.mapping import ledger
from smallcounts.disclosure.ledger import Entry, read
from smallcounts.disclosure.release import Published

FIRST = Entry("table", "2026-11-25", "a" * 64, Published("0680-2019-1/rates", ()), note="already_public")
SECOND = replace(FIRST, published=Published("0680-2019-1/series", ()))

pytestmark = pytest.mark.usefixtures("home")


def test_an_empty_house_has_published_nothing():
    assert ledger.text() == ""
    assert ledger.lines("") == ()


def test_what_is_added_stands_in_order_with_its_hash_and_its_rule():
    ledger.add([FIRST])
    lines = ledger.lines(ledger.add([SECOND]))
    assert [(n.number, n.entry) for n in lines] == [(1, FIRST), (2, SECOND)]
    assert lines[1].hash == read(ledger.text()).head
    assert lines[0].entry.note == "already_public"


def test_adding_again_changes_nothing():
    once = ledger.add([FIRST, SECOND])
    assert ledger.add([SECOND, FIRST]) == once


def test_nothing_is_left_beside_the_ledger():
    ledger.add([FIRST])
    assert sorted(p.name for p in ledger.folder().iterdir()) == ["heads.json", "ledger.jsonl", "lock"]


def test_the_old_ledger_is_replaced_and_never_written_into():
    old = ledger.add([FIRST])
    with (ledger.folder() / ledger.LEDGER).open() as held:
        ledger.add([SECOND])
        assert held.read() == old


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace("rates", "ratez"), "rad 1: den har ändrats"),
        (lambda text: text.splitlines(keepends=True)[1], "rad 1: den följer inte"),
        (lambda text: text[:-1], "rad 2: den sista raden är avhuggen"),
        (lambda text: text.splitlines(keepends=True)[0], "slutar inte med den rad som skrevs sist"),
        (lambda text: "", "slutar inte med den rad som skrevs sist"),
    ],
    ids=["changed", "a line gone", "cut off", "shorter", "emptied"],
)
def test_a_broken_chain_refuses_with_the_line_and_the_mend(spoil, said):
    whole = ledger.add([FIRST, SECOND])
    path = ledger.folder() / ledger.LEDGER
    path.write_text(spoil(whole))
    for deed in (ledger.text, lambda: ledger.add([replace(FIRST, published=Published("x", ()))])):
        with pytest.raises(ledger.LedgerDamaged, match=said) as caught:
            deed()
        assert str(path) in str(caught.value) and "säkerhetskopian" in str(caught.value)
    assert path.read_text() == spoil(whole)


def test_a_ledger_that_is_gone_is_not_an_empty_ledger():
    ledger.add([FIRST])
    (ledger.folder() / ledger.LEDGER).unlink()
    with pytest.raises(ledger.LedgerDamaged):
        ledger.text()


def test_the_head_before_a_release_does_not_count_its_own_last_lines():
    before = read(ledger.add([FIRST])).head
    text = ledger.add([replace(SECOND, published=Published("0680-2020-1/a", ())),
                       replace(SECOND, published=Published("0680-2020-1/b", ()))])  # fmt: skip
    assert ledger.head_before(text, "0680-2020-1/") == before
    assert ledger.head_before(text, "0680-2019-1/") == read(text).head


def test_the_marks_of_the_people_follow_the_ledger_and_are_nobody_elses():
    ledger.add([FIRST], {"2024": "aa"})
    text = ledger.add([SECOND], {"2024|age=0-17": "bb"})
    assert ledger.marks(text) == {"2024": "aa", "2024|age=0-17": "bb"}
    (path,) = ledger.folder().glob("marks-*.json")
    assert path.stat().st_mode & 0o777 == 0o600
    assert ledger.marks("") == {}


def killed_at(step, deed):
    """Run `deed` in a child that dies at its `step`th touch of a file; whether it got to the end."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return not os.WIFSIGNALED(status)
    left = [step]

    def touched(event, args):
        if event in ("open", "os.rename", "os.remove") and "ledger" in str(args[0]):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touched)
    deed()
    os._exit(0)


def test_killed_at_any_step_the_ledger_is_the_old_or_the_new_one():
    old = ledger.add([FIRST], {"2024": "aa"})
    (kept,) = ledger.folder().glob("marks-*.json")
    seen = []
    for step in range(50):
        is_done = killed_at(step, lambda: ledger.add([SECOND], {"2025": "bb"}))
        found = ledger.text()
        assert found.startswith(old)
        seen.append(len(found.splitlines()))
        assert set(ledger.marks(found)) == ({"2024"} if seen[-1] == 1 else {"2024", "2025"})
        if is_done:
            break
        (ledger.folder() / ledger.LEDGER).write_text(old)
        (ledger.folder() / ledger.HEADS).write_text(json.dumps([read(old).head]))
        kept.write_text('{"2024": "aa"}')
    assert set(seen) == {1, 2} and len(seen) >= 8
    assert [line.entry for line in ledger.lines(ledger.add([SECOND]))] == [FIRST, SECOND]
