"""The instruments there are: our own, and the files that the reception has laid in its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.instruments.reading import LARGEST, Instrument, read_instrument

OWN: Final = Path(__file__).with_name("own_questions.toml")
OWN_QUESTIONS: Final = read_instrument(OWN.read_text(encoding="utf-8"), file=OWN.name)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What may be used, by key, and a sentence for each file that may not."""

    instruments: dict[str, Instrument]
    refused: tuple[str, ...]


def shelf(folder: Path | None = None) -> Shelf:
    """Our own and those of the folder (`<KLARSYN_HOME>/instruments`). A broken file hinders no other."""
    found, refused = {OWN_QUESTIONS.key: OWN_QUESTIONS}, []
    where = folder if folder is not None else Path(settings.HOME) / "instruments"
    for path in sorted(where.glob("*.toml")) if where.is_dir() else []:
        try:
            one = _read(path)
            if one.key in found:
                raise Refused(
                    _("%(file)s, rad 1: key %(key)s är redan upptagen. Instrumentet används inte.")
                    % {"file": path.name, "key": one.key}
                )
            found[one.key] = one
        except Refused as refusal:
            refused.append(str(refusal))
    return Shelf(found, tuple(refused))


def _read(path: Path) -> Instrument:
    try:
        with path.open(encoding="utf-8") as file:
            return read_instrument(file.read(LARGEST + 1), file=path.name)
    except (OSError, UnicodeDecodeError):
        raise Refused(
            _("%(file)s, rad 1: filen går inte att läsa som UTF-8. Instrumentet används inte.")
            % {"file": path.name}
        ) from None
