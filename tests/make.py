"""Plain functions that build things for tests."""

from klarsyn.people.models import User
from klarsyn.people.roles import Role

PASSWORD = "nordanvind-och-klar-luft"


def member(username: str = "nils", *roles: type[Role], password: str = PASSWORD) -> User:
    """An ordinary member of staff with a password, outside the demonstration."""
    user = User(username=username, name=username.title())
    user.set_password(password)
    user.save()
    for role in roles:
        user.roles_held.create(role=role.key)
    return user
