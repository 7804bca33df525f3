"""A log of a million lines checked by the file that needs nobody, and random attacks on it found.

    python benchmarks/audit.py [--lines 1000000] [--attacks 1000] [--json]

The export is written as the site writes it (entries, chain, MACs, a signed checkpoint every thousand lines)
but straight to a file, since a database would take an hour. Then: the whole file through klarsyn_verify in a
process of its own, with the auditor's key, against 60 s of CPU; and on a log of 300 lines so many random
edits, deletions, swaps, insertions and truncations, each of which must be named. Ends with 1 when a bar is
missed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from klarsyn.base.audit import entries, klarsyn_verify
from klarsyn.base.audit.checkpoints import signed
from klarsyn.base.audit.tree import Frontier
from klarsyn.base.vault import SigningPair

BAR, NAME, EVERY = 60.0, "klarsyn/bench", 1000
FIRST = bytes(range(32))


def export(lines: int, signer: SigningPair) -> Iterator[str]:
    """As `exporting.export_lines` writes it."""
    yield _line({"log": NAME, "format": 1, "public_key": signer.public.hex(), "size": lines})
    link, frontier, key = entries.START, Frontier(), FIRST
    for n in range(lines):
        at = f"2026-11-25T10:{n // 60 % 60:02}:{n % 60:02}+00:00"
        raw = entries.Entry(
            n, "2026-11-25", at, f"p-{n % 40:012x}", "case.read", "mika", f"{n:032x}", "ok", ""
        ).encode()
        leaf = entries.leaf_of(raw)
        link, frontier = entries.chained(link, leaf), frontier.grown(leaf)
        yield _line({"entry": raw.decode(), "link": link.hex(), "mac": entries.mac_of(key, link).hex()})
        key = entries.next_key(key)
        if frontier.size % EVERY == 0 or n == lines - 1:
            yield _line({"checkpoint": signed(NAME, frontier.size, frontier.root(), signer).text})


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def verified(path: Path) -> tuple[bool, float, float]:
    """(whole, CPU seconds, wall seconds) of the verifier in a process of its own."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = [sys.executable, "-I", klarsyn_verify.__file__, str(path), "--first-key", FIRST.hex()]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.returncode == 0, cpu, time.perf_counter() - began


def attacked(lines: list[str], dice: random.Random, kind: int) -> list[str]:
    a, b, out = dice.randrange(len(lines)), dice.randrange(len(lines)), list(lines)
    if kind == 0:
        at = dice.randrange(len(out[a]))
        out[a] = out[a][:at] + chr((ord(out[a][at]) + dice.randrange(1, 90)) % 0x2FF + 1) + out[a][at + 1 :]
    elif kind == 1:
        del out[a]
    elif kind == 2:
        out[a], out[b] = out[b], out[a]
    elif kind == 3:
        out.insert(a, out[b])
    else:
        out = "".join(out)[: dice.randrange(sum(map(len, out)))].splitlines(keepends=True)
    return out


def missed(lines: list[str], attacks: int) -> int:
    """How many attacks the verifier did not notice."""
    dice, unseen = random.Random(11), 0
    for attack in range(attacks):
        changed = attacked(lines, dice, attack % 5)
        try:
            klarsyn_verify.read(changed, FIRST, None, None)
            unseen += changed != lines
        except klarsyn_verify.Broken:
            continue
    return unseen


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--attacks", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    signer = SigningPair.new()
    with tempfile.TemporaryDirectory(prefix="klarsyn-bench-") as folder:
        path = Path(folder) / "log.jsonl"
        with path.open("w", encoding="utf-8") as out:
            out.writelines(export(asked.lines, signer))
        whole, cpu, wall = verified(path)
    unseen = missed(list(export(300, signer)), asked.attacks)
    bar = BAR * asked.lines / 1_000_000
    found: dict[str, object] = {"lines": asked.lines, "whole": whole, "cpu_seconds": round(cpu, 1)}
    found |= {"wall_seconds": round(wall, 1), "bar_seconds": bar, "attacks": asked.attacks, "unseen": unseen}
    print(
        json.dumps(found) if asked.json else "\n".join(f"{name:14} {value}" for name, value in found.items())
    )
    return int(not whole or unseen > 0 or cpu > bar)


if __name__ == "__main__":
    sys.exit(main())
