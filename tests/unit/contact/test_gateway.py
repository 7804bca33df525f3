"""The HTTP gateway of reminders, as a real server speaks: nothing is lost, and nothing is told to a log."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.contact import outbox
from klarsyn.contact.booking import reminders, visitor
from klarsyn.contact.booking.reminders import Wish
from klarsyn.contact.models import Reminder
from tests.unit.contact.conftest import House
from tests.unit.contact.times import NOON, WEDNESDAY, publish, wanted

EVE = WEDNESDAY - timedelta(days=1)
NUMBERS = ("+46701740601", "+46701740602", "+46701740603")
TEXT = "Kom ihåg i morgon, kanariefågel"


class Gateway:
    """What it answers in turn, the last one from then on; what it was asked; what it counts as sent."""

    def __init__(self) -> None:
        self.plan: list[str] = ["200"]
        self.asked: list[tuple[str, str, str, str]] = []  # path, key, token, number
        self.sent: dict[str, str] = {}
        self.over = threading.Event()

    def answer(self) -> str:
        return self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]


class Speaking(BaseHTTPRequestHandler):
    gateway: Gateway

    def log_message(self, *_words: object) -> None:
        return

    def do_POST(self) -> None:
        gateway, body = self.gateway, json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Idempotency-Key"]
        gateway.asked.append((self.path, key, self.headers.get("Authorization", ""), body["to"]))
        status, _comma, more = gateway.answer().partition(",")
        if status in ("cut", "hang"):
            gateway.sent[key] = body["text"]  # it took it, and nobody hears of that
            if status == "hang":
                gateway.over.wait(3)
            self.connection.close()
            return
        if status == "200":
            gateway.sent[key] = body["text"]
        self.send_response(int(status))
        if more:
            self.send_header(*more.split("="))
        self.send_header("Content-Length", "1000000" if more == "X=drip" else "0")
        self.end_headers()
        if more == "X=drip":
            gateway.over.wait(3)


@pytest.fixture
def gateway(house: House, settings, monkeypatch) -> Iterator[Gateway]:
    made = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Speaking,), {"gateway": made}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.REMINDER_OUTBOX = f"http://127.0.0.1:{server.server_port}/sms"
    settings.REMINDER_TOKEN = "hemlig-nyckel"
    monkeypatch.setattr(outbox, "_SECONDS", 0.3)
    publish(house)
    for hour, number in zip((9, 10, 11), NUMBERS, strict=True):
        visitor.book("mika", wanted(begins=time(hour), reminder=Wish(number, TEXT)), NOON)
    yield made
    made.over.set()
    server.shutdown()
    server.server_close()


def lines() -> list[str]:
    found = AuditEvent.objects.filter(action__startswith="reminder.").order_by("sequence")
    return [line.action for line in found]


def test_what_is_taken_is_gone_and_told_of_once_with_key_and_token(gateway: Gateway) -> None:
    assert reminders.send_due(EVE) == 3 and not Reminder.objects.exists()
    assert {number for *_more, number in gateway.asked} == set(NUMBERS)
    assert {path for path, *_more in gateway.asked} == {"/sms"}
    assert {token for _path, _key, token, _number in gateway.asked} == {"Bearer hemlig-nyckel"}
    assert len({key for _path, key, *_more in gateway.asked}) == 3
    assert lines() == ["reminder.send"] * 3 and reminders.send_due(EVE) == 0


@pytest.mark.parametrize(
    ("answer", "said", "is_sent"),
    [
        ("429,Retry-After=30", "answered 429, not before 30 seconds", False),
        ("429,Retry-After=x\x85y", "answered 429", False),
        ("503", "answered 503", False), ("500", "answered 500", False),
        ("302,Location=/elsewhere", "answered 302", False), ("307,Location=/elsewhere", "answered 307", False),
        ("cut", "did not answer", True), ("hang", "did not answer", True),
    ],
)  # fmt: skip
def test_what_is_not_taken_stays_and_goes_at_the_next_run_with_the_same_key(
    gateway: Gateway, caplog, answer: str, said: str, is_sent: bool
) -> None:
    gateway.plan = ["200", answer, "200"]
    with caplog.at_level(logging.DEBUG), pytest.raises(outbox.NotTaken) as error:
        reminders.send_due(EVE)
    assert str(error.value).removeprefix("the gateway ") == said
    assert len(gateway.asked) == 2 and Reminder.objects.count() == 2 and lines() == ["reminder.send"]
    assert (gateway.asked[1][1] in gateway.sent) is is_sent
    with caplog.at_level(logging.DEBUG):
        assert reminders.send_due(EVE) == 2
    assert gateway.asked[2][1] == gateway.asked[1][1]  # by which the gateway knows that it has it already
    assert set(gateway.sent.values()) == {TEXT} and len(gateway.sent) == 3 and not Reminder.objects.exists()
    assert {path for path, *_more in gateway.asked} == {"/sms"} and len(gateway.asked) == 4
    told = caplog.text + repr(error.value) + "".join(str(vars(record)) for record in caplog.records)
    assert not any(secret in told for secret in (*NUMBERS, "kanariefågel", "hemlig-nyckel"))


def test_a_message_that_is_refused_by_itself_does_not_hold_up_the_others(gateway: Gateway) -> None:
    gateway.plan = ["422", "200"]
    with pytest.raises(outbox.NotTaken, match="422"):
        reminders.send_due(EVE)
    assert len(gateway.sent) == 2 and Reminder.objects.count() == 1
    assert reminders.send_due(WEDNESDAY) == 0 and lines()[-1] == "reminder.drop"  # its day has passed


def test_an_answer_that_never_ends_is_an_answer(gateway: Gateway) -> None:
    gateway.plan = ["200,X=drip"]
    assert reminders.send_due(EVE) == 3 and len(gateway.asked) == 3


def test_nobody_there_loses_nothing(gateway: Gateway, settings) -> None:
    settings.REMINDER_OUTBOX = "http://127.0.0.1:9/sms"
    with pytest.raises(outbox.NotTaken, match="did not answer"):
        reminders.send_due(EVE)
    assert Reminder.objects.count() == 3 and lines() == []
