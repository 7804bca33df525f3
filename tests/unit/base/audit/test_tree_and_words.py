"""The tree against another program and against its own proofs; the words against a slip of the pen."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from klarsyn.base.audit import checkpoints, klarsyn_verify, words
from klarsyn.base.audit.tree import EMPTY, Frontier, inclusion, root_from_inclusion, root_of
from klarsyn.base.vault import SigningPair

LEAVES = [hashlib.sha256(b"\x00%d" % i).digest() for i in range(70)]


@pytest.mark.parametrize("size", [*range(1, 20), 31, 32, 33, 64, 70])
def test_the_root_is_that_of_another_program(size: int) -> None:
    other = InmemoryTree(algorithm="sha256")
    for i in range(size):
        other.append_entry(b"%d" % i)
    assert root_of(LEAVES[:size]) == other.get_root(size)


def test_rfc_6962_names_the_root_of_nothing_and_of_one() -> None:
    assert root_of([]) == EMPTY == hashlib.sha256(b"").digest()
    assert root_of(LEAVES[:1]) == LEAVES[0]


@settings(max_examples=60)
@given(st.integers(1, 70), st.data())
def test_every_line_has_a_proof_and_no_other_line_has_it(size: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    path, root = inclusion(leaves, at), root_of(leaves)
    assert root_from_inclusion(leaves[at], at, size, path) == root
    assert root_from_inclusion(hashlib.sha256(b"no").digest(), at, size, path) != root
    if size > 1:
        assert root_from_inclusion(leaves[at], (at + 1) % size, size, path) != root
        assert root_from_inclusion(leaves[at], at, size, path[:-1]) != root
    assert root_from_inclusion(leaves[at], at, size, (*path, root)) is None


def test_a_tree_grows_one_leaf_at_a_time() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(LEAVES, 1):
        frontier = frontier.grown(leaf)
        assert (frontier.size, frontier.root()) == (size, root_of(LEAVES[:size]))
        assert len(frontier.roots) == size.bit_count()


@given(st.binary(min_size=32, max_size=32))
def test_words_stand_for_the_beginning_of_a_root_in_both_programs(root: bytes) -> None:
    said = words.words_of(root)
    assert len(said.split()) == 12 and words.beginning_of(said.upper()) == root[:22]
    assert klarsyn_verify.beginning_of(said) == root[:22]


def test_a_slip_of_the_pen_is_noticed() -> None:
    said = words.words_of(bytes(range(32))).split()
    swapped, short = [said[1], said[0], *said[2:]], said[:-1]
    for wrong in (swapped, short, [*said, said[0]], ["hejsan", *said[1:]], ["bbbbb", *said[1:]]):
        with pytest.raises(ValueError):
            words.beginning_of(" ".join(wrong))
        with pytest.raises(klarsyn_verify.Broken):
            klarsyn_verify.beginning_of(" ".join(wrong))


def _proquint(two: bytes) -> str:
    """A word by the paper's own table: four bits a consonant, two a vowel."""
    bits, signs = f"{int.from_bytes(two, 'big'):016b}", "bdfghjklmnprstvz"
    parts = (bits[0:4], bits[4:6], bits[6:10], bits[10:12], bits[12:16])
    return "".join((signs if len(part) == 4 else "aiou")[int(part, 2)] for part in parts)


def test_the_words_are_those_of_the_paper() -> None:
    assert _proquint(bytes([127, 0])) == "lusab" and _proquint(bytes([0, 1])) == "babad"
    root = bytes(range(100, 132))
    assert words.words_of(root).split()[:11] == [_proquint(root[i : i + 2]) for i in range(0, 22, 2)]


def test_a_keys_four_words_are_of_the_key_and_of_nothing_else_that_is_hashed() -> None:
    mark = hashlib.sha256(b"klarsyn-1 key words\0" + b"a public key").digest()
    assert words.key_words(b"a public key") == " ".join(_proquint(mark[i : i + 2]) for i in (0, 2, 4, 6))
    assert words.key_words(b"another") != words.key_words(b"a public key")


@pytest.mark.parametrize("wrong", ["baba", "bababa", "abab", "bxbab", "babaa", "aabab", "babeb", "cabab"])
def test_what_is_no_word_is_named(wrong: str) -> None:
    said = [wrong, *words.words_of(bytes(range(32))).split()[1:]]
    with pytest.raises(ValueError, match=f"'{wrong}' is not one of the log's words"):
        words.beginning_of(" ".join(said))


def test_a_checkpoint_is_read_with_its_own_key_only() -> None:
    signer, other = SigningPair.new(), SigningPair.new()
    made = checkpoints.signed("klarsyn/test", 7, LEAVES[0], signer)
    assert checkpoints.read(made.text, signer.public) == made
    for text, key in (
        (made.text, other.public),
        (made.text.replace("\n7\n", "\n8\n"), signer.public),
        ("", signer.public),
    ):
        with pytest.raises(ValueError, match="checkpoint"):
            checkpoints.read(text, key)


def test_the_verifiers_own_ed25519_agrees_with_the_library() -> None:
    """RFC 8032, section 7.1, tests 1 to 3, and a signature of ours; every changed byte is refused."""
    for public, message, signature in (
        ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ):  # fmt: skip
        parts = [bytes.fromhex(text) for text in (public, message, signature)]
        assert klarsyn_verify.is_signed(*parts)
        assert not klarsyn_verify.is_signed(parts[0], parts[1] + b"x", parts[2])
    pair = SigningPair.new()
    signature = pair.sign(b"klarsyn")
    assert klarsyn_verify.is_signed(pair.public, b"klarsyn", signature)
    for at in range(0, 64, 9):
        wrong = bytearray(signature)
        wrong[at] ^= 1
        assert not klarsyn_verify.is_signed(pair.public, b"klarsyn", bytes(wrong))
