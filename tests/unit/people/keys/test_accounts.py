"""One password opens one person's keys; nothing that lies in the database does."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarsyn.base.vault import Derived, KeyPair, NotReady, Recipe, pepper
from klarsyn.people.keys import accounts, pepper_file
from klarsyn.people.keys.accounts import make_keys, unlock
from klarsyn.people.models import User, UserWrap
from tests.unit.people.keys.conftest import PASSWORD, someone


def test_alvas_password_opens_her_keys_and_no_other_does() -> None:
    alva, keys = someone("alva")
    found = unlock("alva", PASSWORD)
    assert found is not None and found[0] == alva and found[1].seeds() == keys.seeds()
    for name, password in (("alva", PASSWORD + " "), ("alva", ""), ("ingen", PASSWORD), ("ALVA", PASSWORD)):
        assert unlock(name, password) is None
    alva.is_active = False
    alva.save()
    assert unlock("alva", PASSWORD) is None


def test_whoever_is_tried_one_slow_hash_of_the_same_cost_is_made(monkeypatch) -> None:
    """The right one, a wrong password, an unknown name, a closed account, and somebody who has no keys."""
    someone("alva")
    closed, _keys = someone("bo")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    User.objects.create(username="nils", name="Nils")
    made: list[tuple[int, int, int]] = []
    real = accounts.derive

    def watched(secret: str, recipe: Recipe, given: bytes) -> Derived:
        made.append((recipe.passes, recipe.memory, len(recipe.salt)))
        return real(secret, recipe, given)

    monkeypatch.setattr(accounts, "derive", watched)
    tried = [("alva", PASSWORD), ("alva", "fel"), ("ingen", PASSWORD), ("bo", PASSWORD), ("nils", PASSWORD)]
    assert [unlock(*one) is None for one in tried] == [False, True, True, True, True]
    assert len(made) == len(tried) and len(set(made)) == 1


def test_nothing_that_lies_in_the_database_is_the_key_or_the_password() -> None:
    _alva, keys = someone("alva")
    wrap = UserWrap.objects.get()
    stored = b"".join(bytes(part) for part in (wrap.sealed, wrap.salt)) + wrap.verifier.encode()
    assert keys.pair.seed not in stored and PASSWORD.encode() not in stored
    assert keys.pair.seed.hex() not in repr(keys) and "seed" not in repr(keys)


def test_without_the_pepper_or_with_another_nobody_gets_in(ground: Path) -> None:
    someone("alva")
    path = pepper_file.path()
    path.rename(ground / "away")
    with pytest.raises(NotReady, match="sealed paper copy"):
        unlock("alva", PASSWORD)
    pepper.create(path)
    with pytest.raises(NotReady, match="generation 1"):
        unlock("alva", PASSWORD)
    path.unlink()
    (ground / "away").rename(path)
    assert unlock("alva", PASSWORD) is not None


def test_a_new_pepper_is_taken_at_the_next_sign_in_and_the_old_may_then_go() -> None:
    _alva, keys = someone("alva")
    pepper.rotate(pepper_file.path())
    pepper_file.keep_fingerprints()
    found = unlock("alva", PASSWORD)
    assert found is not None and found[1].seeds() == keys.seeds()
    assert UserWrap.objects.get().pepper_generation == 2
    pepper.retire(pepper_file.path(), 1)
    pepper_file.keep_fingerprints()
    assert unlock("alva", PASSWORD) is not None


def test_a_dearer_password_hash_is_taken_at_the_next_sign_in(settings) -> None:
    someone("alva")
    settings.PASSWORD_COST = (2, 16384)
    assert unlock("alva", PASSWORD) is not None
    wrap = UserWrap.objects.get()
    assert (wrap.passes, wrap.memory) == (2, 16384) and unlock("alva", PASSWORD) is not None


def test_a_persons_wrap_opens_as_nobody_elses() -> None:
    """Bo's wrap under Alva's name, with Alva's verifier: the ciphertext knows its row."""
    alva, _a = someone("alva")
    bo, _b = someone("bo")
    mine, his = UserWrap.objects.get(user=alva), UserWrap.objects.get(user=bo)
    UserWrap.objects.filter(pk=mine.pk).update(sealed=his.sealed)
    with pytest.raises(Exception, match="cannot be opened"):
        unlock("alva", PASSWORD)


def test_new_keys_after_a_forgotten_password_open_nothing_old() -> None:
    alva, old = someone("alva")
    new = make_keys(alva, "ett nytt långt lösenord")
    assert new.seeds() != old.seeds() and unlock("alva", PASSWORD) is None
    assert bytes(User.objects.get().key.public) == new.pair.public != old.pair.public
    assert isinstance(accounts.Unlocked.from_seeds(alva.uid, new.seeds()).pair, KeyPair)
