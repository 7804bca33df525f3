"""What a role is: a name, a sentence, its permissions, and how far they reach."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import GUARDED, Permission


class Reach(Enum):
    """Where a role holds: everywhere, in one team, in one unit. Printed on the page of roles."""

    MUNICIPALITY = _("hela kommunen")
    TEAM = _("en mottagning")
    UNIT = _("en enhet")


class Role:
    """What one kind of work may do here. Give a person several roles rather than widening one.

    A role that reaches a team says nothing of any other team. `team_kind` binds it to teams of one kind.
    """

    key: str
    name: Promise
    sentence: Promise
    permissions: frozenset[Permission]
    reach: Reach = Reach.MUNICIPALITY
    team_kind: str = ""

    @classmethod
    def needs_second_factor(cls) -> bool:
        return bool(cls.permissions & GUARDED)
