"""A9, second half: what stands in finished files beside the protected figures."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from smallcounts.disclosure.attacks.artefacts import Artefact, numbers, search_files
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import DerivedFigure, Figure, Method, Published

PROGRAMME = Programme.from_toml("""
name = "files"
[[variables]]
name = "age"
categories = ["<18", "18-24", "25+"]
[[tables]]
name = "t"
variables = ["age"]
""")
CELLS = {"<18": 5, "18-24": 1235, "25+": 20}
PUBLISHED = Published(
    "r1",
    tuple(Figure(CellId("2021", (("age", c),)), v, Method.ROUNDED, 5, 5) for c, v in CELLS.items()),
    (DerivedFigure("share", "percent", CellId("2021", (("age", "<18"),)), 12.5, 1),),
)
CLEAN = "2021: 5 aged <18, 1 235 aged 18–24 and 20 aged 25+; 12,5 % are children"


def found_in(artefact: Artefact, *allowed: float) -> list[str]:
    findings = search_files([artefact], [PUBLISHED], domain_of(PROGRAMME), allowed)
    return [f"{f.cell}: {f.detail}" for f in findings]


def workbook(value: float | str, *, note: str = "", title: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["age", "count"])
    sheet.append(["<18", 5])
    hidden = book.create_sheet("more")
    hidden.sheet_state = "hidden"
    hidden["A1"] = value
    if note:
        hidden["A1"].comment = Comment(note, "x")
    book.properties.title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES = {
    "html": "<p>{}</p>", "svg": "<svg><title>{}</title></svg>", "csv": 'note\n"{}"\n',
    "json": '{{"rows": [{{"text": "{}"}}]}}', "txt": "{}",
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_published_figures_pass_in_every_kind_of_file(kind: str) -> None:
    assert (
        found_in(
            Artefact(
                f"a.{kind}",
                FILES[kind].format(CLEAN.replace("<", "&lt;" if kind in ("html", "svg") else "<")).encode(),
            )
        )
        == []
    )


@pytest.mark.parametrize("number", ["3", "1 234", "12,4", "17"])
@pytest.mark.parametrize("kind", FILES)
def test_a_number_that_was_never_published_is_found(kind: str, number: str) -> None:
    (found,) = found_in(Artefact(f"a.{kind}", FILES[kind].format(f"among them {number} people").encode()))
    assert f"{number.replace(' ', '').replace(',', '.')} is neither printed nor derived" in found


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="a bar of 3">', '<div aria-label="3 people"></div>', '<rect data-count="3"/>', "<!-- n=3 -->",
        "<desc>3</desc>", '<meta content="3 people">', '<script type="application/json">{"n": 3}</script>',
        '<td title="3">5</td>',
    ],
)  # fmt: skip
def test_marks_that_nobody_sees_are_read(markup: str) -> None:
    assert len(found_in(Artefact("a.html", markup.encode()))) == 1


def test_places_and_names_in_markup_are_no_figures() -> None:
    drawn = '<svg viewBox="0 0 300 200"><rect x="3" y="17" width="40" class="c7" style="fill:#333"/><style>a{top:3px}</style></svg>'
    assert found_in(Artefact("a.svg", drawn.encode())) == []


def test_json_numbers_and_keys_are_read_as_written() -> None:
    assert found_in(Artefact("a.json", b'{"rows": [5, 20, 12.5, "1235"]}')) == []
    found = found_in(Artefact("a.json", b'{"3": 5, "deep": [{"n": 7.25}]}'))
    assert len(found) == 2
    assert "/deep/0/n: 7.25" in found[1]


def test_a_workbook_is_read_with_hidden_sheets_notes_and_properties() -> None:
    assert found_in(Artefact("a.xlsx", workbook("5 people"))) == []
    assert len(found_in(Artefact("a.xlsx", workbook(3)))) == 1
    assert len(found_in(Artefact("a.xlsx", workbook("3 people")))) == 1
    assert len(found_in(Artefact("a.xlsx", workbook(5, note="was 17")))) == 1
    assert len(found_in(Artefact("a.xlsx", workbook(5, title="n = 17")))) == 1


def test_what_the_caller_read_of_a_pdf_and_the_file_name() -> None:
    assert len(found_in(Artefact("a.pdf", text="3 people", metadata=(("Subject", "17"),)))) == 2
    assert len(found_in(Artefact("report n=3.pdf"))) == 1
    assert found_in(Artefact("report 2021 r1.pdf", metadata=(("Title", CLEAN),))) == []


def test_allowed_numbers_pass() -> None:
    assert found_in(Artefact("a.txt", b"page 3 of 17"), 3, 17) == []


def test_rows_in_the_order_of_the_true_counts_are_found() -> None:
    rows = ["<18,5", "18-24,1235", "25+,20"]
    assert found_in(Artefact("t.csv", "\n".join(["age,count", *rows]).encode())) == []
    (found,) = found_in(Artefact("t.csv", "\n".join(["age,count", rows[1], rows[2], rows[0]]).encode()))
    assert "programme's order" in found


def test_how_numbers_are_written() -> None:
    text = "1 234 and 1\u00a0234,5 or 0.50 (−3), v2 x3 3:4; 5–7"
    wanted = ["1234", "1234.5", "0.5", "3", "3", "4", "5", "7"]
    assert list(numbers(text)) == [Decimal(w) for w in wanted]
