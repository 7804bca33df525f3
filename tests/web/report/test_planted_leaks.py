"""A true count planted where only a machine or a careful reader finds it: the release stops, file by file."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from klarsyn.base.errors import Refused
from klarsyn.mapping import ledger
from klarsyn.report import paper_makers, render, store
from klarsyn.report.pdf import readback, write
from klarsyn.report.policy import State
from tests.web.report.test_protected_release import approved, release, state

Plant = Callable[[Path], None]


def refused(home: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant) -> str:
    """What the releaser reads when this was planted in the finished files; nothing has left."""
    edition, seal = approved(home), store.seal

    def spoiled(folder: Path, *rest: object) -> store.Index:
        plant(folder)
        return seal(folder, *rest)

    monkeypatch.setattr(store, "seal", spoiled)
    with pytest.raises(Refused) as told:
        release(edition)
    assert (state(edition), ledger.text()) == (State.IN_CHECK, "")
    return str(told.value)


def in_text(name: str, wanted: str, planted: str) -> Plant:
    """The first text that fits `wanted` in the figure of this page gets another form."""

    def plant(folder: Path) -> None:
        path = folder / name
        head, mark, rest = path.read_text(encoding="utf-8").partition('id="figur-example_people"')
        rest, done = re.subn(wanted, planted, rest, count=1)
        assert mark and done
        path.write_text(head + mark + rest, encoding="utf-8")

    return plant


def in_paper(change: Callable[[pikepdf.Pdf], None]) -> Plant:
    def plant(folder: Path) -> None:
        path = folder / "sv" / "rapport.pdf"
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)

    return plant


def alternative(pdf: pikepdf.Pdf) -> None:
    figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    told = next(f for f in figures if "North" in str(f.get("/Alt", "")))
    told["/Alt"] = pikepdf.String(f"{told['/Alt']} (83)")


def subject(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Subject"] = "83"


def described(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as data:
        data["dc:description"] = "83 in truth"


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["counts.csv"] = b"north,women,83\n"


@pytest.mark.parametrize(("wanted", "planted"), [
    (r'<circle cx="([\d.]+)"', '<circle cx="324.4"'),
    (r'fig-reach" x="([\d.]+)"', 'fig-reach" x="324.4"'),
    (r'(aria-label="|<desc[^>]*>)', r"\1 83 "),
])  # fmt: skip
def test_a_dot_a_box_or_words_of_a_chart_that_tell_more_stop_the_release(
    home, db, bare, monkeypatch, wanted, planted
):
    assert "index.html" in refused(home, monkeypatch, in_text("sv/index.html", wanted, planted))


def test_a_chart_whose_scale_cannot_be_read_is_not_let_out(home, db, bare, monkeypatch) -> None:
    plant = in_text("sv/index.html", r'(text-anchor="middle"[^>]*)>0<', r"\1>noll<")
    assert "A9 kunde inte göras" in refused(home, monkeypatch, plant)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "ARTEFACTS", [paper_makers.pdf])


@pytest.mark.slow
@pytest.mark.parametrize("change", [alternative, subject, described, attached])
def test_what_the_paper_says_beside_its_pages_stops_the_release(home, db, paper, monkeypatch, change) -> None:
    assert "rapport-pdf" in refused(home, monkeypatch, in_paper(change))


@pytest.mark.slow
@pytest.mark.parametrize(("title", "planted", "told"), [
    ("{}", "i verkligheten 83", "rapport-pdf.txt, texten: 83"),
    ("en annan rubrik", "", "A9 kunde inte göras"),
])  # fmt: skip
def test_what_the_paper_says_under_the_figure_is_read_back(
    home, db, paper, monkeypatch, title, planted, told
) -> None:
    document = write.document

    def spoiled(*given, **named):
        made = document(*given, **named)
        for block in (b for c in made["chapters"] for b in c["blocks"] if b["kind"] == "figure"):
            block["title"] = title.format(block["title"])
            block["findings"] = [*block["findings"], planted]
        return made

    monkeypatch.setattr(write, "document", spoiled)
    assert told in refused(home, monkeypatch, lambda _: None)


@pytest.mark.slow
def test_an_honest_edition_with_paper_and_slides_leaves(home, db, monkeypatch) -> None:
    monkeypatch.setattr(render, "ARTEFACTS", [paper_makers.pdf, paper_makers.slides])
    edition = release(approved(home))
    path = store.home(edition.slug) / "sv" / "rapport.pdf"
    told = next(s for s in readback.sections(path) if s.title.startswith("Påhittat exempel: 2019"))
    assert "Kön: Kvinnor" in told.text and "Män 35" in told.text and "83" not in told.text
