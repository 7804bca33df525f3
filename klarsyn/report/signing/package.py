"""The edition's data as one zip that has exactly one form: files in order, stored as they are; pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_STILL: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR: Final = 0o100644 << 16
_UNIX: Final = 3


def packed(files: Mapping[str, bytes]) -> bytes:
    """The same files give the same bytes, on every machine. Nothing is squeezed, so nothing can swell."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _STILL)
            info.external_attr, info.create_system = _REGULAR, _UNIX
            made.writestr(info, files[name], zipfile.ZIP_STORED)
    return out.getvalue()
