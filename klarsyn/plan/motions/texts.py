"""What is typed, made ready to keep: cleaned, of nobody, and with an address of its own."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.writing import has_personal_number
from klarsyn.plan.nobody import check_names_nobody, clean

_LONGEST_SLUG: Final = 70
_AS_WRITTEN: Final = frozenset({"registry_number", "source_address"})  # digits that only look like a number


def kept(*, may_be_empty: tuple[str, ...] = (), **texts: str) -> dict[str, str]:
    """The texts as they are kept. Raises Refused for one that is missing or points out a person."""
    found = {name: clean(text) for name, text in texts.items()}
    if any(not text and name not in may_be_empty for name, text in found.items()):
        raise Refused(_("Något som behövs är tomt. Inget är sparat; det du har skrivit står kvar."))
    check_names_nobody(*(text for name, text in found.items() if name not in _AS_WRITTEN))
    if any(has_personal_number(found[name]) for name in _AS_WRITTEN & found.keys()):
        raise Refused(_("Diarienummer och adresser får inte innehålla ett personnummer. Inget är sparat."))
    return found


def lines_of(text: str) -> list[str]:
    """One text a line, empty lines left out."""
    return [one for line in text.splitlines() if (one := clean(line))]


def slug_for(model: type[models.Model], title: str) -> str:
    """An address that no other row has, made of the title once and never changed."""
    base = slugify(title)[:_LONGEST_SLUG].strip("-") or model._meta.model_name or "rad"
    slug, number = base, 1
    while model._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
