"""Plant every fault in the vault, the log and the permissions, and say which ones no test notices.

    python -m tests.mutation                    # every module of the list below
    python -m tests.mutation vault/kdf          # the modules whose path holds this
    python -m tests.mutation --again            # only what survived the last time
    python -m tests.mutation --sample 40        # every fortieth fault

The tests run once as they are, and it is noted which test walks through which function. Then, for each fault,
a copy of that process (fork) puts the changed code in the place of the old and runs those tests, the quick
ones first, until one fails. Tests marked slow are asked too: the lists below are short. What lies in no function
is planted in a fresh process where it must be. Results are kept in build/mutation.json; a second run goes on
where the first stopped. Ends with 1 below 90 in a hundred.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.planting import forget, plain_name, plant

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / os.environ.get("MUTATION_KEPT", "mutation.json")
BAR, SECONDS = 0.9, 60  # of CPU: however busy the machine is, a fault that never ends is noticed
VAULT = ("tests/unit/base/vault",)
AUDIT = ("tests/unit/base/audit", "tests/web/base/test_log_command.py", "tests/unit/cases/test_access.py")
ROLES = ("tests/unit/people/test_roles.py", "tests/architecture/test_reference.py")
CASES = (
    "tests/unit/cases/test_access.py",
    "tests/unit/cases/test_doors.py",
    "tests/unit/cases/test_entries.py",
    "tests/unit/cases/test_sealed_level.py",
    "tests/web/cases/test_year_told.py",
)
WAYS = ("tests/unit/people/test_roles.py", "tests/architecture/test_reference.py", "tests/web/people/test_desk.py",
        "tests/web/people/test_second_factor.py", "tests/web/people/test_security.py", "tests/architecture/test_urls.py",
        "tests/unit/people/test_access.py")  # fmt: skip
PLACES = {
    "klarsyn/base/vault": VAULT,
    "klarsyn/base/audit": AUDIT,
    "klarsyn/cases/access.py": CASES,
    "klarsyn/people/permissions.py": ROLES,
    "klarsyn/people/access.py": WAYS,
    "klarsyn/people/outside/backchannel.py": ("tests/web/people/test_oidc_logout.py",),
}
QUIET = ["-x", "-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "-m", "not browser",
         "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
Asked = argparse.Namespace


def modules(part: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for place, tests in PLACES.items():
        path = ROOT / place
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            if part in str(file.relative_to(ROOT)):
                yield file, tuple(t for t in tests if (ROOT / t).exists())


class Between:
    """What pytest is told comes next: so that only what belongs to the whole session outlives a test."""

    def __init__(self, session: pytest.Session) -> None:
        self.chain = [session]

    def listchain(self) -> list[pytest.Session]:
        return self.chain


class Planter:
    """In place of pytest's own loop: the tests as they are, then again for each fault in a copy."""

    def __init__(self, files: Sequence[Path], tests: Sequence[str], asked: Asked) -> None:
        self.files, self.tests, self.asked = files, tests, asked
        self.walked: dict[pytest.Item, set[str]] = {}
        self.seconds: dict[pytest.Item, float] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            if not self.passes(item):
                pytest.exit(f"{item.nodeid} fails as it is", 2)
        for file in self.files:
            self.try_module(file)
        return True

    def passes(self, item: pytest.Item) -> bool:
        """The test once, noting the functions of the modules that it walks through."""
        names, seen, began = {str(f) for f in self.files}, set[CodeType](), time.monotonic()

        def walk(frame: FrameType, event: str, _arg: object) -> None:
            if event == "call" and frame.f_code.co_filename in names:
                seen.add(frame.f_code)

        forget()
        sys.setprofile(walk)
        reports = runtestprotocol(item, nextitem=Between(item.session), log=False)
        sys.setprofile(None)
        self.seconds[item] = time.monotonic() - began
        self.walked[item] = {f"{c.co_filename}:{plain_name(c)}" for c in seen}
        return all(r.passed for r in reports)

    def try_module(self, file: Path) -> None:
        name = str(file.relative_to(ROOT))
        kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        for mutant in mutants(file.read_text(encoding="utf-8"))[:: self.asked.sample]:
            key = f"{name}:{mutant.line} {mutant.where} {mutant.what} #{mutant.number}"
            if key in kept and not (self.asked.again and kept[key] == "survived"):
                continue
            found = self.in_a_copy(mutant, file)
            # outside functions what was made while modules were imported (a guarded view) holds the old value
            is_doubtful = found == "elsewhere" or (found == "survived" and not mutant.where)
            kept[key] = anew(mutant, file, self.tests) if is_doubtful else found
            if kept[key] == "survived":
                print("survived", key, flush=True)
            KEPT.write_text(json.dumps(kept, indent=0))

    def in_a_copy(self, mutant: Mutant, file: Path) -> str:
        child = os.fork()
        if child == 0:
            _at_most()
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1), os.dup2(silent, 2)
            try:
                os._exit(self.notices(mutant, file))
            finally:
                os._exit(1)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return "killed (time)"
        return {0: "survived", 77: "elsewhere"}.get(os.WEXITSTATUS(status), "killed")

    def notices(self, mutant: Mutant, file: Path) -> int:
        module = import_module(
            str(file.relative_to(ROOT)).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        )
        if not plant(mutant, file, module):
            return 77
        where = f"{file}:{mutant.where}"
        asked = [i for i, walked in self.walked.items() if not mutant.where or where in walked]
        if not asked:  # it runs while modules are imported: a decorator, a default
            return 77
        asked.sort(key=self.seconds.__getitem__)
        for item in asked:
            forget()
            if any(r.failed for r in runtestprotocol(item, nextitem=Between(item.session), log=False)):
                return 1
        return 0


def anew(mutant: Mutant, file: Path, tests: Sequence[str]) -> str:
    """In a fresh process, planted before anything is imported."""
    env = {**os.environ, "MUTANT": f"{file.relative_to(ROOT)}:{mutant.number}"}
    words = [sys.executable, "-m", "pytest", "-p", "tests.mutation.planted", *QUIET, *tests]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, check=False, preexec_fn=_at_most)
    if done.returncode < 0:
        return "killed (time)"
    return "survived" if done.returncode == 0 else "killed"


def _at_most() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def report(part: str) -> int:
    kept = {k: v for k, v in json.loads(KEPT.read_text()).items() if part in k}
    by: dict[str, list[str]] = {}
    for key, found in kept.items():
        by.setdefault(key.partition(":")[0], []).append(found)
    for name, found in sorted(by.items()):
        print(f"{name:<45} {len(found) - found.count('survived'):4} of {len(found):4}")
    noticed = sum(found != "survived" for found in kept.values())
    print(f"noticed {noticed} of {len(kept)}: {noticed / max(1, len(kept)):.1%}")
    return int(noticed < BAR * len(kept))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="?", default="")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    KEPT.parent.mkdir(exist_ok=True)
    settings.register_profile("few", max_examples=15, deadline=None, database=None)
    settings.load_profile("few")
    groups: dict[tuple[str, ...], list[Path]] = {}
    for file, tests in modules(asked.part):
        groups.setdefault(tests, []).append(file)
    began = time.monotonic()
    for tests, files in groups.items():
        child = os.fork()
        if child == 0:
            os._exit(int(pytest.main([*QUIET, *tests], plugins=[Planter(files, tests, asked)])))
        if os.waitpid(child, 0)[1]:
            return 1
    print(f"{time.monotonic() - began:.0f} s")
    return report(asked.part)


if __name__ == "__main__":
    sys.exit(main())
