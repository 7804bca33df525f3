"""The pepper is a file of its own, checked; the vault tries itself before it is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klarsyn.base.vault import NotReady, kdf, pepper, selftest, suites
from klarsyn.base.vault.errors import Busy


def test_a_pepper_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "pepper.json"
    made = pepper.create(path)
    assert path.stat().st_mode & 0o777 == 0o600 and pepper.read(path) == made and made.current == 1
    with pytest.raises(FileExistsError):
        pepper.create(path)
    path.chmod(0o640)
    with pytest.raises(NotReady, match="chmod 600"):
        pepper.read(path)


@pytest.mark.parametrize("text", ["", "[]", '{"current": 1}', '{"current": 2, "generations": {"1": "AAAA"}}'])
def test_a_broken_pepper_file_is_not_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pepper.json"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(NotReady):
        pepper.read(path)
    with pytest.raises(NotReady):
        pepper.read(tmp_path / "nowhere.json")


def test_rotation_keeps_the_old_until_it_is_retired(tmp_path: Path) -> None:
    path = tmp_path / "pepper.json"
    first = pepper.create(path)
    second = pepper.rotate(path)
    assert second.current == 2 and second.of(1) == first.of(1) != second.of(2)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotReady, match="current generation"):
        pepper.retire(path, 2)
    assert set(pepper.retire(path, 1).generations) == {2} == set(pepper.read(path).generations)
    with pytest.raises(NotReady, match="generation 1"):
        pepper.read(path).of(1)


def test_a_wrong_pepper_is_noticed_by_its_kept_fingerprint(tmp_path: Path) -> None:
    mine, other = pepper.create(tmp_path / "a"), pepper.create(tmp_path / "b")
    mine.check(mine.fingerprints())
    with pytest.raises(NotReady, match="sealed paper copy"):
        other.check(mine.fingerprints())
    shown = json.dumps(mine.fingerprints()) + repr(mine)
    assert mine.of(1).hex() not in shown and "generations=" not in repr(mine)


def test_the_paper_copy_brings_the_pepper_back_and_a_wrong_sign_does_not(tmp_path: Path) -> None:
    made = pepper.create(tmp_path / "a")
    paper = made.paper()
    assert pepper.from_paper(paper.lower()) == made.of(1)
    swapped = ("B" if paper[0] == "A" else "A") + paper[1:]
    for wrong in (swapped, paper[:-2], "", "inte ett papper", paper + " AAAA"):
        with pytest.raises(NotReady, match="do not fit together"):
            pepper.from_paper(wrong)


def test_the_vault_passes_its_own_test() -> None:
    selftest.self_test()
    assert len(selftest.golden()) >= 1


def test_the_self_test_notices_when_old_values_no_longer_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: another format, then another suite as the current one."""
    with monkeypatch.context() as broken:
        broken.setattr("klarsyn.base.vault.envelope._PURPOSE", b"klarsyn-2 record\0")
        with pytest.raises(NotReady, match="self-test failed"):
            selftest.self_test()
    with monkeypatch.context() as broken:
        broken.setattr(selftest, "CURRENT", suites.Suite.X25519)
        with pytest.raises(NotReady, match="current suite"):
            selftest.self_test()


def test_no_more_than_two_derive_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "_WAIT", 0.01)
    with kdf._in_turn(), kdf._in_turn(), pytest.raises(Busy):
        kdf.derive("x", kdf.Recipe.new(kdf.Cost(1, 8192), 1), b"p" * 32)
