"""Suppression: the fewest cells hidden that leave a reader in doubt about every small count."""

from smallcounts.disclosure.suppression.front import suppress
from smallcounts.disclosure.suppression.goals import Protection

__all__ = ["Protection", "suppress"]
