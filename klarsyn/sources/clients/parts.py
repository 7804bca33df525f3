"""Fetches a job in parts: kept ones first, the rest from the service, each kept as soon as it has come."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from klarsyn.base.progress import Progress
from klarsyn.sources.clients.connection import Connection
from klarsyn.sources.clients.errors import Scattered, TooManyCells
from klarsyn.sources.clients.kept import Kept
from klarsyn.sources.clients.results import Part
from klarsyn.sources.clients.selection import Codes, cells, split
from klarsyn.sources.readers import Document, ReadError

T = TypeVar("T")
Parts = list[tuple[Part, Document]]
_ROUNDS = 4  # how often a job starts anew because the limit or the table has changed under it


def one_part(
    connection: Connection, kept: Kept, address: str, read: Callable[[Part], T], question: str = ""
) -> tuple[Part, T]:
    """A kept answer that still can be read, else a new one, kept before it is returned."""
    old = kept.get(address, question)
    if old is not None:
        try:
            return old, read(old)
        except ReadError:
            kept.drop(old)
    part, result = connection.ask(address, read, question=question)
    return kept.put(part), result


def whole_table(
    connection: Connection,
    kept: Kept,
    address: str,
    codes: Codes,
    most: int,
    limit: Callable[[], int],
    question: Callable[[Codes], str],
    read: Callable[[Part], Document],
    progress: Progress,
) -> Parts:
    """All answers that together hold `codes`, in order, of one and the same version of the table.

    `most` is the service's cell limit, `limit` asks for it anew. When the service still finds a query too
    large the limit is read again and at least halved. When parts state different times of update all of
    them are fetched again: figures from before and after a revision never stand side by side.
    """
    label = f"{connection.service.publisher} ({connection.service.protocol})"
    for left in reversed(range(_ROUNDS)):
        try:
            questions = [question(piece) for piece in split(codes, most)]
            found = _ask_all(connection, kept, address, questions, read, progress, label)
        except TooManyCells:
            smaller = min(most, cells(codes)) // 2
            if smaller == 0 or left == 0:
                raise
            most = min(limit(), smaller)
            continue
        if len({document.updated for _, document in found}) == 1:
            return found
        kept.clear()
    raise Scattered(f"{address}: tabellen eller dess gränser ändrades gång på gång medan den hämtades.")


def _ask_all(
    connection: Connection,
    kept: Kept,
    address: str,
    questions: Sequence[str],
    read: Callable[[Part], Document],
    progress: Progress,
    label: str,
) -> Parts:
    found = []
    for done, question in enumerate(questions):
        progress(label, done, len(questions))
        found.append(one_part(connection, kept, address, read, question))
    progress(label, len(questions), len(questions))
    return found
