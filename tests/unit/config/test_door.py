"""The door before Django: who sends slowly or too much holds up nobody else."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable

import pytest

from klarsyn.config import door
from klarsyn.config.door import Door


def app(environ, answer) -> Iterable[bytes]:
    answer("200 OK", [])
    return [environ["wsgi.input"].read(), f" {threading.current_thread().name}".encode()]


def asked(the: Door, body: object, length: str = "") -> tuple[str, bytes]:
    said: list[str] = []
    made = the({"wsgi.input": body, "CONTENT_LENGTH": length}, lambda status, _headers: said.append(status))
    return said[0], b"".join(made)


class Trickle:
    """A sender of so many pieces, the last of which waits until somebody opens it."""

    def __init__(self, pieces: int = 1, size: int = 1) -> None:
        self.left, self.size, self.opens = pieces, size, threading.Event()

    def read(self, _most: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            assert self.opens.wait(10)
            return b""
        return b"x" * self.size


def test_slow_senders_hold_up_nobody() -> None:
    the, slow, answers = Door(app), [Trickle() for _ in range(3 * door.WORKING)], []
    waiting = [threading.Thread(target=lambda one=one: answers.append(asked(the, one, "9"))) for one in slow]
    for thread in waiting:
        thread.start()
    assert asked(the, io.BytesIO(b"hej"), "3")[1].startswith(b"hej works")
    assert answers == []
    for one, thread in zip(slow, waiting, strict=True):
        one.opens.set()
        thread.join(10)
    assert {status for status, _body in answers} == {"200 OK"} and len(answers) == len(slow)


@pytest.mark.parametrize("length", ["11", ""])
def test_a_body_that_is_too_large_is_not_taken_in(length: str) -> None:
    said, body = list[str](), io.BytesIO(b"x" * 11)
    environ = {"wsgi.input": body, "CONTENT_LENGTH": length}
    chunked = {} if length else {"HTTP_TRANSFER_ENCODING": "chunked"}
    list(Door(app, largest=10)(environ | chunked, lambda status, _headers: said.append(status)))
    assert said == ["413 Content Too Large"]
    assert not length or body.tell() == 0


def test_who_sends_too_slowly_is_shut_out_and_told_that_nothing_was_saved() -> None:
    status, said = asked(Door(app, patience=-1), Trickle(3), "9")
    assert status == "408 Request Timeout" and "Inget av det har sparats" in said.decode()


def test_all_bodies_together_have_their_limit_and_give_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "HELD", 5)
    the = Door(app)
    for _again in range(2):  # what was refused was never held, and gives nothing back
        assert asked(the, io.BytesIO(b"123456"), "6")[0] == "503 Service Unavailable"
    assert [asked(the, io.BytesIO(b"12345"), "5")[0] for _ in range(3)] == ["200 OK"] * 3


def test_an_error_of_the_site_goes_through() -> None:
    def broken(environ, answer):
        raise LookupError("a fault")

    with pytest.raises(LookupError):
        asked(Door(broken), io.BytesIO(b""))


def test_a_stream_is_not_put_together() -> None:
    class Stream(list[bytes]):
        streaming = True

    def streams(environ, answer):
        answer("200 OK", [])
        return Stream([b"a", b"b"])

    assert isinstance(Door(streams)({"wsgi.input": io.BytesIO()}, lambda *_: None), Stream)
