"""Which files a visitor may send, told by their first bytes and not by their name; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024
LARGEST: Final = 5 * MIB
MOST: Final = 3  # files with one message


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `neutral`: what it is called instead of by its own name."""

    key: str
    neutral: str
    media_type: str


PICTURE: Final = Kind("picture", "bild.jpg", "image/jpeg")
PDF: Final = Kind("pdf", "dokument.pdf", "application/pdf")
TEXT: Final = Kind("text", "text.txt", "text/plain")
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


def kind_of(body: bytes) -> Kind | None:
    """The kind by its first bytes; None for what is not taken."""
    if body.startswith(_PICTURES) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP"):
        return PICTURE
    if body.startswith(b"%PDF-"):
        return PDF
    return TEXT if _is_text(body) else None


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text) and not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
