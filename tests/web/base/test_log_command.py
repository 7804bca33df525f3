"""The log on the shell: words for the diary, an export, and the file that checks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from klarsyn.base.audit.recording import Detail, open_log, record
from klarsyn.base.models import AuditHead
from klarsyn.config.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings) -> None:
    settings.KEYS = tmp_path / "keys"
    AuditHead.objects.all().delete()


def test_hugo_exports_the_log_and_anyone_checks_it(tmp_path: Path, capsys) -> None:
    open_log()
    with transaction.atomic():
        for i in range(5):
            record(action="report.vote", by=f"p-{i}", object="edition-1")
    assert main(["log", "words", "--qr", str(tmp_path / "week.svg")]) == 0
    day, size, *words = capsys.readouterr().out.splitlines()[0].split()
    assert (
        size == "5" and len(words) == 12 and len(day) == 10 and "<svg" in (tmp_path / "week.svg").read_text()
    )
    assert main(["log", "export", str(tmp_path / "log.jsonl")]) == 0
    capsys.readouterr()
    assert main(["log", "first-key", "--auditor", str(tmp_path / "keys" / "auditor.json")]) == 0
    key = capsys.readouterr().out.strip()
    asked = ["--words", " ".join(words), "--size", "5", "--first-key", key]
    command = [sys.executable, "-I", tmp_path / "klarsyn_verify.py", tmp_path / "log.jsonl", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "MACs checked" in done.stdout and "diary fits" in done.stdout
    text = (tmp_path / "log.jsonl").read_text().replace("p-3", "p-4")
    (tmp_path / "log.jsonl").write_text(text)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "BROKEN line 5" in done.stderr


def test_a_log_that_was_never_opened_says_what_to_do(capsys) -> None:
    assert main(["log", "words"]) == 1
    assert "klarsyn site prepare" in capsys.readouterr().err


def test_a_reason_opens_with_the_auditors_file_and_no_other(tmp_path: Path, capsys) -> None:
    open_log()
    with transaction.atomic():
        line = record(action="case.read", by="p-1", object="4b2f", detail=Detail("möte i dag", {}))
        bare = record(action="case.read", by="p-1", object="4b2f")
    key = ["--auditor", str(tmp_path / "keys" / "auditor.json")]
    assert main(["log", "reason", str(line.sequence), *key]) == 0
    assert capsys.readouterr().out.strip() == "möte i dag"
    for number in (bare.sequence, 99):
        assert main(["log", "reason", str(number), *key]) == 1
    assert main(["log", "reason", str(line.sequence), "--auditor", str(tmp_path / "none.json")]) == 1
    assert "möte" not in capsys.readouterr().out
