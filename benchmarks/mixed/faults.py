"""What goes wrong while the others work: a worker killed, slow clients, a huge body, wrong codes."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from random import Random
from typing import Final

from benchmarks.mixed.browser import Ask, Browser
from benchmarks.mixed.site import Site

SLOW: Final = 50  # half never end their headers, half never end their body
HUGE: Final = 80 * 1024 * 1024  # bytes, more than the door takes
WRONG: Final = 1000
PAGE: Final = "/stod/sv/prata/"
PROXY: Final = "X-Forwarded-Proto: https\r\nHost: 127.0.0.1\r\n"


@dataclass(slots=True)
class Faults:
    """All of them within `seconds`; what came of each in `told`."""

    site: Site
    seconds: float
    told: dict[str, str] = field(default_factory=dict)
    killed_at: float = -1.0  # seconds from the start
    back_after: float = 0.0  # seconds until there were as many workers again
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for act in (self._kill, self._be_slow, self._send_too_much, self._guess):
            thread = threading.Thread(target=act)
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def is_of_the_kill(self, at: float, status: int) -> bool:
        """Whether a request that got no answer may have been in the hands of the killed worker."""
        return status == 0 and self.killed_at - 5 <= at <= self.killed_at + 1

    def is_soon_after(self, at: float) -> bool:
        """While one worker does the work of two, and what has waited for it."""
        return self.killed_at <= at <= self.killed_at + 5

    def _kill(self) -> None:
        begun = time.perf_counter()
        self._over.wait(self.seconds / 3)
        before = self.site.workers()
        self.killed_at = time.perf_counter() - begun
        os.kill(before[0], signal.SIGKILL)
        while not self._over.wait(0.05):
            now = self.site.workers()
            if len(now) >= len(before) and before[0] not in now:
                self.back_after = time.perf_counter() - begun - self.killed_at
                break
        self.told["a worker killed"] = f"{len(before)} workers again after {self.back_after:.1f} s"

    def _be_slow(self) -> None:
        """A byte a second, for as long as the load lasts, on connections that nobody else then has."""
        held = [socket.create_connection(("127.0.0.1", self.site.port), timeout=5) for _ in range(SLOW)]
        for number, one in enumerate(held):
            form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
            begin = f"POST {PAGE} HTTP/1.1\r\n{PROXY}{form if number % 2 else 'X-Slow: '}"
            one.sendall(begin.encode())
        shut = 0
        while held and not self._over.wait(1):
            for one in list(held):
                try:
                    one.sendall(b"a")
                except OSError:
                    held.remove(one)
                    shut += 1
        for one in held:
            one.close()
        self.told["slow clients"] = f"{SLOW} at a byte a second; {shut} were shut out meanwhile"

    def _send_too_much(self) -> None:
        self._over.wait(self.seconds / 6)
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        headers = {
            "X-Forwarded-Proto": "https", "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(HUGE),
        }  # fmt: skip
        try:
            connection.request("POST", PAGE, iter([b"text=" + b"x" * (HUGE - 5)]), headers)
            said = str(connection.getresponse().status)
        except OSError as error:
            said = type(error).__name__
        connection.close()
        self.told["a body of 80 MB"] = f"refused: {said}" if said != "200" else "taken in"

    def _guess(self) -> None:
        """Codes that nobody has, evenly over the time, each of another locator."""
        chance, browser, said = Random(7), Browser(self.site.port), dict[int, int]()
        browser.ask(Ask("", PAGE))
        for _number in range(WRONG):
            began = time.perf_counter()
            got = browser.ask(Ask("", PAGE, {"step": "enter", "code": wrong_code(chance)}))
            said[got.status] = said.get(got.status, 0) + 1
            if self._over.wait(max(0.0, self.seconds / WRONG - (time.perf_counter() - began))):
                break
        self.told["wrong codes"] = ", ".join(f"{count} times {status}" for status, count in said.items())


def wrong_code(chance: Random) -> str:
    """25 digits whose last one is right (Luhn), so that the slow work is done."""
    digits = [chance.randrange(10) for _ in range(24)]
    doubled = [2 * d if n % 2 == 0 else d for n, d in enumerate(reversed(digits))]
    return "".join(map(str, digits)) + str(-sum(d - 9 * (d > 9) for d in doubled) % 10)
