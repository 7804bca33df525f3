"""Safe publication: the only maker of a SafeTable."""

from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused
from smallcounts.disclosure.front import Insiders, Order, Release, protect
from smallcounts.disclosure.safe import from_frozen, permit_public, to_payload

__all__ = [
    "DisclosureError", "DisclosureRefused", "Insiders", "Order", "Release", "from_frozen", "permit_public",
    "protect", "to_payload",
]  # fmt: skip
