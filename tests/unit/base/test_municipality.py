"""A municipality sets its own colour, and one nobody can read is refused."""

from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.municipality import check_accent, municipality, read_municipality, text_on


def test_the_demo_municipality_says_that_it_is_one() -> None:
    home = municipality()
    assert (home.code, home.is_demo) == ("0680", True)
    assert home.name_in("en") == "Jönköping Municipality"


@pytest.mark.parametrize(
    ("colour", "theme"), [("#7FD4CC", "light"), ("#0B6E69", "dark"), ("#E8B84A", "light")]
)
def test_an_accent_that_cannot_be_read_is_refused_with_what_to_do(colour, theme) -> None:
    with pytest.raises(Refused, match=rf"{colour}.*minst 4.5:1.*Inget är ändrat.*nyans"):
        check_accent(colour, theme)


def test_an_accent_that_can_be_read_passes_and_gets_its_text_colour() -> None:
    check_accent("#0A3C7D", "light")
    check_accent("#9CC7FF", "dark")
    assert text_on("#0A3C7D", "light") == "#FFFFFF"
    assert text_on("#9CC7FF", "dark") == "#06211F"


def test_a_file_with_a_bad_accent_is_refused(tmp_path: Path, settings) -> None:
    text = Path(settings.MUNICIPALITY_FILE).read_text(encoding="utf-8").replace("#0B6E69", "#FFEE00")
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        read_municipality(tmp_path / "own.toml")
