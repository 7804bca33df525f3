"""Two who write in one case at once, each with a connection of their own, on a database that is a file or a server.

python -m tests.force.races          # SQLite, or the PostgreSQL that DATABASE_URL names; prints what it saw
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

HOME = Path(tempfile.mkdtemp(prefix="klarsyn-races-")) / "home"
HOME.mkdir()
os.environ["KLARSYN_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(HOME), "tests.force.settings"
if "DATABASE_URL" in os.environ:
    os.environ["KLARSYN_FORCE_DATABASE"] = f"races_{os.getpid()}"

import django  # noqa: E402  the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402  after setup
from django.db import connection, connections, transaction  # noqa: E402

from klarsyn.base import rows  # noqa: E402
from klarsyn.cases import access, caseload  # noqa: E402
from klarsyn.cases.models import Case  # noqa: E402
from klarsyn.cases.writing import Late  # noqa: E402
from klarsyn.people.models import User  # noqa: E402
from tests.force.crash import state, world  # noqa: E402
from tests.force.races import decisions, surveys  # noqa: E402

DAY, ROUNDS = date(2026, 1, 1), 6


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave back, or the error it met."""
    start, seen = Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            seen.append(act())
        except Exception as error:
            seen.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return seen


class Race:
    """Alva in two windows, in one case."""

    def __init__(self, made: world.World) -> None:
        self.alva, self.keys = User.objects.get(username="alva"), made.keys["alva"]
        self.case = access.open_case(self.alva, self.keys, made.mika, summary="Samtal")

    def words(self, text: str) -> dict[str, object]:
        return {"kind": "note", "data": {"type": "VISIT", "text": text}, "event_day": DAY}

    def note(self) -> UUID:
        return access.write_entry(self.alva, self.keys, self.case, **self.words("först"))

    def revise(self, note: UUID, text: str) -> Callable[[], object]:
        return lambda: access.revise_entry(
            self.alva, self.keys, self.case, note, revision=1, **self.words(text)
        )

    def kept(self, note: UUID) -> str:
        shown = access.read_case(self.alva, self.keys, self.case, purpose="prov")
        return next(f"{r.state} {r.text}" for r in shown.records if r.id == note)

    def two_changes(self) -> str:
        note = self.note()
        seen = at_once(self.revise(note, "ena"), self.revise(note, "andra"))
        late = [one for one in seen if isinstance(one, Late)]
        if len(late) != 1 or 2 not in seen:
            return f"{seen}"
        texts = {late[0].stands.data["text"], late[0].offered.data["text"] if late[0].offered else ""}
        is_kept = self.kept(note) == f"working {late[0].stands.data['text']}"
        return "one won" if texts == {"ena", "andra"} and is_kept else f"{texts} {self.kept(note)}"

    def lock_and_change(self) -> str:
        note = self.note()
        lock = lambda: access.lock_entry(self.alva, self.keys, self.case, note, revision=1)  # noqa: E731
        seen = at_once(lock, self.revise(note, "andra"))
        is_one = sum(isinstance(one, Late) for one in seen) == 1 and len(seen) == 2
        is_kept = self.kept(note) in {"locked först", "working andra"}
        return "one won" if is_one and is_kept else f"{seen} {self.kept(note)}"

    def tasks(self) -> str:
        def add(text: str) -> Callable[[], object]:
            return lambda: caseload.add_task(self.alva, self.keys, self.case, text=text, due=DAY)

        at_once(*(add(f"nr {n}") for n in range(4)))
        shown = access.read_case(self.alva, self.keys, self.case, purpose="prov")
        held = sorted(task.text for task in shown.card.tasks)
        for task in shown.card.tasks:
            caseload.finish_task(self.alva, self.keys, self.case, task=task.id)
        return "none lost" if held == [f"nr {n}" for n in range(4)] else f"{held}"

    def read_while_written(self) -> str:
        """Who holds the writer's place keeps nobody from reading."""
        with transaction.atomic():
            seen = at_once(lambda: access.readable(self.alva, self.case).id)
        return "not waited" if seen == [self.case] else f"{seen}"

    def write_in_reading(self) -> str:
        def erase() -> None:
            with rows.of_teams(self.alva.team_ids, is_reading=True):
                Case.objects.filter(pk=self.case).delete()

        seen = at_once(erase)
        return "refused" if isinstance(seen[0], rows.Writes) else f"{seen}"


def main() -> None:
    state.begin()
    call_command("migrate", verbosity=0)
    made = world.make(HOME)
    race, two, asked = Race(made), decisions.Decisions(made, at_once), surveys.Surveys(made, at_once)
    seen = {
        act.__name__: [act() for _ in range(ROUNDS)]
        for act in (
            race.two_changes, race.lock_and_change, race.tasks, two.two_heads, two.two_movers, two.two_locks,
            asked.same_code, asked.close_while_answering, asked.two_trainers,
        )
    }  # fmt: skip
    seen |= {name: [getattr(race, name)()] for name in ("read_while_written", "write_in_reading")}
    connections.close_all()
    state.end(HOME)
    shutil.rmtree(HOME.parent)
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main()
