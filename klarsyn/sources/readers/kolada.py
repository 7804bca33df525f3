"""Reads the data pages of Kolada v3."""

from collections.abc import Mapping
from dataclasses import dataclass

from klarsyn.sources.readers.cube import refuse_twins
from klarsyn.sources.readers.observed import Observed, ReadError, area_code, period
from klarsyn.sources.readers.symbols import SymbolMap, understand
from klarsyn.sources.readers.text import load_json
from smallcounts.counts import Status

GENDERS = {"T": "totalt", "K": "kvinnor", "M": "män"}
_NO_SYMBOLS = SymbolMap(())


@dataclass(frozen=True, slots=True)
class Page:
    """One page of answers and the address of the next, "" on the last."""

    observed: tuple[Observed, ...]
    next_address: str


def read(
    body: bytes,
    *,
    charset: str = "",
    statuses: Mapping[str, Status] | None = None,
    keep_deleted: bool = False,
) -> tuple[Observed, ...]:
    """The figures of one page.

    Kolada does not publish what its status words mean, so a missing value with a status word is refused
    until the caller says in `statuses` whether the word means withheld, unavailable or not applicable; a
    missing value without a word is unavailable. A deleted value is refused, or with `keep_deleted` kept
    as unavailable with the symbol "isdeleted": its number never counts.
    """
    return page(body, charset=charset, statuses=statuses, keep_deleted=keep_deleted).observed


def page(
    body: bytes,
    *,
    charset: str = "",
    statuses: Mapping[str, Status] | None = None,
    keep_deleted: bool = False,
) -> Page:
    """The figures of one page and where the next one is."""
    data = load_json(body, charset)
    rows = data.get("values") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(rows, list):
        raise ReadError("Innehållet är JSON men inte ett svar från Kolada (values saknas).")
    if "next_page" in data:
        raise ReadError(
            "Svaret kommer från Kolada v2, som inte längre underhålls.", "Använd adressen för v3."
        )
    following = data.get("next_url")
    if following is not None and not isinstance(following, str):
        raise ReadError("Koladas svar har en nästa sida (next_url) som inte är en adress.")
    observed = tuple(one for row in rows for one in _row(row, statuses or {}, keep_deleted))
    refuse_twins(observed)
    return Page(observed, following or "")


def place(identity: str) -> str:
    """Kolada's id as an area code: regions "0001"–"0025" are the counties "01"–"25", "0000" the nation."""
    if identity.startswith("G"):
        raise ReadError(
            f"{identity} är en grupp av kommuner; Koladas gruppvärden är ovägda medelvärden.",
            "Ange kommunernas egna koder.",
        )
    code = area_code(identity)
    return code[2:] if len(code) == 4 and code.startswith("00") else code


def _row(row: object, statuses: Mapping[str, Status], keep_deleted: bool) -> list[Observed]:
    if not isinstance(row, dict) or not isinstance(row.get("values"), list):
        raise ReadError("En rad i Koladas svar saknar sina värden (values).")
    missing = [name for name in ("kpi", "municipality", "period") if row.get(name) in (None, "")]
    if missing:
        raise ReadError(f"En rad i Koladas svar saknar {', '.join(missing)}.")
    kpi, when = str(row["kpi"]), period(str(row["period"]))
    area = place(str(row["municipality"]))
    found = []
    for one in row["values"]:
        gender = str(one.get("gender") or "")
        if gender not in GENDERS:
            raise ReadError(f"Koladas svar för {kpi} {area} {when} har könet ”{gender}”.")
        value, status, symbol = _value(one, f"{kpi} {area} {when} {gender}", statuses, keep_deleted)
        categories = (("kpi", kpi, kpi), ("gender", gender, GENDERS[gender]))
        found.append(Observed(area, "", when, categories, value, status, symbol))
    return found


def _value(
    one: Mapping[str, object], where: str, statuses: Mapping[str, Status], keep_deleted: bool
) -> tuple[int | float | None, Status, str]:
    value, word = one.get("value"), str(one.get("status") or "")
    if one.get("isdeleted"):
        if keep_deleted:
            return None, Status.UNAVAILABLE, "isdeleted"
        raise ReadError(f"Kolada har tagit bort värdet för {where}.", "Hämta på nytt, eller utan det värdet.")
    if value is not None:
        if statuses.get(word, Status.OBSERVED) is not Status.OBSERVED:
            raise ReadError(
                f"Värdet {value} för {where} har statusen ”{word}”, som säger att det inte finns."
            )
        cell = understand(value, "", _NO_SYMBOLS, where, decimals=0)
        return cell.value, cell.status, word
    if word and statuses.get(word, Status.OBSERVED) is Status.OBSERVED:
        raise ReadError(
            f"Kolada anger inget värde för {where} och statusen ”{word}”, vars betydelse inte är känd.",
            "Fråga Kolada vad ordet betyder och ange det som dolt, saknas eller ej tillämpligt.",
        )
    return None, statuses.get(word, Status.UNAVAILABLE), word
