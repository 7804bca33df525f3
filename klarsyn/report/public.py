"""The address that stands in print and in metadata, where a path alone leads nowhere."""

from django.conf import settings


def public_address(path: str) -> str:
    """`/kartlaggning/2019/` as a whole URL on the municipality's own host."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/{path.lstrip('/')}"
