"""A course's Markdown: no tag from outside survives, numbers come from the file, sources become notes."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from klarsyn.base.help_numbers import NAMES, help_number
from klarsyn.training.reading.markdown import html, notes_in, plain

DAY = date(2026, 11, 26)


def test_a_number_is_a_link_and_a_source_a_note() -> None:
    made = html("Ring {emergency}.[^nspm]", "sv", DAY, {"nspm": 2})
    assert '<a class="phoned" href="tel:112">112</a>' in made
    assert '<sup><a class="note" href="#source-2">2</a></sup>' in made
    assert plain("Ring {police}.", "sv", DAY) == "Ring 114 14." and notes_in("a[^b] c[^d] e[^b]") == (
        "b",
        "d",
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sv", "en", "so"])
def test_every_number_is_known_in_every_language(name: str, language: str) -> None:
    assert help_number(name, language, DAY).said


def test_the_municipalitys_own_number_takes_the_place(home) -> None:
    row = '[[number]]\nname = "child_emergency"\nvalid_from = 2026-01-01\nvalid_to = 2026-12-31\n'
    row += 'source = "kommunen"\ncall = "+46100000000"\n[number.said]\nsv = "010-000 00 00"\n'
    (home / "help_numbers.toml").write_text(row)
    assert help_number("child_emergency", "sv", DAY).said == "010-000 00 00"
    assert "112" in help_number("child_emergency", "sv", date(2027, 1, 1)).said


@example("<script>x</script>")
@example("a <b onerror=x>b</b>")
@example("<img src=x onerror=y>")
@example("![x](javascript:y) [z](javascript:y)")
@given(st.text(alphabet="<>\"'&=/ abcscriptonerror()[]!:{}^\n", max_size=200))
def test_no_tag_of_an_author_survives(text: str) -> None:
    made = html(text, "sv", DAY)
    assert "<script" not in made and "<img" not in made and '="javascript:' not in made
    for piece in made.split("<")[1:]:
        assert piece.split(">")[0].split()[0].strip("/") in {
            "p", "a", "ul", "ol", "li", "em", "strong", "blockquote", "h1", "h2", "h3", "hr", "code", "br", "sup",
            "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip
