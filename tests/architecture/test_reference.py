"""docs/reference says what the code says."""

from pathlib import Path

from tests.architecture import reference


def test_the_reference_pages_are_up_to_date() -> None:
    assert reference.differences() == []


def test_an_old_page_is_noticed(tmp_path: Path) -> None:
    for name, build in reference.PAGES.items():
        (tmp_path / name).write_text(build(), encoding="utf-8")
    (tmp_path / "states.md").write_text("old", encoding="utf-8")
    assert reference.differences(tmp_path) == ["states.md"]
