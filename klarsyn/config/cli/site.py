"""`klarsyn site`: make the site ready, serve it, admit a member of staff."""

import argparse
import hashlib
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces

from klarsyn.base.audit import logkeys
from klarsyn.base.audit.recording import NotLogged, open_log
from klarsyn.base.errors import Refused
from klarsyn.base.municipality import municipality
from klarsyn.base.progress import Progress, on_terminal, silent
from klarsyn.base.vault import NotReady
from klarsyn.cases.demo import ensure_demo_cases
from klarsyn.concerns.demo import ensure_demo_reports
from klarsyn.concerns.events.demo import ensure_demo_events
from klarsyn.concerns.observations.demo import ensure_demo_observations
from klarsyn.config import backup, owner
from klarsyn.config.cli.people import ask_password
from klarsyn.config.door import WAITING
from klarsyn.contact.demo import ensure_demo_contacts
from klarsyn.contact.demo_times import ensure_demo_times
from klarsyn.contact.demo_year import ensure_demo_counts
from klarsyn.people.actions import admit_person
from klarsyn.people.demo import ensure_demo_cast
from klarsyn.people.keys import pepper_file
from klarsyn.people.roles import BY_KEY
from klarsyn.plan.demo_year import ensure_demo_year_wheel
from klarsyn.plan.motions.demo import ensure_demo_plan
from klarsyn.plan.police.demo import ensure_demo_cooperation
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.demo_year import ensure_demo_year
from klarsyn.report.demo import ensure_demo_edition
from klarsyn.report.evening.demo import ensure_demo_questions
from klarsyn.report.others.demo import ensure_demo_others
from klarsyn.report.signing import keys as publishing
from klarsyn.report.signing_later import sign_what_is_not
from klarsyn.sources.actions import load_snapshot
from klarsyn.training.attitudes.demo import ensure_demo_attitudes
from klarsyn.training.coverage.demo import ensure_demo_units

if TYPE_CHECKING:
    Words = argparse._SubParsersAction[argparse.ArgumentParser]

WORKERS = 2
STOPPING = 10  # seconds for what is being answered; a worker that does not stop by then is ended
BY = "klarsyn site prepare"
Stage = tuple[str, Callable[[], object]]


def add(subparsers: "Words") -> None:
    """The words `site prepare`, `site serve` and `site admit`."""
    site = subparsers.add_parser("site", help="make the site ready, serve it, admit staff")
    words = site.add_subparsers(title="commands", required=True, metavar="COMMAND")
    ready = words.add_parser(
        "prepare", help="database, bundled figures, demonstration, static files; repeatable"
    )
    ready.add_argument(
        "--first", action="store_true", help="without the invented example, which takes a while"
    )
    ready.add_argument(
        "--after", type=int, default=0, metavar="PID", help="make no edition before this process has ended"
    )
    ready.set_defaults(run=run_prepare)
    serving = words.add_parser("serve", help="serve on this machine until Ctrl-C")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--open", action="store_true", help="also open the site in this desktop's browser")
    serving.set_defaults(run=run_serve)
    admit = words.add_parser("admit", help="make an account; asks for the password")
    admit.add_argument("username")
    admit.add_argument("--name", required=True)
    admit.add_argument("--email", default="")
    admit.add_argument("--role", action="append", default=[], choices=sorted(BY_KEY))
    admit.set_defaults(run=run_admit)


def prepare(progress: Progress = silent, *, first: bool = False, after: int = 0) -> None:
    """Bring everything the site stands on up to date. Doing it again changes nothing.

    `first`: only what the first page needs; the invented example, whose figures are attacked before it is
    released, may then be made while the site is already served. `after`: a process that compiles the loops
    of the statistics meanwhile; the edition, which needs them, is made when it has ended.
    """
    municipality()  # refuses to start on a colour nobody can read
    settings.HOME.mkdir(parents=True, exist_ok=True)
    stages = _ground(progress)
    if settings.DEMO:  # after the files, whose hashed names the edition's pages hold
        stages += demonstration(progress, first=first, after=after)
    for done, (label, stage) in enumerate(stages):
        progress(label, done, len(stages))
        stage()
    progress("webbplatsen är klar", len(stages), len(stages))


def _ground(progress: Progress) -> list[Stage]:
    """What every site stands on, demonstration or not."""
    return [
        ("databasens roller", owner.make_site),
        ("databas", migrate),
        ("nycklar och logg", ensure_keys),
        ("en avbruten återläsning", backup.finish_if_broken_off),
        ("medföljande statistik", lambda: load_snapshot(by=BY, progress=progress)),
        ("filer till sidorna", collect_static),
        ("signaturer på öppna data", sign_open_data),
    ]


