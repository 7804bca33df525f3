"""Plain functions that build things for tests."""

from klarsyn.people.keys.accounts import make_keys
from klarsyn.people.models import User
from klarsyn.people.roles import Role
from tests.people import ground

PASSWORD = "nordanvind-och-klar-luft"


def member(username: str = "nils", *roles: type[Role], password: str = PASSWORD) -> User:
    """An ordinary member of staff with a password and keys, outside the demonstration."""
    ground()
    user = User(username=username, name=username.title())
    user.set_unusable_password()
    user.save()
    make_keys(user, password)
    for role in roles:
        user.roles_held.create(role=role.key)
    return user
