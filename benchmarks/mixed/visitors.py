"""What visitors without a name do, one request at a time; each journey goes on for ever.

A journey yields what it asks and is sent what it got. A LookupError says that a page was not the right one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.mixed.acts import Acts
from benchmarks.mixed.browser import Ask, Browser, Got

Journey = Generator[Ask, Got, None]
LANGUAGES = ("sv", "sv", "sv", "en", "latt", "ro", "th", "es", "pl", "uk", "ar")
TEXTS = ("m", "k", "anhorig", "ung")
EDITION = "/kartlaggning/2019/utgava-1/"
MAPPING = ("/kartlaggning/", "/kartlaggning/2019/", EDITION, f"/en{EDITION}")
CODE = r'class="v-code"><bdi dir="ltr">([\d ]+)<'
ONCE = r'name="once" value="([^"]+)"'
WHEN = r'name="when" value="([^"]+)"'
LETTER = {"mika": "m", "kast": "k"}


@dataclass(slots=True)
class Scene:
    """What the journeys of one run share."""

    acts: Acts
    codes: dict[str, list[str]]
    pages: dict[str, list[str]] = field(default_factory=dict)


def browses(browser: Browser, _scene: Scene, chance: Random) -> Journey:
    """The start page, then the pages for whoever seeks help, in one of nine languages; never signed in."""
    while True:
        browser.forget()
        start = yield Ask("support page", "/")
        for style in start.every(r'href="(/[^"]+\.css)"')[:1]:
            yield Ask("file", style)
        code = chance.choice(LANGUAGES)
        hub = yield Ask("support page", f"/stod/{code}/")
        pages = hub.every(rf'href="(/stod/{code}/[a-z]+/)"')
        for path in chance.sample(pages, min(3, len(pages))):
            yield Ask("support page", path)


def reads_the_mapping(browser: Browser, _scene: Scene, chance: Random) -> Journey:
    """The released report, as anyone reads it."""
    while True:
        browser.leave()
        for path in chance.sample(MAPPING, 3):
            yield Ask("mapping", path, ok=(200, 301, 302))


def writes_first(browser: Browser, scene: Scene, chance: Random) -> Journey:
    """Somebody writes for the first time: the code, its last digits asked back, one more message."""
    while True:
        browser.forget()
        kind, path = chance.choice(tuple(LETTER)), f"/stod/{chance.choice(LANGUAGES)}/prata/"
        yield Ask("thread: page", path)
        form = yield Ask("thread: page", path, {"step": "write", "to": kind})
        mark = scene.acts.mark()
        shown = yield Ask(
            "thread: begin", path,
            {"step": "send", "to": kind, "text": f"Påhittat {mark}", "once": form.one(ONCE)},
        )  # fmt: skip
        code = shown.one(CODE)
        scene.acts.threads[mark] = code
        thread = yield Ask("thread: page", path, {"step": "check", "last": code[-4:]}, must=mark)
        yield from _says_more(scene, path, thread)
        yield Ask("thread: page", path, {"step": "end"})


def returns(browser: Browser, scene: Scene, chance: Random) -> Journey:
    """Somebody comes back with the code, reads, often writes more, and leaves."""
    kind = chance.choice(tuple(LETTER))
    code = scene.codes[kind].pop(0)
    scene.codes[kind].append(code)  # for whoever begins anew when all have had theirs
    while True:
        browser.forget()
        path = f"/stod/{chance.choice(LANGUAGES)}/prata/"
        yield Ask("thread: page", path)
        yield Ask("thread: page", path, {"step": "enter"})
        thread = yield Ask(
            "thread: with code", path, {"step": "enter", "code": code}, must="Påhittat"
        )  # fmt: skip
        if chance.random() < 0.5:
            yield from _says_more(scene, path, thread)
        yield Ask("thread: page", path, {"step": "end"})


def _says_more(scene: Scene, path: str, thread: Got) -> Iterator[Ask]:
    mark, once = scene.acts.mark(), thread.one(ONCE)
    form = {"step": "more", "text": f"Påhittat, mer: {mark}", "once": once}
    yield Ask("thread: write", path, form, must=mark)
    scene.acts.messages.append(mark)


def looks_at_times(browser: Browser, _scene: Scene, chance: Random) -> Journey:
    """Free times, one chosen, and then not booked after all."""
    while True:
        browser.forget()
        path = f"/stod/{chance.choice(LANGUAGES)}/tid/{chance.choice('mk')}/"
        shown = yield Ask("times: look", path)
        whens = shown.every(WHEN)
        if whens:
            yield Ask("times: look", path, {"step": "choose", "when": chance.choice(whens)}, ok=(200, 409))


def books(browser: Browser, scene: Scene, chance: Random) -> Journey:
    """One of the first free times, which others want too; two of three are cancelled with the code."""
    while True:
        browser.forget()
        letter = chance.choice("mk")
        path = f"/stod/{chance.choice(LANGUAGES)}/tid/{letter}/"
        shown = yield Ask("times: look", path)
        when = chance.choice(shown.every(WHEN)[:4] or ["2001-01-01T09:00"])
        chosen = yield Ask("times: look", path, {"step": "choose", "when": when}, ok=(200, 409))
        if chosen.status == 409:
            continue
        form = {"step": "book", "when": when, "channel": chosen.one(r'name="channel" value="([^"]+)"')}
        booked = yield Ask("times: book", path, form | {"message": "Påhittat"}, ok=(200, 409))
        if booked.status == 409:
            scene.acts.taken += 1
            continue
        code = booked.every(CODE)[-1]
        scene.acts.booked[code] = f"{letter} {when}"
        proof = booked.one(r'name="proof" value="([^"]+)"')
        yield Ask("times: look", path, {"step": "check", "proof": proof, "last": code[-4:]})
        yield Ask("times: with code", f"{path}kod/", {"code": code}, must=when[11:])
        if chance.random() < 0.67:
            scene.acts.leaving.append(code)
            yield Ask("times: cancel", f"{path}kod/", {"code": code, "step": "cancel"})
            scene.acts.cancelled.append(code)
