"""Nothing in the site breaks our own security rules, bandit or Django's deployment check; a planted break is found."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, short, tracked
from tests.architecture.security_rules import NO_LOGGING, RULES, nodes_of

SITE = tracked("klarsyn/**/*.py")
# Every exception by file and rule, with its reason.
REVIEWED = {
    ("klarsyn/base/templatetags/house.py", "no markup past the escaping"),  # rendered templates, own icons
    ("klarsyn/report/templatetags/report.py", "no markup past the escaping"),  # escaped in the line above
    (
        "klarsyn/training/packages/content.py",
        "no markup past the escaping",
    ),  # a course's Markdown, whose reader lets no HTML through
    ("klarsyn/training/templatetags/training.py", "no markup past the escaping"),  # the Markdown reader's
    ("klarsyn/plan/wheel/drawing.py", "no markup past the escaping"),  # own numbers; its words are escaped
    (
        "klarsyn/plan/indicators/drawing.py",
        "no markup past the escaping",
    ),  # an empty picture; the rest is escaped
    ("klarsyn/plan/indicators/words.py", "no markup past the escaping"),  # says that it holds the picture
    ("klarsyn/people/views/outside.py", "no form without its proof of origin"),  # signed by the other site
    ("klarsyn/report/api/views.py", "no form without its proof of origin"),  # nothing is written; it says 405
    (
        "klarsyn/cases/rekeying.py",
        "no statement put together from pieces",
    ),  # names of our own columns, quoted
    (
        "klarsyn/config/owner.py",
        "no statement put together from pieces",
    ),  # a role's name, as psycopg's identifier
    (
        "klarsyn/base/audit/klarsyn_verify.py",
        "no comparison that tells how far a guess got",
    ),  # offline, no one guesses
    (
        "klarsyn/config/cli/people.py",
        "no comparison that tells how far a guess got",
    ),  # typed twice by one person
    ("klarsyn/people/breached.py", "no weak hash"),  # as the list of leaked passwords is published
    (
        "klarsyn/cases/policy.py",
        "no chance that can be guessed",
    ),  # the type alone; the caller brings SystemRandom
    ("klarsyn/base/front.py", "no error swallowed"),  # a broken card leaves the emergency numbers standing
    ("klarsyn/contact/demo_year.py", "no chance that can be guessed"),  # as the receptions' year
    ("klarsyn/training/coverage/demo.py", "no chance that can be guessed"),  # the same
    ("klarsyn/training/attitudes/demo.py", "no chance that can be guessed"),  # as the receptions' year
    ("klarsyn/receptions/demo_year.py", "no chance that can be guessed"),  # invented, and the same each time
    ("klarsyn/concerns/observations/demo.py", "no chance that can be guessed"),  # as the receptions' year
    ("klarsyn/plan/police/demo.py", "no chance that can be guessed"),  # as the receptions' year
    ("klarsyn/base/migrations/0001_audit.py", "no statement put together from pieces"),  # constants
    ("klarsyn/cases/migrations/0003_rows_of_teams.py", "no statement put together from pieces"),  # constants
    ("klarsyn/cases/migrations/0006_disposal.py", "no statement put together from pieces"),  # constants
    (
        "klarsyn/cases/migrations/0010_rows_of_request_counts.py",
        "no statement put together from pieces",
    ),  # constants
    (
        "klarsyn/receptions/migrations/0004_rows_of_teams.py",
        "no statement put together from pieces",
    ),  # constants
    (
        "klarsyn/contact/migrations/0002_rows_of_codes.py",
        "no statement put together from pieces",
    ),  # constants
    (
        "klarsyn/contact/migrations/0004_rows_of_times.py",
        "no statement put together from pieces",
    ),  # constants
    (
        "klarsyn/concerns/migrations/0002_rows_of_reports.py",
        "no statement put together from pieces",
    ),  # constants
}
# What bandit says besides, by file and its rule. B101: assert is for mypy, and never a guard.
BANDIT = {
    ("klarsyn/training/packages/cmi5.py", "B405"),  # writes XML, reads none
    ("klarsyn/training/packages/scorm12.py", "B405"),
    ("klarsyn/plan/public/feed.py", "B405"),  # the same
    ("klarsyn/base/templatetags/house.py", "B308"), ("klarsyn/base/templatetags/house.py", "B703"),
    ("klarsyn/report/templatetags/report.py", "B308"), ("klarsyn/report/templatetags/report.py", "B703"),
    ("klarsyn/plan/wheel/drawing.py", "B308"), ("klarsyn/plan/wheel/drawing.py", "B703"),  # own numbers; its words are escaped
    ("klarsyn/training/templatetags/training.py", "B308"), ("klarsyn/training/templatetags/training.py", "B703"),
    ("klarsyn/cases/rekeying.py", "B608"),
    ("klarsyn/concerns/migrations/0002_rows_of_reports.py", "B608"),  # constants
    ("klarsyn/config/backup.py", "B404"), ("klarsyn/config/backup.py", "B603"),  # pg_dump, a fixed list of words
    ("klarsyn/contact/files/cleaning.py", "B404"), ("klarsyn/contact/files/cleaning.py", "B603"),  # our own script
    ("klarsyn/config/backup.py", "B105"), ("klarsyn/people/models/keys.py", "B105"),  # names, not passwords
    ("klarsyn/config/settings/test.py", "B105"),
    ("klarsyn/contact/demo_year.py", "B311"),
    ("klarsyn/training/attitudes/demo.py", "B311"),
    ("klarsyn/receptions/demo_year.py", "B311"),
    ("klarsyn/concerns/observations/demo.py", "B311"),
    ("klarsyn/plan/police/demo.py", "B311"),
    ("klarsyn/training/coverage/demo.py", "B311"), ("klarsyn/training/packages/content.py", "B308"),
    ("klarsyn/training/packages/content.py", "B703"),
    ("klarsyn/report/opendata/dcat.py", "B405"),  # writes XML, reads none
}  # fmt: skip
PLANTED = {
    "no markup past the escaping": "x = mark_safe(text)",
    "no form without its proof of origin": "@csrf_exempt\ndef view(request): ...",
    "no form made of a model": "class Form(forms.ModelForm): ...",
    "no statement put together from pieces": "cursor.execute(f'SELECT {x}')",
    "no comparison that tells how far a guess got": "if wrap.verifier == given: ...",
    "no chance that can be guessed": "from random import choice",
    "no bytes that run": "import pickle",
    "no text that runs": "os.system('x')",
    "no weak hash": "hashlib.sha1(x)",
    "no redirect to what the request says": "redirect(request.GET['next'])",
    "no unchecked peer and no shell": "httpx.get(x, verify=False)",
    "no error swallowed": "try: ...\nexcept Exception: pass",
}
# Charts: SVG that report/figures writes and escapes itself.
CHARTS = {
    f"klarsyn/report/templates/report/{name}"
    for name in ("_first.html", "_picture.html", "_compared.html", "slides/_slide.html")
}
WRITES = {
    "klarsyn/people/outside/arriving.py"
}  # why another site's answer was not believed; nothing of a person
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq")


@pytest.mark.parametrize("rule", RULES)
def test_a_planted_break_is_found(rule: str) -> None:
    assert list(RULES[rule](nodes_of(PLANTED[rule])))


def test_the_site_breaks_no_rule_of_ours() -> None:
    broken: set[tuple[str, str]] = set()
    for path in SITE:
        nodes = nodes_of(path.read_text(encoding="utf-8"))
        broken |= {(short(path), rule) for rule, breaks in RULES.items() if any(breaks(nodes))}
    assert broken == REVIEWED


def test_no_template_lets_markup_through() -> None:
    assert UNESCAPED.search("{{ x|safe }}") and UNESCAPED.search("{% autoescape off %}")
    shown = [p for p in tracked("klarsyn/**/*.html") if UNESCAPED.search(p.read_text(encoding="utf-8"))]
    assert {short(p) for p in shown} == CHARTS


def test_where_keys_and_clients_are_nothing_is_written_but_the_log() -> None:
    assert list(NO_LOGGING(nodes_of("import logging")))
    rooms = (
        "klarsyn/base/vault/",
        "klarsyn/base/audit/",
        "klarsyn/people/",
        "klarsyn/cases/",
        "klarsyn/contact/",
        "klarsyn/concerns/",
    )
    inside = [p for p in SITE if short(p).startswith(rooms)]
    assert len(inside) > 40
    assert {short(p) for p in inside if list(NO_LOGGING(nodes_of(p.read_text(encoding="utf-8"))))} == WRITES


@pytest.mark.slow
def test_bandit_finds_nothing_that_was_not_reviewed() -> None:
    words = [sys.executable, "-m", "bandit", "-q", "-r", "klarsyn", "-f", "json", "--skip", "B101"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["errors"] == [] and found["metrics"]["_totals"]["loc"] > 5000
    assert {(Path(one["filename"]).as_posix(), one["test_id"]) for one in found["results"]} == BANDIT


@pytest.mark.slow
@pytest.mark.parametrize("key", [secrets.token_urlsafe(60), "x" * 60], ids=["right", "weak key"])
def test_djangos_own_check_of_the_deployment_finds_nothing(tmp_path: Path, key: str) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.production", "KLARSYN_HOME": str(tmp_path)}
    env = {**os.environ, **own, "KLARSYN_SECRET_KEY": key, "KLARSYN_HOSTS": "klarsyn.example"}
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests of the same run set it
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (key != "x" * 60), done.stderr
    assert ("security.W009" in done.stderr) == (key == "x" * 60)
