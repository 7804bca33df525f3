"""Several processes send the same concern report in the same moment; prints what each was told as JSON.

Run by itself on an empty database: `DATABASE_URL`, `KLARSYN_HOME`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "klarsyn.config.settings.test"
django.setup()

# ruff: noqa: E402  the settings come first
from django.core.management import call_command
from django.db import connections

from klarsyn.base import rows
from klarsyn.base.audit.recording import open_log
from klarsyn.base.models import AuditEvent
from klarsyn.concerns.models import ConcernReport, ReportDraft
from klarsyn.concerns.report import codes, sending
from klarsyn.people.keys import pepper_file
from tests.unit.concerns.reports import TEACHER, receiving

SENDERS, ROUNDS = 3, 5


def send(start, told) -> None:
    """One sender: the same codes as the others, each at the same moment."""
    for code in CODES:
        start.wait()
        told.put((code.digits, str(sending.send(code, TEACHER))))


def race() -> dict[str, object]:
    start, told = multiprocessing.Barrier(SENDERS), multiprocessing.Queue()
    connections.close_all()
    senders = [multiprocessing.Process(target=send, args=(start, told)) for _ in range(SENDERS)]
    for one in senders:
        one.start()
    outcomes = sorted(told.get(timeout=60) for _ in range(SENDERS * ROUNDS))
    for one in senders:
        one.join()
    with rows.of_teams([TEAM.pk]):
        sent = ConcernReport.objects.count()
    with rows.of_code([tag for code in CODES for tag in codes.tags(code)]):
        drafts = ReportDraft.objects.count()
    lines = AuditEvent.objects.filter(action="concern.send").count()
    failed = [one.exitcode for one in senders if one.exitcode]
    return {"outcomes": outcomes, "sent": sent, "drafts": drafts, "lines": lines, "failed": failed}


if __name__ == "__main__":
    call_command("migrate", verbosity=0, interactive=False)
    open_log()
    pepper_file.ensure()
    TEAM = receiving().team
    CODES = [codes.new() for _ in range(ROUNDS)]
    for one in CODES:
        sending.save(one, TEACHER)
    json.dump(race(), sys.stdout)
