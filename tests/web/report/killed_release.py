"""Kills a release at every step and says what was left; run as a process of its own with its own data folder."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "klarsyn.config.settings.test"
django.setup()

from django.conf import settings  # noqa: E402  after setup
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from klarsyn.mapping import ledger  # noqa: E402
from klarsyn.report import actions, render, store  # noqa: E402
from klarsyn.report.models import Edition  # noqa: E402
from klarsyn.report.policy import State  # noqa: E402
from tests.people import person  # noqa: E402
from tests.web.report.test_protected_release import approved  # noqa: E402

settings.HOME = HOME = Path(sys.argv[1])
TOUCHED = ("os.rename", "os.remove", "os.mkdir", "shutil.rmtree")


def in_child(deed: Callable[[], object], step: int) -> bool:
    """Whether `deed` got to its end in a child that dies at its `step`th change of a file; -1: it lives."""
    connections.close_all()
    child = os.fork()
    if child:
        return not os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = [step]

    def touched(event: str, args: tuple[object, ...]) -> None:
        is_written = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in TOUCHED or is_written) and str(HOME) in str(args[0]) and step >= 0:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touched)
    deed()
    connections.close_all()
    os._exit(0)


def release() -> None:
    actions.release(edition=Edition.objects.get(), by=person("greta"))


def found() -> dict[str, object]:
    """What a reader and the ledger see now."""
    edition = Edition.objects.get()
    lines = len(ledger.text().splitlines())
    is_released = edition.status is State.RELEASED
    has_files = store.read(edition.slug) is not None
    connections.close_all()
    return {"lines": lines, "is_released": is_released, "has_files": has_files}


def main() -> None:
    render.ARTEFACTS.clear()
    HOME.mkdir()
    call_command("migrate", verbosity=0, interactive=False)
    approved(HOME)
    connections.close_all()
    kept = HOME.with_name(HOME.name + "-kept")
    shutil.copytree(HOME, kept)
    outcomes = []
    every = 1 if os.environ.get("KLARSYN_FORCE") == "all" else 3  # a step is a whole release, and again
    for step in range(0, 200, every):
        is_done = in_child(release, step)
        left = found()
        again = None
        if not left["is_released"]:
            in_child(release, -1)
            again = found()
        outcomes.append({"is_done": is_done, "left": left, "again": again})
        if is_done:
            break
        shutil.rmtree(HOME)
        shutil.copytree(kept, HOME)
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main()
