"""Files and functions stay small enough to be read in one go; each exception stands here with its reason."""

import ast
import re
from pathlib import Path

from tests.architecture.house import ROOT, code, short, statements, tracked, tree

FILE, FUNCTION, TEMPLATE, TEST = 300, 40, 60, 30
INDENTED = re.compile(
    r"^\s+(import|from)\s|;\s*(import|from)\s|:\s*(import|from)\s", re.MULTILINE
)  # an import that may stand inside
EXCEPTIONS: dict[str, str] = {}


def _functions(path: Path) -> list[tuple[str, int]]:
    nodes = (n for n in statements(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(n.name, (n.end_lineno or n.lineno) - n.lineno + 1) for n in nodes]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _over(found: dict[str, int]) -> dict[str, int]:
    return {name: size for name, size in found.items() if name not in EXCEPTIONS}


def test_no_file_is_over_its_budget() -> None:
    styles = [p for p in tracked("*.css", "*.js") if "vendor" not in p.parts]
    found = {short(p): _lines(p) for p in [*code(), *styles] if _lines(p) > FILE}
    assert _over(found) == {}


def test_no_function_is_over_its_budget() -> None:
    found = {}
    for path in code():
        budget = TEST if path.name.startswith("test_") else FUNCTION
        found.update({f"{short(path)}:{n}": size for n, size in _functions(path) if size > budget})
    assert _over(found) == {}


def test_no_template_is_over_its_budget() -> None:
    found = {short(p): _lines(p) for p in tracked("*.html", "*.typ") if _lines(p) > TEMPLATE}
    assert _over(found) == {}


def test_every_exception_still_exists() -> None:
    assert [e for e in EXCEPTIONS if not (ROOT / e.partition(":")[0]).exists()] == []


def test_no_import_stands_inside_a_function() -> None:
    found = [
        f"{short(path)}:{inner.lineno}"
        for path in code()
        if INDENTED.search(path.read_text(encoding="utf-8"))
        for node in statements(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in statements(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []
