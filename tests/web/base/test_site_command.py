"""`klarsyn site`: what an operator does from the shell."""

import argparse
import getpass
import importlib
import subprocess
import sys
import threading

import pytest

from klarsyn.base.models import AuditEvent
from klarsyn.config import wsgi
from klarsyn.config.cli import site
from klarsyn.people.demo import DEMO_CAST
from klarsyn.people.models import User
from klarsyn.training import library
from tests.people import ground


def test_who_waits_for_a_process_waits_until_it_has_ended() -> None:
    loops = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    told = list[str]()
    threading.Timer(0.2, lambda: told.append("end") or loops.communicate(b"\n")).start()
    site.wait_for(loops.pid)
    assert told == ["end"]
    site.wait_for(0)


def words(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    site.add(parser.add_subparsers())
    return parser.parse_args(["site", *argv])


@pytest.fixture
def no_collecting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Records the commands that `prepare` calls; the edition has slow tests of its own in the report."""
    called: list[str] = []
    monkeypatch.setattr(site, "ensure_demo_edition", lambda **_: called.append("edition"))
    monkeypatch.setattr(site, "ensure_demo_others", lambda: called.append("others"))
    monkeypatch.setattr(site, "call_command", lambda name, **options: called.append(name))
    return called


def test_hugo_prepares_the_site_twice_and_nothing_doubles(db, home, settings, no_collecting) -> None:
    settings.STATIC_ROOT = home
    told, lines = [], []
    for _ in range(2):
        site.prepare(lambda label, done, total: told.append(f"{done}/{total} {label}"))
        lines.append(AuditEvent.objects.count())
    assert no_collecting == ["migrate", "collectstatic", "edition", "others", "migrate", "edition", "others"]
    assert User.objects.filter(is_demo=True).count() == len(DEMO_CAST)
    assert AuditEvent.objects.count() == lines[0] > 0
    assert [one.split(" ", 1)[1] for one in told[-5:-1]] == [
        "statistikens slingor",
        "exempelkommunens kartläggning",
        "påhittade frågor från kvällen",
        "påhittade grannkommuner",
    ]
    step, words = told[-1].split(" ", 1)
    assert words == "webbplatsen är klar" and len(set(step.split("/"))) == 1


def test_serving_before_preparing_says_what_to_do(home, settings, capsys) -> None:
    settings.STATIC_ROOT = home / "static"
    args = words("serve", "--port", "8099")
    assert args.run(args) == 1
    assert "Kör först: klarsyn site prepare" in capsys.readouterr().err


@pytest.mark.slow
def test_the_courses_are_read_before_the_first_request(home, settings) -> None:
    library._kept.clear()
    importlib.reload(wsgi)
    assert list(library._kept) == [(library.SHIPPED, settings.HOME / library.OWN)]


def test_serving_keeps_no_access_log_and_speaks_wsgi(db, home, settings, monkeypatch) -> None:
    settings.STATIC_ROOT = home
    (home / "staticfiles.json").write_text("{}")
    started: dict[str, object] = {}

    class Server:
        def __init__(self, target: str, **options: object) -> None:
            started.update(options, target=target)

        def serve(self) -> None:
            started["served"] = True

    monkeypatch.setattr(site, "Granian", Server)
    args = words("serve", "--port", "8099")
    assert args.run(args) == 0 and started["served"]
    assert (started["log_access"], started["workers"], started["port"]) == (False, 2, 8099)
    assert started["address"] == "127.0.0.1"


@pytest.mark.parametrize(("again", "code"), [("nordanvind-och-klar", 0), ("något helt annat", 1)])
def test_hugo_admits_a_person_who_types_the_password_twice(db, monkeypatch, capsys, again, code) -> None:
    ground()
    typed = iter(["nordanvind-och-klar", again])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    args = words("admit", "nils", "--name", "Nils Ek", "--role", "analyst")
    assert args.run(args) == code
    assert User.objects.filter(username="nils").exists() == (code == 0)
    assert ("kan logga in" in capsys.readouterr().out) == (code == 0)


def test_before_anything_is_prepared_nobody_is_admitted_and_the_operator_reads_why(
    db, home, settings, monkeypatch, capsys
) -> None:
    settings.KEYS = home / "keys"
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "nordanvind-och-klar")
    args = words("admit", "nils", "--name", "Nils Ek")
    assert args.run(args) == 1 and not User.objects.exists()
    assert "klarsyn site prepare" in capsys.readouterr().err


def test_preparing_makes_keys_once_and_says_what_to_move_off_the_machine(db, home, settings) -> None:
    settings.KEYS = home / "keys"
    site.ensure_keys()
    files = {path.name: path.read_bytes() for path in settings.KEYS.iterdir()}
    site.ensure_keys()
    assert {path.name: path.read_bytes() for path in settings.KEYS.iterdir()} == files
    assert set(files) == {"auditor.json", "log-signing.json", "pepper.json"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (settings.KEYS, *settings.KEYS.iterdir()))
    assert [name in line for name, line in zip(("auditor", "pepper"), site.to_move(), strict=True)] == [
        True
    ] * 2
    (settings.KEYS / "auditor.json").unlink()
    assert len(site.to_move()) == 1
