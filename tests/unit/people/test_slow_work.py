"""The slow part of a password is done before a transaction begins: nobody waits for the database meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection

from klarsyn.people import actions, passwords
from klarsyn.people.keys import accounts
from klarsyn.people.keys.accounts import unlock
from tests.people import ground

ONE, TWO, THREE = "nordanvind-och-klar", "morgonljus-pa-fjarden", "sommarregn-over-taket"


@pytest.mark.django_db(transaction=True)
def test_no_password_is_derived_inside_a_transaction(monkeypatch, tmp_path, settings) -> None:
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    ground()
    seen: list[bool] = []
    real = accounts.derive

    def watched(*args):
        seen.append(connection.in_atomic_block)
        return real(*args)

    monkeypatch.setattr(accounts, "derive", watched)
    nils = actions.admit_person(username="nils", name="Nils", password=ONE, roles=["analyst"])
    assert passwords.change_password(user=nils, old=ONE, new=TWO)
    actions.new_keys(user=nils, password=THREE)
    assert unlock("nils", THREE) is not None
    assert seen == [False] * len(seen) and len(seen) >= 5
