"""Production: refuses the demonstration's ways in, and its cookies are bound to the host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAY = """
import django, json
django.setup()
from django.conf import settings
from klarsyn.people import demo
from klarsyn.base.errors import Refused
try:
    demo.ensure_demo_cast()
    refused = ""
except Refused as sentence:
    refused = str(sentence)
names = ("SESSION_COOKIE_NAME", "KEY_COOKIE", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "DEMO")
print(json.dumps({"refused": refused, **{name: getattr(settings, name) for name in names}}))
"""


def production(tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    own = {"DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.production", "KLARSYN_HOME": str(tmp_path)}
    env = {**os.environ, **own, "KLARSYN_SECRET_KEY": "x" * 60, **more}
    return subprocess.run(
        [sys.executable, "-c", SAY], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"KLARSYN_DEMO": "1"}, "KLARSYN_DEMO is on"), ({"KLARSYN_SECRET_KEY": "kort"}, "50 random characters")],
)
def test_production_does_not_start_on_demo_values(tmp_path: Path, wrong: dict[str, str], says: str) -> None:
    done = production(tmp_path, **wrong)
    assert done.returncode != 0 and says in done.stderr


def test_in_production_every_cookie_is_bound_to_the_host_and_the_cast_is_refused(tmp_path: Path) -> None:
    done = production(tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    names = [found[name] for name in ("SESSION_COOKIE_NAME", "KEY_COOKIE", "CSRF_COOKIE_NAME")]
    assert names == ["__Host-session", "__Host-key", "__Host-csrf"]
    assert found["SESSION_COOKIE_SECURE"] is True and found["DEMO"] is False
    assert "Påhittade personer finns bara" in found["refused"]
