"""Where sealed bytes belong. Bound into every seal, so that nothing opens in another place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

_FORMAT: Final = b"klarsyn-1"


@dataclass(frozen=True, slots=True)
class Context:
    """The place of one sealed value.

    `instance` the installation, `team` whose keys, `table`, `column` and `row` the place in the database,
    `key` the id of the key that seals or is sealed, `epoch` the team key's generation, `purpose` what for.
    Swap any of them and the value does not open.
    """

    instance: str
    team: str
    table: str
    column: str
    row: UUID
    key: UUID
    epoch: int
    purpose: str

    def encode(self, suite: int) -> bytes:
        """The parts with their lengths before them, the two ids last: no two contexts share an encoding."""
        return self.before_row(suite) + self.row.bytes + self.key.bytes

    def before_row(self, suite: int) -> bytes:
        """What `encode` begins with, the same for every row of a column."""
        return _place(suite, self.instance, self.team, self.table, self.column, self.epoch, self.purpose)


@lru_cache(maxsize=1024)  # the same few places again and again: a page opens hundreds of records
def _place(suite: int, instance: str, team: str, table: str, column: str, epoch: int, purpose: str) -> bytes:
    names = [text.encode() for text in (instance, team, table, column, purpose)]
    parts = [_FORMAT, bytes((suite,)), *names, epoch.to_bytes(4, "big")]
    return b"".join([len(part).to_bytes(2, "big") + part for part in parts])
