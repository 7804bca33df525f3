"""Safe publication: the only maker of a SafeTable."""

from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused
from smallcounts.disclosure.safe import from_frozen, permit_public, to_payload

__all__ = ["DisclosureError", "DisclosureRefused", "from_frozen", "permit_public", "to_payload"]
