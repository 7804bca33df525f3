"""What can go wrong on the line, and what is said about it."""

from dataclasses import replace

import pytest

from klarsyn.sources.clients import Connection, Patience, scb_v2
from klarsyn.sources.clients.errors import (
    BadAddress,
    BadAnswer,
    Busy,
    FetchError,
    ServerFailed,
    Unreachable,
)

SMALL = {"Region": ["0680"], "ContentsCode": ["BE0101N1"], "Tid": ["top(2)"]}
PASSING = ["cut", "cut_silently", "drop", "500", "502", "503", "504", "429"]


def fetch(lines, folder, **patience):
    with lines.open("scb-v2", Patience(**{"connect": 2, "read": 5, "total": 10, **patience})) as connection:
        return scb_v2.fetch_table("TAB638", SMALL, connection=connection, folder=folder)


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_tried_again(lines, server, folder, fault):
    server.faults.order(fault, match="POST", times=3)
    assert len(fetch(lines, folder).observed) == 2
    assert server.count("POST") == 4


@pytest.mark.parametrize(
    ("fault", "kind", "named"),
    [
        ("cut", Unreachable, "svarar inte"),
        ("cut_silently", Unreachable, "avklippt"),
        ("drop", Unreachable, "svarar inte"),
        ("500", ServerFailed, "HTTP 500"),
        ("503", ServerFailed, "HTTP 503"),
        ("429", Busy, "HTTP 429"),
    ],
)
def test_a_fault_that_does_not_pass_is_given_up_after_four(lines, server, folder, fault, kind, named):
    server.faults.order(fault, match="POST", times=99)
    with pytest.raises(kind) as refused:
        fetch(lines, folder)
    assert named in str(refused.value)
    assert "sparade" in str(refused.value)
    assert server.count("POST") == 4


@pytest.mark.parametrize(
    ("fault", "kind", "named"),
    [
        ("type", BadAnswer, "application/octet-stream, inte JSON"),
        ("latin1", BadAnswer, "sägs vara utf-8, men byte"),
        ("html", ServerFailed, "webbsida"),
        ("html_as_json", ServerFailed, "webbsida"),
        ("nan", BadAnswer, "NaN"),
        ("away", BadAddress, "annan värd, localhost"),
        ("round", BadAnswer, "runt i en ring"),
        ("418", FetchError, "HTTP 418"),
        ("204", BadAnswer, "HTTP 204"),
    ],
)
def test_a_strange_answer_is_refused_at_once(lines, server, folder, fault, kind, named):
    server.faults.order(fault, match="POST", times=99)
    with pytest.raises(kind) as refused:
        fetch(lines, folder)
    assert named in str(refused.value)
    assert server.count("POST") == (4 if fault == "round" else 1)


def test_a_redirect_within_the_host_is_followed_and_kept_under_the_asked_address(lines, server, folder):
    server.faults.order("moved", match="POST")
    part = fetch(lines, folder).parts[0]
    assert "moved=1" not in part.address
    assert server.count("moved=1") == 1


def test_a_slow_answer_is_cut_short(lines, server, folder):
    server.slowness = 0.6
    server.faults.order("slow", match="POST")
    assert len(fetch(lines, folder, read=0.2).observed) == 2
    assert server.count("POST") == 2


def test_too_large_a_body_is_never_held(lines, server, folder):
    with pytest.raises(BadAnswer, match="mer än 3000 byte"):
        fetch(lines, folder, max_bytes=3000)


def test_retry_after_is_honoured_and_bounded(lines, server, folder):
    server.faults.headers = {"Retry-After": "37"}
    server.faults.order("429", match="POST")
    fetch(lines, folder)
    assert 37.0 in server.clock.slept
    server.faults.headers = {"Retry-After": "86400"}
    server.faults.order("503", match="POST")
    with pytest.raises(Busy, match="86400 sekunder"):
        fetch(lines, folder)


def test_retry_after_may_be_a_date(lines, server, folder):
    server.faults.headers = {"Retry-After": "Mon, 02 Mar 2026 08:00:50 GMT"}
    server.faults.order("429", match="POST")
    fetch(lines, folder)
    assert max(server.clock.slept) == pytest.approx(50, abs=1)


def test_429_without_a_word_waits_out_the_window(lines, server, folder):
    server.faults.order("429", match="POST")
    fetch(lines, folder)
    assert server.v2.window in server.clock.slept


def test_a_service_nobody_listens_at(lines, server, folder):
    lines.server.base = "http://127.0.0.1:9"
    with pytest.raises(Unreachable, match="Kontrollera nätet"):
        fetch(lines, folder)


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.org",
        "ftp://127.0.0.1",
        "https://a:b@example.org",
        "http://127.0.0.1.example.org",
        "x",
    ],
)
def test_only_https_outside_the_loopback(lines, address):
    with pytest.raises(BadAddress):
        Connection(replace(lines.service("scb-v2"), address=address))


def test_the_proxy_of_the_environment_is_used(lines, server, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", server.base)
    away = replace(lines.service("scb-v2"), address="https://statistics.example.org/api/v2")
    with Connection(away, lines.clock, Patience(attempts=1)) as connection, pytest.raises(Unreachable):
        scb_v2.configuration(connection)
    assert server.connects == ["statistics.example.org:443"]


@pytest.mark.parametrize("change", [{"cells": 0}, {"calls": "x"}, {"window": None}])
def test_a_configuration_without_limits_is_refused(lines, server, folder, change):
    for name, value in change.items():
        setattr(server.v2, name, value)
    with pytest.raises(BadAnswer, match="gränserna"):
        fetch(lines, folder)
