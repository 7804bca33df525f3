"""Nothing reaches a client unless the case's own contact rules allow it: only `contact_rules` makes a `Permit`."""

import ast

import pytest

from tests.architecture.house import ROOT, code

HOME = ROOT / "klarsyn" / "cases" / "contact_rules.py"
CASES = ROOT / "klarsyn" / "cases"
SENDERS = ("klarsyn.contact", "django.core.mail", "smtplib", "httpx", "requests", "urllib.request",
           "http.client", "socket", "subprocess")  # fmt: skip


def _is_sender(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in SENDERS)


def _makers(source: str) -> list[int]:
    """The lines that call `Permit`, by whatever path, or take the class under another name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            found += [node.lineno] if name == "Permit" else []
        if isinstance(node, ast.alias) and node.name == "Permit" and node.asname:
            found.append(node.lineno)
        if isinstance(node, ast.ClassDef) and any(getattr(b, "id", "") == "Permit" for b in node.bases):
            found.append(node.lineno)
    return found


def _senders(source: str) -> list[str]:
    """What sends and is imported, in a module where not every public function asks for a `Permit`."""
    tree, named = ast.parse(source), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named += [one.name for one in node.names]
        if isinstance(node, ast.ImportFrom) and node.module:
            named += [f"{node.module}.{one.name}" for one in node.names]
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    return [] if public and all(_asks(one) for one in public) else sorted(filter(_is_sender, named))


def _asks(function: ast.FunctionDef) -> bool:
    """Whether it cannot be called without a permit: an argument of that type and no default."""
    held = function.args
    plain = [*held.posonlyargs, *held.args]
    must = plain[: len(plain) - len(held.defaults)] + [
        a for a, d in zip(held.kwonlyargs, held.kw_defaults, strict=True) if d is None
    ]
    return any(a.annotation is not None and ast.unparse(a.annotation).endswith("Permit") for a in must)


@pytest.mark.slow
def test_only_the_contact_rules_make_a_permit() -> None:
    made = {str(p.relative_to(ROOT)): _makers(p.read_text(encoding="utf-8")) for p in code() if p != HOME}
    assert {path: lines for path, lines in made.items() if lines} == {}
    assert len(_makers(HOME.read_text(encoding="utf-8"))) == 1


def test_nothing_of_the_cases_sends_without_a_permit() -> None:
    sending = {p.name: _senders(p.read_text(encoding="utf-8")) for p in code() if CASES in p.parents}
    assert sending and {name: named for name, named in sending.items() if named} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "from klarsyn.contact import outbox\n\ndef remind(to: str) -> None: ...",
        "from klarsyn.contact.outbox import hand_over",
        "from django.core.mail import send_mail\n\ndef mail(permit: Permit | None = None) -> None: ...",
        "import smtplib",
        "import httpx\n\ndef post(permit: Permit) -> None: ...\n\ndef also() -> None: ...",
    ],
)
def test_a_planted_sender_is_seen(planted: str) -> None:
    assert _senders(planted) != []


def test_one_that_asks_for_a_permit_may_send() -> None:
    assert _senders("import httpx\n\ndef post(permit: Permit, to: str) -> None: ...") == []


@pytest.mark.parametrize(
    "planted",
    ["rules.Permit(1, 2, 3, 4)", "from x import Permit as P", "class Mine(Permit): ...", "Permit()"],
)
def test_a_planted_permit_is_seen(planted: str) -> None:
    assert _makers(planted) != []
