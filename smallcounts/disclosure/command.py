"""The word `protect` of the shell command: reads the files, protects, and writes the release whole."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from smallcounts.disclosure import ledger as ledgers
from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.front import Insiders, Order, Release, protect, rule_name
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people
from smallcounts.disclosure.rules import BASES, METHODS
from smallcounts.disclosure.storing import (
    check_free,
    load_key,
    load_memory,
    locked,
    save_memory,
    settle,
    stage,
    write_whole,
)  # fmt: skip
from smallcounts.results import SafeTable
from smallcounts.shell import BadInput, Parser, read_text

MAX_BYTES = 256_000_000  # more cannot be the people of a county; refused before it is read
_NAME = re.compile(r"[\w.-]{1,60}")


def add_word(words: argparse._SubParsersAction[Parser], share: Callable[[str], float]) -> None:
    """Adds `protect` to the words of the command."""
    word = words.add_parser("protect", help="protect the tables of a programme and write a release")
    word.add_argument("programme", help="TOML file: variables, tables, rules")
    word.add_argument("people", nargs="+", help="CSV files: pid,period and the variables (or counts)")
    word.add_argument("--ledger", required=True, help="the ledger of all releases; made when missing")
    word.add_argument("--out", required=True, help="a new folder for the release")
    word.add_argument("--base", type=int, choices=BASES, help="rounding base (the programme's own)")
    word.add_argument("--method", choices=METHODS, help="how cells are protected (the programme's own)")
    word.add_argument("--release", help="name of the release (r1, r2 …)")
    word.add_argument("--kind", choices=ledgers.KINDS, default="table", help="what is released (table)")
    word.add_argument("--day", help="day of the release, 2026-03-31 (today)")
    word.add_argument("--source", action="append", help="key of a source (the programme's name)")
    word.add_argument("--invented", action="store_true", help="the people are invented; the tables say so")
    word.add_argument("--seconds", type=_seconds, default=60.0, help="limit of each search (60)")
    word.add_argument("--json", action="store_true", help="answer with one object")
    word.set_defaults(run=_protect)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return value


def _say(words: str) -> None:
    print(f"protect: {words}", file=sys.stderr, flush=True)


def _protect(arguments: Namespace) -> str:
    """The answer to the word `protect`; nothing is written unless the release withstands every attack."""
    path, out = Path(arguments.ledger), Path(arguments.out)
    check_free(out)
    if not path.resolve().parent.is_dir():
        raise DisclosureError(f"{path}: the folder it lies in does not exist; make it first")
    toml = _read(arguments.programme)[1]
    programme = Programme.from_toml(toml)
    people = read_people(programme, [_read(name) for name in arguments.people])
    with locked(path):
        before = read_text(str(path))[1] if path.exists() else ""
        ledger = ledgers.read(before)
        key, is_new = load_key(path, may_make=not ledger.entries)
        if is_new:
            _say(f"made the key {path}.key; keep a copy in a safe place, and never beside what is published")
        memory = load_memory(path, ledger.head)
        if memory is None and ledger.entries:
            _say(f"{path}.marks does not fit the ledger: cells whose people are the same cannot be told")
        memory = memory or {}
        order = Order(
            _release_name(arguments.release, ledger), arguments.day or _today(),
            tuple(arguments.source or [programme.name]), arguments.kind, arguments.base, arguments.seconds,
            arguments.invented, arguments.method,
        )  # fmt: skip
        release = protect(programme, people, Insiders(key, memory), order, ledger=ledger, progress=_say)
        _write(path, out, before, toml, release, {ledger.head: memory})
    _say(f"wrote {len(release.tables)} tables to {out} and one line to {path}")
    return _json(release) if arguments.json else release.protected.summary()


def _read(name: str) -> tuple[str, str]:
    if name != "-" and Path(name).is_file() and Path(name).stat().st_size > MAX_BYTES:
        raise BadInput(
            f"{name}: more than {MAX_BYTES // 1_000_000} MB; this protects municipalities and counties, "
            "use the cell-key method for larger registers"
        )
    return read_text(name)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _release_name(given: str | None, ledger: ledgers.Ledger) -> str:
    name = given or f"r{len(ledger.entries) + 1}"
    if not _NAME.fullmatch(name) or name in ledger.releases():
        raise DisclosureError(f"the release {name!r} is in the ledger already, or no name; give another")
    return name


def _write(
    path: Path,
    out: Path,
    before: str,
    toml: str,
    release: Release,
    memories: Mapping[str, Mapping[str, str]],
) -> None:
    """Everything to disk. The line in the ledger is the moment of release: before it nothing has left.

    The marks come first, with those of both lines; the folder gets its name last. Broken off between the two,
    the same command makes the same figures again.
    """
    after = ledgers.append(before, release.entry)
    files = {
        "programme.toml": toml,
        "ledger.jsonl": after,
        "explained.txt": release.explained,
        "release.json": f"{after.splitlines()[-1]}\n",
        **{f"{table.name}.csv": _csv(table) for table in release.tables},
    }
    part = stage(out, files)
    save_memory(path, {**memories, ledgers.read(after).head: release.memory})
    write_whole(path, after)
    settle(part, out)


def _csv(table: SafeTable) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return text.getvalue()


def _json(release: Release) -> str:
    """For the checker, who may see what was lost; not for publication."""
    protected, lost = release.protected, release.protected.lost
    answer: Mapping[str, object] = {
        "release": protected.release,
        "rule": rule_name(protected),
        "base": max(protected.bases),
        "status": protected.status,
        "gap": protected.gap,
        "cells": lost.cells,
        "hidden": lost.hidden,
        "mean_abs_error": lost.mean_error,
        "max_abs_error": lost.max_error,
        "additive": lost.is_additive,
        "kept": lost.kept,
        "changed": lost.changed,
        "merged": list(lost.merged),
        "attacks": {v.attack: {"passed": v.passed, "detail": v.detail} for v in release.verdicts},
        "explained": release.explained.splitlines(),
        "steps": list(protected.explain()),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
