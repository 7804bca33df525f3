"""The staff: an account, the roles it holds, and the pause after failed sign-ins."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from klarsyn.people.permissions import Permission
from klarsyn.people.roles import BY_KEY, ROLES, Reach, Role, permissions_of

if TYPE_CHECKING:
    from klarsyn.people.models.keys import Team


class UserManager(BaseUserManager["User"]):
    """Only `people.actions` makes users; this is what Django's sign-in needs."""


class User(AbstractBaseUser):
    """A member of staff or a councillor. Nobody who seeks help ever has an account."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # what seals and signatures name
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    # Who the person is to the municipality's own sign-in; empty = that way does not lead here.
    hsa_id = models.CharField(max_length=60, unique=True, null=True, blank=True)

    _narrowed: frozenset[str] | None = None

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def pseudonym(self) -> str:
        """What the log calls this person: the name stays out of it."""
        return f"p-{self.uid.hex[:12]}"

    @cached_property
    def roles(self) -> tuple[type[Role], ...]:
        held = {row.role for row in self._held()}
        return tuple(role for role in ROLES if role.key in held)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(role.key for role in self.roles)

    def may(self, permission: Permission) -> bool:
        """Whether some role of theirs gives it. For what belongs to a team ask `may_in_team`."""
        return self.is_active and permission in self.permissions

    def may_in_team(self, permission: Permission | str, team: Team) -> bool:
        """Whether a role held in this very team gives it. A role of the whole municipality opens no team."""
        return self.is_active and any(
            held.team_id == team.pk and permission in role.permissions and role.team_kind in ("", team.kind)
            for held in self._held()
            if (role := BY_KEY.get(held.role)) is not None and role.reach is Reach.TEAM
        )

    def units_of(self, permission: Permission | str) -> frozenset[str]:
        """The units in which a role held there gives it."""
        return frozenset(
            held.unit
            for held in self._held()
            if self.is_active and held.unit and permission in permissions_of([held.role])
        )

    @property
    def team_ids(self) -> frozenset[uuid.UUID]:
        """The teams in which they hold some role; whose client rows a transaction of theirs may show."""
        return frozenset(row.team_id for row in self._held() if row.team_id is not None)

    def narrow_to(self, roles: Iterable[str]) -> None:
        """Let only these roles hold, for as long as this object lives: a session for one assignment."""
        self._narrowed = frozenset(roles)
        for name in ("roles", "permissions"):
            self.__dict__.pop(name, None)

    def _held(self) -> list[RoleHeld]:
        held = self.roles_held.all()  # .all() uses what a list has prefetched
        return [row for row in held if self._narrowed is None or row.role in self._narrowed]

    @property
    def needs_second_factor(self) -> bool:
        return any(role.needs_second_factor() for role in self.roles)


class RoleHeld(models.Model):
    """A role somebody holds, since when, and where: in one team, in one unit by name, or everywhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=40)
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"], condition=Q(team=None), name="people_role_held_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "team"], condition=~Q(team=None), name="people_role_once_a_team"
            ),
            models.CheckConstraint(condition=Q(team=None) | Q(unit=""), name="people_role_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {BY_KEY[self.role].name}" if self.role in BY_KEY else f"{self.user}: –"


class SignInPause(models.Model):
    """Failed sign-ins of late. The key is a keyed hash, since people type passwords in the wrong box."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_failure_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} failures"
