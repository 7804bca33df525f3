"""Run as a process of its own, shut in: reads a file, writes it anew without what tells of its maker.

It gets the file on standard input and gives the new one on standard output. Before it looks at a single byte
it gives up what it does not need: no new file, no socket, no child, so much memory and so much time. What
breaks it breaks it alone.
"""

from __future__ import annotations

import io
import os
import resource
import sys
from typing import Final

import pikepdf
from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

MEMORY: Final = 1024 * 1024 * 1024
SECONDS: Final = 10
LARGEST_SIDE: Final = 2400  # enough to read a photographed letter
MOST_PIXELS: Final = 60_000_000
# Loaded in time. A JPEG may hold a second picture (MPO), and its EXIF is written as a TIFF.
PLUGINS: Final = (
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_TELLING: Final = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb"),
    *("/AA", "/OpenAction", "/JavaScript", "/JS"),  # what runs
    *("/AF", "/EF", "/FS"),  # files in the file
)
_TELLING_NAMES: Final = ("/EmbeddedFiles", "/JavaScript")
# JPEG segments that stay: those that a decoder needs (JFIF and Adobe's colour transform among the others).
_KEPT: Final = frozenset({0xE0, 0xEE})


def main() -> None:
    kind = sys.argv[1]
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    _warm()
    shut_in()
    body = sys.stdin.buffer.read()
    made = picture(body) if kind == "picture" else pdf(body)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is tidied up that would need what was given up


def shut_in() -> None:
    """From here on: no new descriptor (so no file, no socket), no child, no core, bounded memory and time."""
    for what, most in (
        (resource.RLIMIT_NOFILE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def picture(body: bytes) -> bytes:
    """The pixels alone, turned the right way up, as a new JPEG. A transparent ground becomes white."""
    with Image.open(io.BytesIO(body), formats=("JPEG", "PNG", "GIF", "WEBP")) as found:
        found.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        upright = ImageOps.exif_transpose(found).convert("RGBA")
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=85)
    return out.getvalue()


def pdf(body: bytes) -> bytes:
    """The pages without author, dates, attachments and scripts; pictures in them without a camera's words."""
    with pikepdf.open(io.BytesIO(body)) as document:
        for name in ("/Info", "/ID"):
            if name in document.trailer:
                del document.trailer[name]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                _without(thing)
        out = io.BytesIO()
        document.remove_unreferenced_resources()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _without(thing: pikepdf.Dictionary | pikepdf.Stream) -> None:
    for name in _TELLING:
        if name in thing:
            del thing[name]
    names = thing.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for name in _TELLING_NAMES:
            if name in names:
                del names[name]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/DCTDecode":
        thing.write(segments(thing.read_raw_bytes()), filter=pikepdf.Name("/DCTDecode"))


def segments(jpeg: bytes) -> bytes:
    """A JPEG without the segments in which cameras and programs write (APP1–13, 15 and comments)."""
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA:
            return bytes(out) + jpeg[at:]
        if marker in _KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out += jpeg[at : at + 2 + length]
        at += 2 + length
    return jpeg  # not as we know it: the pixels matter more


def _warm() -> None:
    """What is only loaded when first used is loaded now."""
    for form in ("JPEG", "PNG", "GIF", "WEBP"):
        blank, small = io.BytesIO(), Image.new("RGB", (8, 8))
        small.save(blank, form)
        picture(blank.getvalue())
    empty = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(empty)
    pdf(empty.getvalue())


if __name__ == "__main__":
    main()
