"""What a fetch hands over: figures, and everything needed to say where they come from."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from klarsyn.sources.readers import Dimension, Observed


@dataclass(frozen=True, slots=True)
class Part:
    """One answer as it came: bytes, checksum, address, question, time."""

    address: str
    question: str  # the body sent, "" for a GET
    charset: str
    checksum: str  # sha256 of `body`
    retrieved_at: datetime
    body: bytes = field(repr=False)
    was_kept: bool = False  # came from an earlier, interrupted fetch


@dataclass(frozen=True, slots=True)
class Fetched:
    """A table or a set of indicators, fetched whole.

    `observed` is in row-major order over the selection. `checksum` is the sha256 of the only part's
    bytes, or of the parts' checksums joined by line feeds. `missing` names what was asked for and is
    not in the answer (Kolada leaves out rows); it is never a zero. `fell_back` says why the first
    choice of service was not used, "" when it was.
    """

    publisher: str
    protocol: str
    table: str
    title: str
    address: str
    licence: str
    source_text: str
    updated: str  # as the publisher states it, "" when it does not
    retrieved_at: datetime  # of the newest part
    checksum: str
    observed: tuple[Observed, ...]
    dimensions: tuple[Dimension, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...] = ()
    fell_back: str = ""


def checksum_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def checksum_of_parts(parts: Sequence[Part]) -> str:
    """One checksum for all parts, in order."""
    if len(parts) == 1:
        return parts[0].checksum
    return checksum_of("\n".join(p.checksum for p in parts).encode())
