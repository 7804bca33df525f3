"""One lie at a time, with everything else made to fit it: the verifier names each by itself."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from klarsyn.base.audit import checkpoints, entries, klarsyn_verify, words
from klarsyn.base.audit.checkpoints import signed
from klarsyn.base.audit.entries import Entry, chained, leaf_of, mac_of, next_key
from klarsyn.base.audit.tree import Frontier, inclusion, root_from_inclusion
from klarsyn.base.vault import SigningPair

NAME, FIRST, SIGNER = "klarsyn/prov", b"k" * 32, SigningPair(bytes(range(32)))
Change = Callable[[dict[str, Any]], None]
NOTHING: Change = lambda _row: None  # noqa: E731


def line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def entry(n: int, **other: Any) -> Entry:
    fields = {
        "sequence": n,
        "day": "2026-11-25",
        "at": "",
        "actor": "p-å",
        "action": "case.read",
        "team": "mika",
    }
    return Entry(**{**fields, "object": "1", "outcome": "ok", "detail": "", **other})


def log(
    size: int = 5, *, head: Change = NOTHING, entry_at: dict[int, Callable[[str], str]] | None = None,
    row_at: dict[int, Change] | None = None, marks: Sequence[int] | None = None, mark: Callable[..., str] | None = None,
) -> list[str]:  # fmt: skip
    """A whole export; `entry_at` changes the text of an entry before it is chained, `row_at` its row after."""
    first = {"log": NAME, "format": 1, "public_key": SIGNER.public.hex(), "size": size}
    head(first)
    lines, link, frontier, key = [line(first)], entries.START, Frontier(), FIRST
    for n in range(size + 1):
        if n in (marks if marks is not None else (2, size)):
            lines.append(line({"checkpoint": (mark or _mark)(n, frontier.root())}))
        if n == size:
            break
        text = (entry_at or {}).get(n, lambda text: text)(entry(n).encode().decode())
        leaf = leaf_of(text.encode())
        link, frontier = chained(link, leaf), frontier.grown(leaf)
        row = {"entry": text, "link": link.hex(), "mac": mac_of(key, link).hex()}
        (row_at or {}).get(n, NOTHING)(row)
        lines.append(line(row))
        key = next_key(key)
    return lines


def _mark(size: int, root: bytes) -> str:
    return signed(NAME, size, root, SIGNER).text


def said(
    lines: Sequence[str], key: bytes | None = FIRST, public: bytes | None = None, wanted: int | None = None
) -> str:
    try:
        klarsyn_verify.read(lines, key, public, wanted)
    except klarsyn_verify.Broken as error:
        return str(error)
    return ""


def test_a_whole_log_is_whole_with_and_without_the_auditors_key() -> None:
    for size in (1, 2, 3, 5, 8, 13):
        assert said(log(size, marks=(size,))) == said(log(size, marks=(size,)), key=None) == ""
    assert said(log(), public=SIGNER.public) == "" and said(log(0, marks=(0,))) == ""


def turned(text: str) -> str:
    """The same object with its keys in another order."""
    return json.dumps(dict(reversed(json.loads(text).items())), ensure_ascii=False, separators=(",", ":"))


def _set(**values: Any) -> Change:
    return lambda row: row.update(values)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (log(entry_at={3: lambda text: text.replace(",", ", ", 1)}), "line 6: it is not written the way the log writes"),
        (log(entry_at={3: lambda text: text.replace('"1"', '"1","x":"y"', 1)}), "line 6: it is not written the way"),
        (log(entry_at={3: lambda text: text.replace("p-å", "p-\\u00e5")}), "line 6: it is not written the way"),
        (log(entry_at={3: lambda text: turned(text)}), "line 6: it is not written the way the log writes"),
        ([turned(one) + "\n" if i == 5 else one for i, one in enumerate(log())], "line 6: it is not written the way"),
        (log(entry_at={3: lambda text: text.replace(":3,", ":4,")}), "line 6: it says number 4, but number 3 belongs here"),
        (log(row_at={3: _set(link="0" * 64)}), "line 6: the chain is broken"),
        (log(row_at={3: _set(mac="0" * 64)}), "line 6: the MAC is not the log's"),
        (log(row_at={3: _set(other="x")}), "line 6: it is neither an entry nor a checkpoint"),
        (log(head=_set(format=2)), "line 1: the export is of another format"),
        (log(head=_set(other=2)), "line 1: the export is of another format"),
        (log(head=_set(public_key="zz")), "line 1: "),
        (log(marks=(2, 2, 5)), ""),
        ([*log(), log()[-1]], "line 9: the checkpoint stands twice"),
        (log(mark=lambda n, root: signed("other", n, root, SIGNER).text), "line 4: the checkpoint is not one of this log"),
        (log(mark=lambda n, root: signed(NAME, n + 1, root, SIGNER).text), "line 4: the checkpoint is of 3 lines, but 2"),
        (log(mark=lambda n, root: signed(NAME, n, root[::-1], SIGNER).text), "line 4: the tree head of the checkpoint"),
        (log(mark=lambda n, root: signed(NAME, n, root, SigningPair.new()).text), "line 4: the checkpoint's signature"),
        (log(mark=lambda n, root: _mark(n, root).replace("—", "-")), "line 4: the checkpoint is not one of this log"),
        (log(mark=lambda n, root: _mark(n, root).replace("\n\n", "\nx\n\n")), "line 4: the checkpoint is not one"),
        (log(mark=lambda n, root: _mark(n, root).rstrip("\n") + " x\n"), "line 4: the checkpoint is not one"),
        ([one.replace("\n", " \n") if i == 2 else one for i, one in enumerate(log())], "line 3: it is not written"),
        ([one.rstrip("\n") if i == 7 else one for i, one in enumerate(log())], "line 8: it is cut off"),
        (log(5, marks=(2,)), "line 8: the end is missing, 5 entries stand of 5"),
        (log(5, head=_set(size=6)), "line 9: the end is missing, 5 entries stand of 6"),
        (log(5, head=_set(size=4)), "line 9: the end is missing, 5 entries stand of 4"),
        (["no json\n"], "line 1: "),
        (["[]\n"], "line 1: "),
        ([], "line 1: the end is missing"),
    ],
)  # fmt: skip
def test_each_lie_is_named_by_its_line(lines: list[str], told: str) -> None:
    assert said(lines).startswith(told), said(lines)
    assert bool(said(lines)) == bool(told)


@pytest.mark.parametrize("mac", ["", "0" * 63, "A" * 64, "zz" * 32, "0" * 65])
def test_without_the_key_a_mac_must_at_least_be_one(mac: str) -> None:
    assert said(log(row_at={1: _set(mac=mac)}), key=None).startswith("line 3: ")
    assert said(log(row_at={1: _set(mac="ab" * 32)}), key=None) == ""


def test_another_public_key_than_the_noted_one_is_refused() -> None:
    assert "another key than the one noted" in said(log(), public=SigningPair.new().public)


def test_signatures_are_recognised_as_another_library_makes_them() -> None:
    """Eight keys and messages; a changed signature or message is refused."""
    for n in range(8):
        pair = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"%d" % n).digest())
        public, message = pair.public_key().public_bytes_raw(), b"m" * n
        signature = pair.sign(message)
        assert klarsyn_verify.is_signed(public, message, signature) is True
        at = n * 3 % 64
        changed = signature[:at] + bytes((signature[at] ^ 1 << n % 8,)) + signature[at + 1 :]
        assert klarsyn_verify.is_signed(public, message, changed) is False
        assert klarsyn_verify.is_signed(public, message + b"x", signature) is False


def test_signatures_that_rfc_8032_forbids_are_refused() -> None:
    pair = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = pair.public_key().public_bytes_raw(), pair.sign(b"m")
    s = int.from_bytes(signature[32:], "little") + klarsyn_verify.L
    again = signature[:32] + s.to_bytes(32, "little")  # the same equation: "malleable"
    no_point = (klarsyn_verify.P + 1).to_bytes(32, "little")
    for key, signed_as in (
        (public, again),
        (public, signature[:63]),
        (public, signature + b"\0"),
        (no_point, signature),
    ):
        assert klarsyn_verify.is_signed(key, b"m", signed_as) is False
    assert klarsyn_verify.point(no_point) is None and klarsyn_verify.point((2).to_bytes(32, "little")) is None
    assert klarsyn_verify.point((1 | 1 << 255).to_bytes(32, "little")) is None  # x = 0 has no sign


def test_both_sides_of_a_signature_must_be_one_point_in_x_and_in_y() -> None:
    pair = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = pair.public_key().public_bytes_raw(), pair.sign(b"m")
    turned = klarsyn_verify.L - int.from_bytes(
        signature[32:], "little"
    )  # the same y, and x with the other sign
    assert klarsyn_verify.is_signed(public, b"m", signature[:32] + turned.to_bytes(32, "little")) is False
    none, half = (y.to_bytes(32, "little") for y in (1, klarsyn_verify.P - 1))  # x = 0 in both
    assert (
        klarsyn_verify.is_signed(none, b"m", none + bytes(32)) is True
    )  # nothing signed by nobody: it adds up
    assert klarsyn_verify.is_signed(none, b"m", half + bytes(32)) is False
    assert klarsyn_verify.is_signed(none, b"m", none + klarsyn_verify.L.to_bytes(32, "little")) is False


def test_a_point_is_read_as_rfc_8032_writes_it() -> None:
    """The base point of section 5.1, with its sign and with the other; no y from the prime on."""
    y = 46316835694926478169428394003475163141307993866256225615783033603165251855960
    x = 15112221349535400772501151409588531511454012693041857206046113283949847762202
    for sign, wanted in ((0, x), (1, klarsyn_verify.P - x)):
        found = klarsyn_verify.point((y | sign << 255).to_bytes(32, "little"))
        assert found is not None and found[:3] == (wanted, y, 1)
    assert klarsyn_verify.point(klarsyn_verify.P.to_bytes(32, "little")) is None


def _run(folder: Path, lines: Sequence[str], *words: str) -> int:
    path = folder / "log.jsonl"
    path.write_text("".join(lines), encoding="utf-8")
    return klarsyn_verify.main([str(path), *words])


def test_the_shell_says_what_was_checked_and_what_was_not(tmp_path: Path, capsys) -> None:
    root = bytes.fromhex(_root())
    twelve = ["--words", words.words_of(root), "--size", "5"]
    for asked, told in (
        ([], "MACs not checked (no --first-key); diary not asked (no --words)"),
        (["--first-key", FIRST.hex()], "MACs checked with the auditor's key; diary not asked (no --words)"),
        (twelve, "MACs not checked (no --first-key); diary fits"),
        (
            ["--public-key", SIGNER.public.hex()],
            "MACs not checked (no --first-key); diary not asked (no --words)",
        ),
    ):
        assert _run(tmp_path, log(), *asked) == 0
        assert capsys.readouterr().out == f"whole: 5 entries of {NAME}, tree head {_root()}; {told}\n"


def _root() -> str:
    frontier = Frontier()
    for n in range(5):
        frontier = frontier.grown(leaf_of(entry(n).encode()))
    return frontier.root().hex()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--words", "x"], "BROKEN --words and --size belong together"),
        (["--size", "5"], "BROKEN --words and --size belong together"),
        (
            ["--words", words.words_of(bytes(32)), "--size", "5"],
            "BROKEN the first 5 entries are not those whose words",
        ),
        (
            ["--words", words.words_of(bytes(32)), "--size", "9"],
            "BROKEN line 6: 5 entries, but the diary tells of 9",
        ),
        (["--words", "babab", "--size", "5"], "BROKEN the words do not fit together"),
        (["--words", "quick", "--size", "5"], "BROKEN the word 'quick' is not one of the log's words"),
        (["--first-key", "zz"], "BROKEN "),
        (["--public-key", "00" * 32], "BROKEN line 1: the export names another key"),
    ],
)
def test_the_shell_ends_with_one_and_a_sentence(tmp_path: Path, capsys, asked: list[str], told: str) -> None:
    assert _run(tmp_path, log(), *asked) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith(told) and shown.out == ""


def test_a_note_is_a_checkpoint_in_its_exact_form_alone() -> None:
    text, public = _mark(5, bytes(32)), SIGNER.public
    found = checkpoints.read(text, public)
    assert (found.origin, found.size, found.root, found.text) == (NAME, 5, bytes(32), text)
    good = text.split(" ")[-1].strip()
    for wrong in (
        text.replace(good, good[:8] + "*" + good[8:]), text.replace("AAAA", "AA*AA", 1), text.replace("\n\n", "\n\nx ", 1),
        text.replace(NAME + "\n5", NAME + "\n5\n5"), text.replace("—", "-"), text.replace(f"— {NAME}", "— other"),
        signed(NAME, 5, bytes(31), SIGNER).text, text.replace(good, base64.b64encode(b"xxxx" + base64.b64decode(good)[4:]).decode()),
        signed(NAME, 5, bytes(32), SigningPair.new()).text, "",
    ):  # fmt: skip
        with pytest.raises(ValueError, match="checkpoint"):
            checkpoints.read(wrong, public)


def test_an_entry_is_written_in_one_way_and_only_known_outcomes_are_entries() -> None:
    assert entry(3).encode().decode() == (
        '{"action":"case.read","actor":"p-å","at":"","day":"2026-11-25","detail":"","object":"1","outcome":"ok",'
        '"sequence":3,"team":"mika"}'
    )
    for outcome in ("ok", "refused", "failed"):
        assert entry(0, outcome=outcome).outcome == outcome
    for wrong in (
        {"n": -1},
        {"n": 0, "outcome": "x"},
        {"n": 0, "action": "Case.read"},
        {"n": 0, "action": "case.read\n"},
    ):
        with pytest.raises(ValueError, match="no line of a log"):
            entry(**wrong)


def test_a_proof_of_another_size_or_place_leads_nowhere() -> None:
    leaves = [hashlib.sha256(b"%d" % n).digest() for n in range(7)]
    path = inclusion(leaves, 3)
    for at, size in ((-1, 7), (7, 7), (0, 0), (8, 7)):
        assert root_from_inclusion(leaves[3], at, size, path) is None
    assert root_from_inclusion(leaves[3], 3, 7, ()) is None and inclusion(leaves[:1], 0) == ()
    for at in (-1, 7):
        with pytest.raises(IndexError, match=f"line {at} of 7"):
            inclusion(leaves, at)
