"""A person's own keys: made with a password, opened with it once a sign-in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from klarsyn.base.vault import (
    Context,
    Cost,
    Derived,
    KeyPair,
    Recipe,
    SigningPair,
    derive,
    open_record,
    seal_record,
)
from klarsyn.base.vault.wraps import SEED_BYTES
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import SigningKey, TeamWrap, User, UserKey, UserWrap

_NOBODY = hashlib.sha256(b"klarsyn-1 nobody").digest()[:16]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A person's secret halves, for as long as the session lasts."""

    uid: UUID
    pair: KeyPair = field(repr=False)
    signer: SigningPair = field(repr=False)

    def seeds(self) -> bytes:
        return self.pair.seed + self.signer.seed

    @classmethod
    def from_seeds(cls, uid: UUID, seeds: bytes) -> Unlocked:
        return cls(uid, KeyPair(seeds[:SEED_BYTES]), SigningPair(seeds[SEED_BYTES:]))


def cost() -> Cost:
    return Cost(*settings.PASSWORD_COST)


@dataclass(frozen=True, slots=True)
class NewKeys:
    """New pairs and what the password derives, not yet anybody's: made before a transaction begins."""

    pair: KeyPair = field(repr=False)
    signer: SigningPair = field(repr=False)
    sealing: Sealing = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a password derives, by a fresh recipe: a third of a second of work, and memory for it."""

    recipe: Recipe
    derived: Derived


def derive_anew(password: str) -> Sealing:
    """The slow part. Called where nobody waits for the database."""
    peppers = pepper_file.peppers()
    recipe = Recipe.new(cost(), peppers.current)
    return Sealing(recipe, derive(password, recipe, peppers.of(recipe.pepper_generation)))


def prepare_keys(password: str) -> NewKeys:
    return NewKeys(KeyPair.new(), SigningPair.new(), derive_anew(password))


def make_keys(user: User, password: str) -> Unlocked:
    """New pairs for a person, sealed with the password. What was sealed to older pairs no longer opens."""
    return keep_keys(user, prepare_keys(password))


@transaction.atomic
def keep_keys(user: User, new: NewKeys) -> Unlocked:
    """Make prepared pairs the person's own.

    What was sealed to older pairs goes: else a removal, which seals the new key to whoever holds a row of the
    old one, would let the person in again without a colleague.
    """
    TeamWrap.objects.filter(user=user).delete()
    unlocked = Unlocked(user.uid, new.pair, new.signer)
    UserKey.objects.update_or_create(
        user=user,
        defaults={
            "public": unlocked.pair.public,
            "sign_public": unlocked.signer.public,
            "created_on": timezone.localdate(),
        },
    )
    SigningKey.objects.create(uid=user.uid, public=unlocked.signer.public, since=timezone.localdate())
    keep_sealed(user, unlocked, new.sealing)
    return unlocked


def seal_with_password(user: User, unlocked: Unlocked, password: str) -> None:
    """The same pairs under a new password, or under a newer pepper."""
    keep_sealed(user, unlocked, derive_anew(password))


def keep_sealed(user: User, unlocked: Unlocked, sealing: Sealing) -> None:
    """The pairs under what a password has derived."""
    recipe = sealing.recipe
    wrap = UserWrap(
        user=user, method=UserWrap.Method.PASSWORD, passes=recipe.passes, memory=recipe.memory,
        salt=recipe.salt, pepper_generation=recipe.pepper_generation, verifier=_proof(sealing.derived),
    )  # fmt: skip
    wrap.sealed = seal_record(sealing.derived.kek, unlocked.seeds(), _place(wrap))
    with transaction.atomic():  # a person is never without a wrap, whatever stops in between
        UserWrap.objects.filter(user=user, method=UserWrap.Method.PASSWORD).delete()
        wrap.save(force_insert=True)


def unlock(username: str, password: str) -> tuple[User, Unlocked] | None:
    """(the person, the keys), or None: an unknown name, a wrong password, a closed account take as long."""
    held = UserWrap.objects.filter(user__username=username, user__is_active=True)
    wrap = held.filter(method=UserWrap.Method.PASSWORD).select_related("user").first()
    peppers = pepper_file.peppers()
    if wrap is None:
        recipe = Recipe.new(cost(), peppers.current).with_salt(_NOBODY)
        derive(password, recipe, peppers.of(peppers.current))
        return None
    recipe = Recipe(wrap.passes, wrap.memory, bytes(wrap.salt), wrap.pepper_generation)
    derived = derive(password, recipe, peppers.of(wrap.pepper_generation))
    if not hmac.compare_digest(_proof(derived), wrap.verifier):
        return None
    user = wrap.user
    unlocked = Unlocked.from_seeds(user.uid, open_record(derived.kek, bytes(wrap.sealed), _place(wrap)))
    if (wrap.pepper_generation, wrap.passes, wrap.memory) != (peppers.current, *settings.PASSWORD_COST):
        seal_with_password(user, unlocked, password)
    return user, unlocked


def _proof(derived: Derived) -> str:
    return hashlib.sha256(derived.verifier).hexdigest()


def _place(wrap: UserWrap) -> Context:
    return Context(settings.INSTANCE, "-", "people_userwrap", "sealed", wrap.id, wrap.id, 0, "user seeds")
