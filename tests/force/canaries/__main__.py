"""Feed every field, plant a control in every sink, search every byte.

    python -m tests.force.canaries [--json]
    python -m tests.postgres python -m tests.force.canaries

Ends with 1 when a secret text is found anywhere, a control is not found, a field is not fed, or fewer than
2,000 texts went in.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(tempfile.mkdtemp(prefix="klarsyn-canaries-"))
HOME = ROOT / "home"
for folder in (HOME, ROOT / "log", ROOT / "mail", ROOT / "tmp"):
    folder.mkdir()
os.environ["KLARSYN_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(HOME), "tests.force.settings"
os.environ["TMPDIR"] = tempfile.tempdir = str(ROOT / "tmp")
if "DATABASE_URL" in os.environ:
    os.environ["KLARSYN_FORCE_DATABASE"] = f"canaries_{os.getpid()}"

import django  # noqa: E402  the environment comes first
from django.conf import settings  # noqa: E402

settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = ROOT / "mail"
settings.LOGGING["handlers"]["stderr"] |= {
    "class": "logging.FileHandler",
    "filename": str(ROOT / "log" / "site.log"),
}
settings.LOGGING["root"]["level"] = "DEBUG"  # more than the site ever writes
django.setup()

from django.core.management import call_command  # noqa: E402  after setup
from django.db import connection, connections  # noqa: E402

from klarsyn.base.audit.recording import open_log  # noqa: E402
from klarsyn.people.keys import pepper_file  # noqa: E402
from tests.force.canaries import fields, sinks  # noqa: E402
from tests.force.canaries.feed import Feed  # noqa: E402
from tests.force.canaries.needles import Search, canary  # noqa: E402
from tests.force.crash import state  # noqa: E402

ENOUGH = 2000
CONTROLS = ("database", "wal", "compressed by the database", "sessions", "log of the site", "mail", "media",
            "temporary files", "backup, opened")  # fmt: skip
if "DATABASE_URL" in os.environ:
    CONTROLS += ("log of the database",)
# A server that is told to write down every statement writes down the name that is looked up, or the staff's number
# that the municipality's sign-in named: SECURITY.md says so.
KNOWN = {(name, "log of the database") for name in ("typed name", "oidc person", "saml person")}
SEARCHED = {"compressed by the database": ("database", "wal")}


def scan() -> dict[str, object]:
    sinks.log_every_statement()
    call_command("migrate", verbosity=0, interactive=False)
    open_log()
    pepper_file.ensure()
    fed = Feed()
    fed.all()
    empty = fields.empty()
    control = {name: canary() for name in CONTROLS}
    sinks.plant(control)
    search = Search([*fed.secret, *control.values()])
    secret, seen, sizes = [], dict.fromkeys(CONTROLS, False), dict[str, int]()
    for sink, where, body in sinks.sinks(ROOT, _data()):
        sizes[sink] = sizes.get(sink, 0) + len(body)
        for text, ways in search.found(body).items():
            if text in fed.secret and (fed.secret[text], sink) not in KNOWN:
                secret.append(f"{fed.secret[text]}: {sink} {where}, as {', '.join(sorted(ways))}")
            for name in CONTROLS:
                seen[name] |= text == control[name] and sink in SEARCHED.get(name, (name,))
    return {
        "texts": len(fed.secret), "found": sorted(set(secret)), "bytes": sizes, "unlisted": fields.unlisted(), "empty": empty,
        "controls missed": [name for name, was in seen.items() if not was],
    }  # fmt: skip


def _data() -> Path | None:
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        return Path(cursor.fetchone()[0])


def is_well(outcome: dict[str, object]) -> bool:
    silent = ("found", "unlisted", "empty", "controls missed")
    return int(str(outcome["texts"])) >= ENOUGH and not any(outcome[name] for name in silent)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    state.begin()
    try:
        outcome = scan()
    finally:
        connections.close_all()
        state.end(HOME)
        shutil.rmtree(ROOT)
    print(json.dumps(outcome, ensure_ascii=False, indent=None if asked.json else 1))
    return int(not is_well(outcome))


if __name__ == "__main__":
    sys.exit(main())
