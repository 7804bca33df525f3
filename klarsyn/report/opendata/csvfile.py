"""A table as CSV (RFC 4180, UTF-8): codes as text, point as decimal mark, missing as an empty cell."""

import csv
import io

from klarsyn.report.opendata.facts import plain
from smallcounts.results import SafeTable


def to_csv(table: SafeTable) -> bytes:
    """The bytes of the file. Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.name for c in table.columns])
    for row in table.rows:
        writer.writerow([_tame(plain(v)) if isinstance(v, str) else plain(v) for v in row])
    return out.getvalue().encode("utf-8")


def _tame(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text != "-" else text
