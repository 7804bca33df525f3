"""The word `attack` of the shell command: reads a folder of releases, says what an attacker gets of it."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Protocol

from smallcounts.disclosure import ledger as ledgers
from smallcounts.disclosure.attacks.artefacts import Artefact
from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.attacks.suite import INSIDERS, QUICK, READERS, Surroundings, audit
from smallcounts.disclosure.cells import check_key
from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people
from smallcounts.disclosure.release import Method, Published
from smallcounts.shell import BadInput, Parser, read_text

OWN = ("ledger.jsonl", "release.json", "programme.toml")  # read as what they are, not searched as files
SECRET = (".key", ".marks", ".lock")


class Remaker(Protocol):
    """Gives the maker that protects again by a method; handed in, since the methods look at the attacks."""

    def __call__(
        self, programme: Programme, key: bytes, *, base: int | None = None, method: str | None = None
    ) -> Maker: ...


def add_words(words: argparse._SubParsersAction[Parser], remake: Remaker) -> None:
    """Adds `attack` to the words of the command."""
    word = words.add_parser("attack", help="attack a folder of releases as outsiders and insiders would")
    word.add_argument("folder", help="folder that `protect` wrote: ledger.jsonl, programme.toml, tables")
    word.add_argument("--ledger", help="another ledger than the folder's")
    word.add_argument("--programme", help="another programme than the folder's")
    word.add_argument("--micro", nargs="+", help="CSV files of the people: insiders' attacks are made too")
    word.add_argument("--key", help="file with the release key: the release is made again too")
    word.add_argument("--agency", help="variable that says who reported; '' when there is none")
    word.add_argument("--allow", nargs="*", default=[], help="numbers that the files may hold besides")
    word.add_argument(
        "--prior", choices=("jeffreys", "uniform"), default="jeffreys", help="for A3 (jeffreys)"
    )
    word.add_argument("--quick", action="store_true", help=f"only {', '.join(QUICK)}")
    word.add_argument("--json", action="store_true", help="answer with one object")
    word.set_defaults(run=_attack, remake=remake)


def _say(words: str) -> None:
    print(f"attack: {words}", file=sys.stderr, flush=True)


def _attack(arguments: Namespace) -> str:
    """The answer to the word `attack`; DisclosureRefused, after the answer, when an attack succeeds."""
    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder; name the one that `protect` wrote")
    programme = Programme.from_toml(read_text(arguments.programme or str(folder / "programme.toml"))[1])
    ledger = ledgers.read(read_text(arguments.ledger or str(folder / "ledger.jsonl"))[1])
    if not ledger.entries:
        raise DisclosureError(f"{folder}: the ledger holds no release; there is nothing to attack")
    published = ledger.published()
    people = _people(programme, arguments.micro, published[-1])
    around = Surroundings(
        corrections=frozenset(e.published.release for e in ledger.entries if e.kind == "correction"),
        artefacts=_artefacts(folder),
        allowed=tuple(arguments.allow),
        agency=arguments.agency,
    )
    found = audit(
        published, programme, people, _maker(programme, arguments, published[-1]), around=around,
        attacks=QUICK if arguments.quick else (*READERS, *INSIDERS), prior=arguments.prior, progress=_say,
    )  # fmt: skip
    answer = found.summary()
    if arguments.json:
        answer = json.dumps(found.to_json(), ensure_ascii=False, indent=1, allow_nan=False)
    if found.passed:
        return answer
    print(answer, flush=True)
    broken = ", ".join(v.attack for v in found.verdicts if not v.passed)
    raise DisclosureRefused(f"{folder}: refused, the release does not withstand {broken}")


def _people(programme: Programme, names: list[str] | None, newest: Published) -> People | None:
    """The people of the newest release's periods; None when no file is named."""
    if not names:
        return None
    people = read_people(programme, [read_text(name) for name in names])
    asked = {single for f in newest.figures for single in f.cell.period.split("/")}
    for period in sorted(asked - set(people.periods)):
        raise DisclosureError(
            f"{', '.join(names)}: nobody is of {period}, which the release prints; add them"
        )
    return people


def _maker(programme: Programme, arguments: Namespace, newest: Published) -> Maker | None:
    name, remake = arguments.key, arguments.remake
    if name is None:
        return None
    try:
        key = bytes.fromhex(read_text(name)[1].strip())
    except ValueError:
        raise BadInput(f"{name}: this is no key in hex; name the file that `protect` made") from None
    bases = [f.base for f in newest.figures if f.method is Method.ROUNDED]
    methods = {str(f.method) for f in newest.figures if f.method is not Method.WAIVED}
    made: Maker = remake(
        programme, check_key(key), base=max(bases, default=None), method=max(methods, default=None)
    )
    return made


def _artefacts(folder: Path) -> tuple[Artefact, ...]:
    """Every other file of the folder, subfolders too. A secret among them is refused at once."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in OWN)
    for path in files:
        if path.suffix in SECRET:
            raise DisclosureRefused(
                f"{path}: this is secret and must not lie beside what is published; move it"
            )
    return tuple(Artefact(str(p.relative_to(folder)), p.read_bytes()) for p in files)
