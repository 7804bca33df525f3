"""The log for the data protection officer, and its words for whoever keeps the municipality's diary."""

from __future__ import annotations

import base64
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.audit.words import words_of
from klarsyn.base.models import AuditCheckpoint, AuditDetail, AuditEvent
from klarsyn.people import log_lines
from klarsyn.people.entering import STEPPED_UP
from klarsyn.people.models import Team
from klarsyn.people.views import log
from tests.people import person

LOG, WORDS, EXPORT = "/personal/logg/", "/personal/logg/veckans-ord/", "/personal/logg/export/"


def _act(by: str, action: str = "case.read", **more) -> AuditEvent:
    with transaction.atomic():
        return record(action=action, by=person(by).pseudonym, **more)


def test_ines_reads_who_did_what_with_names_that_the_log_itself_does_not_hold(visit) -> None:
    ines = visit("ines")
    team = Team.objects.get(kind="mika")
    _act("alva", object="4b2f", team="mika", detail=Detail("möte i dag", {}))
    _act(
        "greta", "role.give", object=f"{person('bo').pseudonym} kast_counsellor/{team.id}", outcome="refused"
    )
    page = ines.get(LOG).content.decode()
    for words in (
        "Alva Demo",
        "ärende läst",
        "4b2f",
        "förseglad",
        "Bo Demo Samtalsstödjare, KAST, Mika-mottagningen",
        "nekat",
    ):
        assert words in page
    assert "möte i dag" not in page and person("alva").pseudonym not in page.partition("<tbody>")[2]
    AuditDetail.objects.update(wraps={})
    assert "raderad" in ines.get(LOG).content.decode()


def test_each_choice_narrows_the_lines(visit) -> None:
    ines = visit("ines")
    _act("alva", object="4b2f", team="mika")
    _act("bo", "case.write", object="77aa", team="kast", day_only=True)
    _act("bo", "sign_in.password", outcome="refused")
    who = person("bo").pseudonym
    for asked, seen, hidden in (
        ({"group": "case."}, "77aa", "lösenord prövat"), ({"who": who}, "77aa", "4b2f"),
        ({"team": "mika"}, "4b2f", "77aa"), ({"outcome": "refused"}, "lösenord prövat", "77aa"),
        ({"about": "4b2"}, "4b2f", "77aa"), ({"until": "2001-01-01"}, "Inga rader här", "4b2f"),
        ({"since": "2001-01-01", "group": "case."}, "4b2f", "lösenord prövat"),
    ):  # fmt: skip
        table = (
            ines.get(LOG, asked).content.decode().partition("<h2>Kontrollera")[0].rpartition("</details>")[2]
        )
        assert seen in table and hidden not in table, asked
    assert ines.get(LOG, {"since": "i går", "before": "x"}).status_code == 200


def test_older_lines_follow_and_keep_the_choice(visit, monkeypatch, django_assert_max_num_queries) -> None:
    monkeypatch.setattr(log_lines, "PAGE", 2)
    ines = visit("ines")
    for number in range(5):
        _act("alva", object=f"nr-{number}")
    first = ines.get(LOG, {"group": "case."})
    assert "nr-4" in first.content.decode() and "nr-2" not in first.content.decode()
    older = ines.get(LOG + first.context["older"]).content.decode()
    assert "nr-2" in older and "nr-4" not in older and "Till de nyaste" in older
    with django_assert_max_num_queries(12):
        ines.get(LOG)


def test_the_export_passes_the_file_that_checks_it_and_leaves_a_line(visit, tmp_path: Path) -> None:
    ines = visit("ines")
    _act("alva", object="4b2f", detail=Detail("möte i dag", {}))
    answer = ines.post(EXPORT)
    body = b"".join(answer.streaming_content)
    (tmp_path / "log.jsonl").write_bytes(body)
    (tmp_path / "check.py").write_bytes(b"".join(ines.get(LOG + "klarsyn_verify.py").streaming_content))
    ran = subprocess.run(
        [sys.executable, "check.py", "log.jsonl"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0 and ran.stdout.startswith("whole:"), ran.stderr
    assert b"log.export" in body and "möte i dag".encode() not in body
    assert answer["Content-Type"] == "application/x-ndjson" and "attachment" in answer["Content-Disposition"]


def test_the_export_asks_again_who_it_is(visit) -> None:
    ines = visit("ines")
    session = ines.session
    session[STEPPED_UP] = 0
    session.save()
    assert "bekrafta" in ines.post(EXPORT)["Location"]
    assert not AuditEvent.objects.filter(action="log.export").exists()


def test_lars_signs_the_log_and_reads_the_words_but_not_the_log(visit) -> None:
    lars = visit("lars")
    assert "Veckans ord finns inte än" in lars.get(WORDS).content.decode()
    assert lars.post(WORDS).status_code == 302
    mark, page = AuditCheckpoint.objects.last(), lars.get(WORDS).content.decode()
    assert mark is not None and mark.size == AuditEvent.objects.count()
    assert AuditEvent.objects.last().action == "log.sign"
    assert words_of(bytes.fromhex(mark.root)) in page and "finns inte än" not in page
    picture = page.partition("data:image/svg+xml;base64,")[2].partition('"')[0]
    assert base64.b64decode(picture).lstrip().startswith(b"<?xml")
    for answer in (lars.get(LOG), lars.post(EXPORT), lars.get(LOG + "klarsyn_verify.py")):
        assert answer.status_code == 404


def test_the_words_are_missing_again_when_a_week_has_gone(visit, monkeypatch) -> None:
    lars = visit("lars")
    lars.post(WORDS)
    assert "finns inte än" not in lars.get(WORDS).content.decode()
    later = timezone.localdate() + timedelta(days=7)
    monkeypatch.setattr(log.timezone, "localdate", lambda: later)
    assert "finns inte än" in lars.get(WORDS).content.decode()


@pytest.mark.parametrize("name", ["alva", "bo", "greta", "disa", "hugo", "jonas"])
def test_nobody_else_reads_the_log_or_its_words(visit, name: str) -> None:
    other = visit(name)
    for answer in (other.get(LOG), other.get(WORDS), other.post(WORDS), other.post(EXPORT)):
        assert answer.status_code == 404
