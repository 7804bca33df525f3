"""The staff, and the keys that people and teams hold."""

from klarsyn.people.models.keys import EscrowPair, SigningKey, Team, TeamEpoch, TeamWrap, UserKey, UserWrap
from klarsyn.people.models.sessions import SeenLogout, StaffSession
from klarsyn.people.models.staff import RoleHeld, SignInPause, User, UserManager

__all__ = [
    "EscrowPair",
    "RoleHeld",
    "SeenLogout",
    "SignInPause",
    "SigningKey",
    "StaffSession",
    "Team",
    "TeamEpoch",
    "TeamWrap",
    "User",
    "UserKey",
    "UserManager",
    "UserWrap",
]
