"""The faults: one small change each of a module's syntax tree, in a fixed order."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
REACHED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.Pow: ast.Mult,
}
# What is said to people, and how a command line is described, is held by other tests or by none: not planted in.
SAID = ("_", "gettext", "_must", "add_argument", "ArgumentParser", "info", "warning")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault. `where` is the qualified name of the function it lies in, "" for the module's own level."""

    number: int
    line: int
    where: str
    what: str
    tree: ast.Module


def mutants(source: str) -> list[Mutant]:
    tree = ast.parse(source)
    found = []
    for number, (path, where, what) in enumerate(_places(tree)):
        changed = copy.deepcopy(tree)
        line = _change(changed, path, what)
        found.append(Mutant(number, line, where, what, ast.fix_missing_locations(changed)))
    return found


Path = tuple[tuple[str, int], ...]


def _places(tree: ast.Module) -> Iterator[tuple[Path, str, str]]:
    """(the way to a node, the function it lies in, what may be done to it)."""
    stack: list[tuple[ast.AST, Path, str]] = [(tree, (), "")]
    while stack:
        node, path, where = stack.pop()
        yield from ((path, where, what) for what in _faults(node))
        inner = where
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = f"{where}.{node.name}" if where else node.name
        below = []
        for name, value in ast.iter_fields(node):
            if _is_passed_over(node, name):
                continue
            at = inner if name == "body" else where
            for index, child in enumerate(value if isinstance(value, list) else [value]):
                is_words = _is_said(node) and isinstance(child, ast.Constant)
                if isinstance(child, ast.AST) and not is_words and not _is_docstring(node, name, index):
                    below.append((child, (*path, (name, index)), at))
        stack.extend(reversed(below))


def _is_passed_over(node: ast.AST, field: str) -> bool:
    if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.FormattedValue):
        return True
    if isinstance(node, ast.Assign) and _name(node.targets[0]) == "__all__":
        return True
    if field in ("annotation", "returns", "ctx", "decorator_list", "bases", "keywords") and not isinstance(
        node, ast.Call
    ):
        return True
    return field == "keywords" and _is_said(node)


def _is_said(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in SAID


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_docstring(node: ast.AST, field: str, index: int) -> bool:
    is_first = field == "body" and index == 0
    if not (is_first and isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)):
        return False
    first = node.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)


def _faults(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare):
        return [f"compare {i}" for i, op in enumerate(node.ops) if type(op) in COMPARED]
    if isinstance(node, ast.BoolOp):
        return ["and/or"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert | ast.USub):
        return ["without the sign"]
    if isinstance(node, ast.BinOp) and type(node.op) in REACHED:
        return ["reckoned otherwise"]
    if isinstance(node, ast.Constant):
        return [] if node.value is None or node.value is Ellipsis else ["another constant"]
    if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert):
        others = {ast.While: ["never"], ast.Assert: ["condition turned"]}
        return others.get(type(node), ["condition turned", "condition true"])
    if isinstance(node, ast.comprehension):
        return [f"filter {i} turned" for i in range(len(node.ifs))]
    if isinstance(node, ast.Return) and node.value is not None:
        return [] if isinstance(node.value, ast.Constant) and node.value.value is None else ["returns None"]
    is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    return (
        ["left out"]
        if is_call or isinstance(node, ast.Raise | ast.AugAssign | ast.Delete | ast.Break)
        else []
    )


def _change(tree: ast.Module, path: Path, what: str) -> int:
    """Make the change in place; the line it stands in."""
    parent: ast.AST = tree
    for name, index in path[:-1]:
        value = getattr(parent, name)
        parent = value[index] if isinstance(value, list) else value
    name, index = path[-1]
    value = getattr(parent, name)
    node = value[index] if isinstance(value, list) else value
    line = getattr(node, "lineno", None) or getattr(getattr(node, "target", node), "lineno", 0)
    other = _other(node, what)
    if isinstance(value, list):
        value[index] = other
    else:
        setattr(parent, name, other)
    return int(line)


def _other(node: ast.AST, what: str) -> ast.AST:
    if isinstance(node, ast.Compare):
        at = int(what.rpartition(" ")[2])
        node.ops[at] = COMPARED[type(node.ops[at])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        return node.operand
    elif isinstance(node, ast.BinOp):
        node.op = REACHED[type(node.op)]()
    elif isinstance(node, ast.Constant):
        node.value = _constant(node.value)
    elif isinstance(node, ast.comprehension):
        at = int(what.split()[1])
        node.ifs[at] = ast.UnaryOp(ast.Not(), node.ifs[at])
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)
    elif isinstance(node, ast.If | ast.IfExp | ast.Assert | ast.While):
        turned = ast.UnaryOp(ast.Not(), node.test)
        node.test = {"condition turned": turned, "never": ast.Constant(False)}.get(what, ast.Constant(True))
    else:
        return ast.copy_location(ast.Pass(), node)
    return node


def _constant(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, bytes):
        return value + b"x"
    return f"{value}x"
