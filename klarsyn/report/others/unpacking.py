"""Opens a package somebody else made: a zip of one exact form, or a sentence on what is wrong; pure."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.report.signing.package import packed

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_FILES: Final = 200
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
_FAULTS: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    OSError,
    IndexError,
    KeyError,
)


def unpack(body: bytes) -> dict[str, bytes]:
    """The files of the package by name. Raises Refused; nothing is written anywhere."""
    if len(body) > MAX_BYTES:
        raise Refused(_("Paketet är större än 8 MB. Ingenting har ändrats. Be kommunen om rätt fil."))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as found:
            _check(found.infolist())
            files = {info.filename: found.read(info) for info in found.infolist()}
    except _FAULTS as error:
        raise _broken() from error
    if packed(files) != body:
        raise Refused(
            _(
                "Paketet är inte skrivet så som Klarsyn skriver det: något är tillagt eller ändrat. "
                "Ingenting har ändrats här. Hämta paketet på nytt från kommunens sida för öppna data."
            )
        )
    return files


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    """Before anything is read: how many, how large, what they are called and what kind they are."""
    if len(members) > MAX_FILES:
        raise Refused(_("Paketet har fler än 200 filer. Ingenting har ändrats. Be kommunen om rätt fil."))
    names = [m.filename for m in members]
    odd = next((n for n in names if not _NAME.fullmatch(n) or ".." in n), None)
    if odd is not None or len(set(names)) != len(names):
        raise Refused(
            _(
                "Paketet har ett filnamn som inte får finnas: %(name)s. "
                "Ingenting har ändrats. Ta inte emot det."
            )
            % {"name": ascii(odd if odd is not None else _twice(names))[:80]}
        )
    if any(m.compress_type != zipfile.ZIP_STORED or m.compress_size != m.file_size for m in members):
        raise Refused(
            _(
                "Paketet är komprimerat, och det gör Klarsyn aldrig: ett sådant kan svälla. Ingenting har "
                "ändrats. Hämta paketet på nytt och packa inte om det."
            )
        )
    if any(m.flag_bits & 1 or not stat.S_ISREG(m.external_attr >> 16) for m in members):
        raise Refused(_("Paketet har något annat än vanliga filer. Ingenting har ändrats. Ta inte emot det."))
    if sum(m.file_size for m in members) > MAX_BYTES:
        raise Refused(_("Paketet är större än 8 MB. Ingenting har ändrats. Be kommunen om rätt fil."))


def _twice(names: Sequence[str]) -> str:
    return next(n for n in names if names.count(n) > 1)


def _broken() -> Refused:
    return Refused(
        _(
            "Filen är inte ett helt zip-paket; kanske avbröts nedladdningen. Ingenting har ändrats. "
            "Hämta paketet på nytt från kommunens sida för öppna data."
        )
    )
