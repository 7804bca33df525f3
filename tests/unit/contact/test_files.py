"""A visitor's files: what tells of their maker is taken out, by a process that can do nothing else."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from klarsyn.contact.files import cleaning
from klarsyn.contact.files.cleaning import WORKSHOP, NotTaken, clean, given
from klarsyn.contact.files.kinds import LARGEST, PDF, PICTURE, TEXT, kind_of

SECRET = b"Frej Hemlig 57.78N 14.16E"


def picture(form: str) -> bytes:
    made, out = Image.new("RGB", (40, 20), "red"), io.BytesIO()
    exif, info = made.getexif(), PngInfo()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6  # to be turned a quarter
    info.add_text("Author", SECRET.decode())
    more = {"PNG": {"pnginfo": info, "exif": exif}, "GIF": {"comment": SECRET}}.get(form, {"exif": exif})
    made.save(out, form, **more)
    assert SECRET in out.getvalue()
    return out.getvalue()


def document() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = SECRET.decode()
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = [SECRET.decode()]
        pdf.attachments["a.txt"] = SECRET
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=SECRET.decode())
        jpeg = pikepdf.Stream(pdf, picture("JPEG"), Filter=pikepdf.Name.DCTDecode, Subtype=pikepdf.Name.Image)
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=jpeg))
        pdf.pages[0].Contents = pdf.make_stream(b"/I Do")
        pdf.save(out, compress_streams=False)
    return out.getvalue()


def told(thing: object) -> bytes:
    """What stands in a stream, unpacked where it is not a picture."""
    if not isinstance(thing, pikepdf.Stream):
        return b""
    return thing.read_raw_bytes() if thing.get("/Filter") == "/DCTDecode" else thing.read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_keeps_its_pixels_and_nothing_else(form: str) -> None:
    made = clean(PICTURE, picture(form))
    with Image.open(io.BytesIO(made)) as seen:
        assert seen.format == "JPEG" and not seen.getexif() and SECRET not in made
        assert seen.size == ((40, 20) if form == "GIF" else (20, 40))
        assert seen.getpixel((5, 5))[0] > 240


def test_a_document_keeps_its_pages_and_nothing_of_its_maker() -> None:
    before = document()
    assert before.count(SECRET) >= 3
    made = clean(PDF, before)
    assert SECRET not in made
    with pikepdf.open(io.BytesIO(made)) as seen:
        assert len(seen.pages) == 1 and not seen.attachments and "/OpenAction" not in seen.Root
        assert seen.pages[0].Resources.XObject.I.read_raw_bytes().startswith(b"\xff\xd8")
        assert not any(SECRET in told(thing) for thing in seen.objects)


def test_the_name_is_taken_away_and_the_original_kept_only_when_asked_for() -> None:
    file = ("IMG_20261125_Frej.txt", b"\xef\xbb\xbfhej", 6)
    (one,) = given([file], keep_original=False)
    assert (one.about.name, one.body, one.is_original) == ("text-1.txt", b"hej", False)
    both = given([file], keep_original=True)
    assert [g.is_original for g in both] == [False, True] and both[1].body == file[1]
    assert both[1].about.name == file[0] and both[1].about.media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([("a", b"x", 1)] * 4, "many"),
        ([("a", b"", LARGEST + 1)], "large"),
        ([("a.png", b"MZ\x90\x00", 4)], "kind"),
        ([("a.zip", b"PK\x03\x04\x00", 5)], "kind"),
        ([("a.svg", b"<svg>\0</svg>", 12)], "kind"),
        ([("a", b"", 0)], "kind"),
        ([("a.jpg", b"\xff\xd8\xff" + b"x" * 500, 503)], "broken"),
        ([("a.pdf", b"%PDF-1.7\nnothing", 16)], "broken"),
        ([("a.png", picture("PNG")[:60], 60)], "broken"),
    ],
)
def test_what_is_not_taken_says_why(files, why: str) -> None:
    with pytest.raises(NotTaken) as refused:
        given(files, keep_original=False)
    assert refused.value.why == why


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < LARGEST and kind_of(out.getvalue()) is PICTURE
    with pytest.raises(NotTaken, match="broken"):
        clean(PICTURE, out.getvalue())


def test_what_takes_too_long_is_ended(monkeypatch) -> None:
    monkeypatch.setattr(cleaning, "SECONDS", 0.01)
    with pytest.raises(NotTaken, match="broken"):
        clean(PICTURE, picture("PNG"))


DEEDS = {
    "read a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/klarsyn-planted', 'w')",
    "call somebody": "__import__('_socket').socket()",
    "take much memory": "mmap.mmap(-1, 2 * 1024 ** 3)",
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_workshop_can_do_nothing_but_its_work(deed: str) -> None:
    begin = f"import runpy, mmap, _socket; room = runpy.run_path({str(WORKSHOP)!r})"
    for shut, code in (("pass", 0), ("room['shut_in']()", 7)):
        words = f"{begin}\n{shut}\ntry:\n    {DEEDS[deed]}\nexcept (OSError, MemoryError):\n    __import__('os')._exit(7)"
        done = subprocess.run([sys.executable, "-I", "-c", words], capture_output=True, check=False)
        assert done.returncode == code, done.stderr


@pytest.mark.parametrize("body", [b"hej", "hallå 🙂 \u202e".encode(), b"\xef\xbb\xbfhej\r\n"])
def test_plain_text_is_text(body: bytes) -> None:
    assert kind_of(body) is TEXT


SPIED = """
import os, runpy, sys
from PIL import Image
real, calls = Image.open, []
def spy(*args, **more):
    calls.append(1)
    if len(calls) <= 4:  # the workshop's own, before it shuts itself in
        return real(*args, **more)
    try:
        open('/etc/hostname')
    except OSError:
        os._exit(7)
    os._exit(8)
Image.open = spy
sys.argv = ['workshop', 'picture']
runpy.run_path({workshop!r}, run_name='__main__')
"""


def test_the_workshop_is_shut_before_it_looks_at_a_visitors_picture() -> None:
    words = [sys.executable, "-I", "-c", SPIED.format(workshop=str(WORKSHOP))]
    done = subprocess.run(words, input=picture("PNG"), capture_output=True, check=False)
    assert done.returncode == 7, done.stderr
