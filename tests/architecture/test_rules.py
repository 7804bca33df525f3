"""What imports cannot show: doors return counts only, permits are made in one place, rooms are furnished."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from klarsyn.cases.policy import REFERRAL, ReferralState
from klarsyn.plan import policy as plan
from klarsyn.report import policy
from tests.architecture.house import ROOMS, ROOT, code, short, tracked, tree
from tests.conftest import SLOW

ORDER = {room: height for height, room in enumerate(reversed(ROOMS))}


DOORS = [p for p in code() if p.name == "counts.py" and "klarsyn" in p.parts]


@pytest.mark.parametrize("path", DOORS, ids=short)
def test_a_door_returns_counts_and_nothing_else(path: Path) -> None:
    public = [n for n in tree(path).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    assert public, "a door without a function"
    assert {ast.unparse(n.returns) for n in public if n.returns} == {"CountTable"}
    assert [n.name for n in public if n.returns is None] == []


def test_only_disclosure_makes_a_safe_table() -> None:
    makers = {
        short(path)
        for path in code()
        if "SafeTable" in path.read_text(encoding="utf-8")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "SafeTable"
    }
    assert makers <= {"smallcounts/disclosure/safe.py", "tests/unit/smallcounts/test_disclosure.py"}
    permits = {short(p) for p in code() if "_PERMIT" in p.read_text(encoding="utf-8")}
    assert permits <= {
        "smallcounts/disclosure/safe.py", "smallcounts/results.py", "tests/architecture/test_rules.py",
    }  # fmt: skip


def test_foreign_keys_look_down() -> None:
    up = []
    for model in apps.get_models():
        if not model.__module__.startswith("klarsyn."):
            continue
        here = ORDER[model._meta.app_label]
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
                there = ORDER.get(field.related_model._meta.app_label, -1)
                if there > here:
                    up.append(f"{model.__name__}.{field.name}")
    assert up == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_page(room: str) -> None:
    text = (ROOT / "klarsyn" / room / "README.md").read_text(encoding="utf-8")
    assert 5 <= len(text.splitlines()) <= 60


def test_the_architecture_page_names_the_rooms_that_stand() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    standing = {p.parent.name for p in (ROOT / "klarsyn").glob("*/__init__.py")}
    named = set(re.findall(r"^\| `klarsyn/(\w+)/`", page, flags=re.M))
    assert named == standing == set(ROOMS)
    assert set(re.findall(r"^\| `(\w+)/`", page, flags=re.M)) == {
        "smallcounts", "docs", "tests", "benchmarks", "requirements",
    }  # fmt: skip


def test_every_model_is_in_the_glossary() -> None:
    page = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    ours = {m.__name__ for m in apps.get_models() if m.__module__.startswith("klarsyn.")}
    assert {name for name in ours if f"`{name}`" not in page} == set()


def test_no_signal_and_no_utils() -> None:
    signal = re.compile(r"^from django.*signals|@receiver", flags=re.M)
    assert [short(p) for p in code() if "klarsyn" in p.parts and signal.search(p.read_text())] == []
    assert [short(p) for p in code() if p.stem in ("utils", "helpers", "common", "misc")] == []


def test_a_lock_file_names_no_registry() -> None:
    for path in tracked("requirements/*.txt"):
        assert not re.search(r"https?://|index-url|find-links", path.read_text()), short(path)
        assert "--hash=sha256:" in path.read_text()


def test_neutral_words_on_screen() -> None:
    # "prostituerad" is a label on a person; "prostitution" and "människohandel" name the matter.
    bad = re.compile(r"prostituera(d|de|t)\b|\bhora\b|\bprostitutes?\b", re.I)
    shown = tracked("klarsyn/**/*.html", "klarsyn/**/*.toml", "klarsyn/**/*.po", "klarsyn/report/**/*.py")
    assert [short(p) for p in shown if bad.search(p.read_text(encoding="utf-8"))] == []


def test_every_state_is_in_its_transition_table() -> None:
    assert set(policy.TRANSITIONS) == set(policy.State)
    assert set(REFERRAL) == set(ReferralState)
    assert set(plan.TRANSITIONS) == set(plan.State)


def test_every_file_called_slow_exists() -> None:
    assert [name for name in SLOW if not (ROOT / "tests" / name).exists()] == []


def test_a_migration_asks_the_connection_that_migrates() -> None:
    """The owner of the tables migrates, and the site's own connection would wait for it for ever."""
    rows = re.compile(r"\.objects(?!\.using\()")
    found = [
        short(p) for p in tracked("klarsyn/*/migrations/*.py") if rows.search(p.read_text(encoding="utf-8"))
    ]
    assert found == []