def demonstration(progress: Progress = silent, *, first: bool = False, after: int = 0) -> list[Stage]:
    """The invented municipality, in the order in which one thing needs another."""
    beside = [] if first else [("påhittade grannkommuner", ensure_demo_others)]  # of the invented example
    return [
        ("påhittade personer", ensure_demo_cast),
        ("påhittade mottagningar", ensure_demo_receptions),
        ("påhittade evenemang", ensure_demo_events),
        ("påhittat år", ensure_demo_year),  # its outreach is counted in weeks with an event
        ("påhittade månader", ensure_demo_counts),
        ("påhittade ärenden", ensure_demo_cases),
        ("påhittade kontakter", ensure_demo_contacts),
        ("påhittade tider och kort", ensure_demo_times),
        ("påhittade enheter", ensure_demo_units),
        ("påhittade mätningar", ensure_demo_attitudes),
        ("påhittade tecken", ensure_demo_observations),
        ("påhittade orosanmälningar", ensure_demo_reports),
        ("påhittad plan", ensure_demo_plan),
        ("påhittat år för planen", ensure_demo_year_wheel),
        ("påhittat samarbete", ensure_demo_cooperation),
        ("statistikens slingor", lambda: wait_for(after)),
        (
            "exempelkommunens kartläggning",
            lambda: ensure_demo_edition(progress=progress, example=not first),
        ),
        ("påhittade frågor från kvällen", ensure_demo_questions),
        *beside,
    ]


def wait_for(process: int) -> None:
    """Until that process has ended, however it did; 0 = at once."""
    with suppress(OSError):  # it is there no more
        while process:
            os.kill(process, 0)  # asks whether it is there
            time.sleep(0.1)


def migrate() -> None:
    """Bring the tables up to date, as their owner, and let the site's own role at the new ones."""
    call_command("migrate", database=owner.alias(), verbosity=0, interactive=False)
    owner.grant_site()


def ensure_keys() -> None:
    """The folder of keys, the pepper and an open log. What is there already stays as it is."""
    settings.KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    pepper_file.ensure()
    open_log()


def sign_open_data() -> None:
    """The publishing key, and a signature on what was released before there was one."""
    today = timezone.localdate()
    publishing.ensure(on=today)
    sign_what_is_not(on=today)


def to_move() -> tuple[str, ...]:
    """What lies on the machine after preparing and must not stay there alone, one sentence each."""
    auditor = settings.KEYS / logkeys.AUDITOR
    told = []
    if auditor.exists():
        told.append(
            f"{auditor}: revisorns nyckel till loggen. Lägg den på ett minne som revisorn förvarar, "
            "och ta bort filen här."
        )
    told.append(
        f"{pepper_file.path()}: utan den öppnar inget lösenord något. Skriv av den till ett förseglat "
        "kuvert; säkerhetskopian innehåller den inte."
    )
    if publishing.path().exists():
        told.append(
            f"{publishing.path()}: nyckeln som signerar kommunens öppna data. Lägg en kopia i det "
            "förseglade kuvertet; säkerhetskopian innehåller den inte."
        )
    return tuple(told)


def collect_static() -> bool:
    """Gather and compress the static files, unless nothing has changed since the last time. True = done."""
    mark = settings.STATIC_ROOT / "collected-from"
    state = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            state.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    if mark.exists() and mark.read_text() == state.hexdigest():
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(state.hexdigest())
    return True


def run_prepare(args: argparse.Namespace) -> int:
    try:
        prepare(on_terminal, first=args.first, after=args.after)
    except (Refused, NotReady) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for line in (*owner.told(), *(() if settings.DEMO else to_move())):
        print(line, file=sys.stderr)
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Granian over WSGI. It writes no line per request, so nobody's address is kept."""
    address = f"http://{args.host}:{args.port}/"
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        print("Kör först: klarsyn site prepare. Inget är startat.", file=sys.stderr)
        return 1
    backup.finish_if_broken_off()
    print(f"Klarsyn: {address} – avsluta med Ctrl-C", file=sys.stderr)
    if args.open and _has_desktop():
        threading.Timer(1.5, webbrowser.open, (address,)).start()
    server = Granian(
        "klarsyn.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=WAITING,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING,
    )
    server.serve()
    return 0


def run_admit(args: argparse.Namespace) -> int:
    try:
        password = ask_password()
        user = admit_person(
            username=args.username, name=args.name, email=args.email, roles=args.role, password=password
        )
    except (Refused, NotReady, NotLogged) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(f"{user.name} kan logga in som {user.username}.")
    return 0


def _has_desktop() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
