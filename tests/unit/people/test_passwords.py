"""Weak passwords are refused on this machine alone; a new one seals the same keys."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.people.breached import sha1_of, stands_in
from klarsyn.people.keys.accounts import unlock
from klarsyn.people.models import StaffSession, User
from klarsyn.people.passwords import change_password, check_password
from klarsyn.people.sessions import SessionStore
from tests.make import PASSWORD, member

NEW = "tre gula båtar i motvind"


@pytest.mark.parametrize(
    "weak",
    ["kort", "password1234", "iloveyou!!!!!!", "trustno1trustno1", "Jönköpings kommun 2026", "Sommaren2026!!", "mika-kast-mika-kast",
     "nils.nils.2026", "aaaaaaaaaaaaaa", "123456789012345", "Klarsyn-Klarsyn-1", "Mottagning-sommar-2026"],
)  # fmt: skip
def test_what_is_easy_to_guess_is_refused_with_a_reason(db, weak: str) -> None:
    with pytest.raises(Refused, match="Inget är sparat"):
        check_password(weak, User(username="nils", name="Nils Ek"))


@pytest.mark.parametrize("good", [NEW, PASSWORD, "kaffe lampa moln stege", "correct-horse-battery"])
def test_some_words_that_do_not_belong_together_are_a_good_password(db, good: str) -> None:
    check_password(good, User(username="nils", name="Nils Ek"))


def test_a_municipality_adds_its_own_words(db, settings) -> None:
    check_password("evonhuset-gatan", User(username="nils", name="Nils Ek"))
    settings.PASSWORD_WORDS = ["Evonhuset"]
    with pytest.raises(Refused):
        check_password("evonhuset-gatan", User(username="nils", name="Nils Ek"))


def test_a_leaked_password_is_found_in_a_file_of_any_size(tmp_path: Path, settings) -> None:
    """Every line of files of 0, 1, 2 … lines is found, with either ending, and nothing else is."""
    for size in (0, 1, 2, 3, 17, 256):
        held = [f"lösenord {n} i en fil" for n in range(size)]
        path = tmp_path / f"{size}.txt"
        rows = sorted(
            sha1_of(word) + b":%d" % random.Random(n).randrange(10**6) for n, word in enumerate(held)
        )
        for ending in (b"\r\n", b"\n"):
            path.write_bytes(ending.join(rows))
            assert all(stands_in(path, sha1_of(word)) for word in held)
            assert not any(stands_in(path, sha1_of(f"{word}x")) for word in held)
            assert not stands_in(path, b"F" * 40) and not stands_in(path, b"0" * 40)
    settings.PASSWORD_BREACHED = str(path)
    with pytest.raises(Refused, match="läckt"):
        check_password("lösenord 7 i en fil", User(username="nils", name="Nils Ek"))


def test_the_form_is_the_one_that_published_files_have() -> None:
    assert sha1_of("å").decode() == hashlib.sha1("å".encode()).hexdigest().upper()


def test_a_new_password_seals_the_same_keys_and_ends_every_session(db) -> None:
    nils = member("nils")
    before = unlock("nils", PASSWORD)
    store = SessionStore()
    store["_auth_user_id"] = str(nils.pk)
    store.save()
    mark = nils.get_session_auth_hash()
    after = change_password(user=nils, old=PASSWORD, new=NEW)
    assert before is not None and after is not None and after.seeds() == before[1].seeds()
    assert unlock("nils", PASSWORD) is None and unlock("nils", NEW) is not None
    assert not StaffSession.objects.exists() and nils.get_session_auth_hash() != mark
    assert (
        AuditEvent.objects.filter(action="password.change", outcome="ok", actor=nils.pseudonym).count() == 1
    )


def test_a_wrong_old_password_changes_nothing_and_is_told(db) -> None:
    nils = member("nils")
    assert change_password(user=nils, old="fel", new=NEW) is None
    assert unlock("nils", PASSWORD) is not None and unlock("nils", NEW) is None
    assert AuditEvent.objects.filter(action="password.change", outcome="refused").count() == 1
