"""What the architecture tests share: where the code lies, and how to read it without running it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "config",
    "report",
    "portal",
    "mapping",
    "sources",
    "contact",
    "training",
    "concerns",
    "plan",
    "cases",
    "receptions",
    "people",
    "base",
)


def tracked(*patterns: str) -> list[Path]:
    """Files git knows or would take up, so that build leftovers never count."""
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / line for line in out.splitlines() if (ROOT / line).is_file()]


def code() -> list[Path]:
    """Every Python file that we wrote and that is not a migration."""
    return [p for p in tracked("*.py") if "migrations" not in p.parts]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Every statement below `node`, without looking into expressions: a fifth of the nodes."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for child in getattr(node, field, ()):
            if isinstance(child, ast.stmt):
                yield child
            yield from statements(child)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
