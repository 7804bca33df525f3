"""The running API keeps what its description says, asked by schemathesis: all that it allows and much that it does not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.process import free_port, running
from tests.unit.report import frozen

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = 8  # of each address and kind; the same each time
MAKE = ("-m", "tests.web.report.described_site")


@pytest.fixture
def site(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The real server, with production's door before it, on a folder of its own."""
    port = free_port()
    own = {
        "DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.dev", "KLARSYN_HOME": str(tmp_path / "home"),
        "KLARSYN_TEST_SHARED": str(Path(frozen.mapping().home).parents[4]),
        "KLARSYN_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "home").mkdir()
    subprocess.run([sys.executable, *MAKE], cwd=ROOT, env=os.environ, check=True)
    words = ("-m", "klarsyn.config.cli", "site", "serve", "--port", str(port))
    with running(*words, port=port, log=tmp_path / "log") as address:
        yield address


def test_the_api_is_what_its_description_says(site: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    words = (
        "run", f"{site}/api/v1/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing",
        "--generation-deterministic", "--max-examples", str(EXAMPLES), "--no-color", "--continue-on-failure",
    )  # fmt: skip
    found = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert "8 selected / 8 total" in found.stdout and "8 passed" in found.stdout
