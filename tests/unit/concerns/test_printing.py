"""A report on paper: what the font has is printed, what it has not leaves a mark."""

from __future__ import annotations

import pypdfium2 as pdfium

from klarsyn.concerns.report import printing
from klarsyn.concerns.report.summary import Line


def test_every_sign_that_is_let_through_can_be_printed_and_every_other_leaves_a_mark() -> None:
    every = "".join(chr(point) for first, last in printing._IN_FONT for point in range(first, last + 1))
    made = printing.compiled("Prov", ["å"], [Line("seen", "Fråga", every + "\n#let x = 1 \u0639 \U0001f327")])
    words = pdfium.PdfDocument(made)[0].get_textpage().get_text_range()
    assert printing.printable("a\r\nb\u202e\x00") == "a\nb[?][?]"
    assert "#let x = 1 [?] [?]" in words and "Tecken som inte kan skrivas ut" in words
    assert b"/StructTreeRoot" in made and b"pdfuaid" in made
