"""What staff do with real sessions: password and app code, then a day's pages one request at a time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable, Generator, Iterator
from datetime import date
from random import Random

from benchmarks.mixed.acts import Acts
from benchmarks.mixed.browser import Ask, Got
from benchmarks.mixed.people import PASSWORD, SECRET, Person
from benchmarks.mixed.visitors import EDITION, Journey

SIGN_IN, SECOND = "/personal/logga-in/", "/personal/logga-in/steg-2/"
INBOX, CASES, TALLIES = "/personal/kontakter/", "/personal/arenden/", "/personal/rakning/"
AUTOSAVES = 3
SENTENCES = "Påhittat: hon berättar om veckan. Vi går igenom vad som är nästa steg. "


def signs_in(person: Person) -> Iterator[Ask]:
    """The two steps of a sign-in, and the desk."""
    yield Ask("sign-in: page", SIGN_IN)
    form = {"username": person.username, "password": PASSWORD, "next": "/personal/"}
    has_app = person.role != "councillor"
    yield Ask("sign-in: password", SIGN_IN, form, ok=(302,))
    if has_app:
        yield Ask("sign-in: page", SECOND)
        yield Ask("sign-in: code", SECOND, {"code": app_code(), "next": "/personal/"}, ok=(302,))
    yield Ask("desk", "/personal/", must="/personal/logga-ut/")


def app_code() -> str:
    """What the person's app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def comes_and_goes(person: Person, acts: Acts, chance: Random) -> Journey:
    """Signs in, sees what is new, signs out. An app's code is good once, so never twice in a minute."""
    last = 0.0
    while True:
        if time.time() - last < 60:
            yield Ask("sign-in: page", SIGN_IN)
            continue
        last = time.time()
        yield from signs_in(person)
        yield Ask("inbox", INBOX)
        yield Ask("sign-in: out", "/personal/logga-ut/", {}, ok=(302,))


def works(person: Person, acts: Acts, chance: Random) -> Journey:
    """A counsellor's day, in the order chance gives."""
    does: dict[Callable[[Person, Acts, Random], Journey], int] = {
        _reads_the_list: 3, _searches: 2, _answers: 2, _opens: 4, _writes_a_note: 3, _counts: 1,
    }  # fmt: skip
    while True:
        act = chance.choices(list(does), list(does.values()))[0]
        yield from act(person, acts, chance)


def leads(person: Person, acts: Acts, chance: Random) -> Journey:
    """A head: how much the reception carries, in numbers."""
    while True:
        for path in ("/personal/laget/", TALLIES, "/personal/kort/antal/", "/personal/"):
            yield Ask("head", path)


def sits_in_the_council(person: Person, acts: Acts, chance: Random) -> Journey:
    """A councillor reads the report and where its figures come from."""
    while True:
        for path in ("/personal/", "/personal/kallor/", EDITION):
            yield Ask("councillor", path)


def _reads_the_list(person: Person, acts: Acts, chance: Random) -> Journey:
    yield Ask("case list", CASES, must="Hela mottagningen")


def _searches(person: Person, acts: Acts, chance: Random) -> Journey:
    words = chance.choice(("bostaden", "boende", "finns inte"))
    yield Ask("search", CASES, {"words": words})


def _answers(person: Person, acts: Acts, chance: Random) -> Journey:
    inbox = yield Ask("inbox", INBOX)
    path = chance.choice(inbox.every(rf'action="({INBOX}[0-9a-f-]+/)"'))
    yield Ask("open a contact", path, {}, must=f"{path}svara/")
    mark = acts.mark()
    yield Ask("answer", f"{path}svara/", {"text": f"Påhittat svar {mark}"}, ok=(302,))
    acts.answers.append(mark)
    yield Ask("inbox", INBOX)


def _opened(person: Person, chance: Random) -> Generator[Ask, Got, str]:
    """A case of one's own, with the reason the first time in an hour; its address in the answer."""
    path = f"{CASES}{chance.choice(person.cases)}/"
    page = yield Ask("open a case", path)
    if 'name="purpose"' in page.text:
        page = yield Ask("open a case", path, {"purpose": "Påhittat möte i dag"}, must=f"{path}skriv/note/")
    return path


def _opens(person: Person, acts: Acts, chance: Random) -> Journey:
    yield from _opened(person, chance)


def _writes_a_note(person: Person, acts: Acts, chance: Random) -> Journey:
    """A working note: saved by itself while it grows, at last locked."""
    path = yield from _opened(person, chance)
    page = yield Ask("note: form", f"{path}skriv/note/")
    record, mark, text = page.one(r'name="record" value="([0-9a-f-]+)"'), "", ""
    form = {"record": record, "type": "VISIT", "event_day": date.today().isoformat()}  # noqa: DTZ011
    revision = ""
    for _save in range(AUTOSAVES):
        mark = acts.mark()
        text += f"{SENTENCES}{mark} "
        sent = form | {"act": "autosave", "revision": revision, "text": text}
        saved = yield Ask("note: autosave", f"{path}skriv/note/", sent, must='name="revision"', is_htmx=True)
        revision = _revision(saved)
        acts.notes[record] = mark
    mark = acts.mark()
    sent = form | {"act": "lock", "revision": revision, "text": f"{text}{mark}"}
    yield Ask("note: lock", f"{path}skriv/note/", sent, ok=(302,))
    acts.notes[record] = mark
    yield Ask("open a case", path, must=mark)


def _revision(saved: Got) -> str:
    return saved.one(r'name="revision" value="(\d+)"')


def _counts(person: Person, acts: Acts, chance: Random) -> Journey:
    page = yield Ask("tallies", TALLIES)
    what, month = page.one(r'<option value="([a-z_]+:[a-z_]+)"'), page.one(r'<option value="(\d{4}-\d\d)"')
    number = chance.randint(1, 5)
    form = {"reception": str(person.reception), "what": what, "month": month, "number": str(number)}
    yield Ask("tallies: write", TALLIES, form, ok=(302,))
    acts.count(str(person.reception), number)
    yield Ask("tallies", TALLIES)
