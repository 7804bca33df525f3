"""Our own rules for code that keeps people safe: each takes a file's nodes and names the lines that break it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

Found = Iterator[int]
Nodes = Sequence[ast.AST]
Rule = Callable[[Nodes], Found]
SECRET = ("verifier", "mac", "digest", "secret", "token", "proof", "password")


def nodes_of(text: str) -> Nodes:
    return tuple(ast.walk(ast.parse(text)))


def _name(node: ast.AST) -> str:
    """The dotted name, or its last part where what stands before it is no name."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{_name(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def _calls(nodes: Nodes) -> Iterator[tuple[str, ast.Call]]:
    return ((_name(node.func), node) for node in nodes if isinstance(node, ast.Call))


def _modules(nodes: Nodes) -> Iterator[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _imports(*banned: str) -> Rule:
    def rule(nodes: Nodes) -> Found:
        return (
            line
            for name, line in _modules(nodes)
            if any(name == b or name.startswith(f"{b}.") for b in banned)
        )

    return rule


def _named(*banned: str) -> Rule:
    """Calls and decorators whose last part is one of these."""

    def rule(nodes: Nodes) -> Found:
        last = ((_name(n).rpartition(".")[2], n) for n in nodes if isinstance(n, ast.Name | ast.Attribute))
        return (node.lineno for name, node in last if name in banned)

    return rule


def _called(*banned: str) -> Rule:
    """Calls by their whole name."""

    def rule(nodes: Nodes) -> Found:
        return (call.lineno for name, call in _calls(nodes) if name in banned)

    return rule


def built_statements(nodes: Nodes) -> Found:
    """SQL put together from pieces and handed to a cursor."""
    for name, call in _calls(nodes):
        is_run = name.rpartition(".")[2] in ("execute", "executemany", "raw", "extra", "RawSQL")
        if is_run and call.args and not isinstance(call.args[0], ast.Constant):
            yield call.lineno


def compared_secrets(nodes: Nodes) -> Found:
    """`==` on what an attacker guesses at: hmac.compare_digest takes as long for every guess."""
    for node in nodes:
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            sides = [_name(s).rpartition(".")[2].lower() for s in (node.left, *node.comparators)]
            guessed = [side for side in sides if not side.endswith("_size")]
            if any(part in SECRET for side in guessed for part in side.split("_")):
                yield node.lineno


def sent_where_asked(nodes: Nodes) -> Found:
    """A redirect straight to what the request says."""
    for name, call in _calls(nodes):
        if name.rpartition(".")[2] in ("redirect", "HttpResponseRedirect"):
            told = " ".join(ast.unparse(a) for a in call.args)
            if any(f"request.{where}" in told for where in ("GET", "POST", "META", "headers")):
                yield call.lineno


def unchecked_peers(nodes: Nodes) -> Found:
    for _called, call in _calls(nodes):
        for word in call.keywords:
            off = word.value.value if isinstance(word.value, ast.Constant) else None
            if (word.arg == "verify" and off is False) or (word.arg == "shell" and off is True):
                yield call.lineno


def swallowed(nodes: Nodes) -> Found:
    """Every error caught, and none raised in its place."""
    for node in nodes:
        if isinstance(node, ast.ExceptHandler):
            is_all = node.type is None or _name(node.type) in ("Exception", "BaseException")
            if is_all and not any(isinstance(inside, ast.Raise) for inside in ast.walk(node)):
                yield node.lineno


RULES: Mapping[str, Rule] = {
    "no markup past the escaping": _named("mark_safe", "SafeString", "SafeText"),
    "no form without its proof of origin": _named("csrf_exempt"),
    "no form made of a model": _named("ModelForm", "modelform_factory", "modelformset_factory"),
    "no statement put together from pieces": built_statements,
    "no comparison that tells how far a guess got": compared_secrets,
    "no chance that can be guessed": _imports("random"),
    "no bytes that run": _imports("pickle", "marshal", "shelve", "dill", "yaml"),
    "no text that runs": _called("eval", "exec", "os.system", "os.popen", "tempfile.mktemp"),
    "no weak hash": _called("hashlib.md5", "hashlib.sha1", "md5", "sha1"),
    "no redirect to what the request says": sent_where_asked,
    "no unchecked peer and no shell": unchecked_peers,
    "no error swallowed": swallowed,
}
NO_LOGGING = _imports("logging", "warnings")  # where keys and clients are: nothing is written but the log
