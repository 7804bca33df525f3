"""The shelves: an own course replaces a shipped one, a broken one leaves it standing, a zip is read with care."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from klarsyn.config.cli import courses as command
from klarsyn.training import library
from klarsyn.training.reading.faults import CourseError
from klarsyn.training.reading.folders import folder_files, zip_files
from tests.courses import KIOSK, kiosk, packed, placed


def test_an_own_course_stands_beside_the_shipped_ones_and_is_read_again(home: Path, monkeypatch) -> None:
    monkeypatch.setattr(library, "LOOKED_AT", 0.0)
    assert "kiosk" not in library.library()
    folder = placed(home)
    assert library.library()["kiosk"].is_own
    about = folder / "sv" / "about.toml"
    about.write_text(about.read_text().replace("Kiosken", "Stånd"))
    assert library.library()["kiosk"].in_language("sv").title == "Stånd: en provkurs"


def test_a_broken_own_course_leaves_the_shipped_one_standing(tmp_path: Path) -> None:
    placed(tmp_path / "shipped")
    broken = placed(tmp_path / "own") / "sv" / "about.toml"
    broken.write_text("title = ")
    read = library.read_all(tmp_path / "shipped" / "courses", tmp_path / "own" / "courses")
    assert set(read.broken) == {"kiosk"} and "kiosk" not in read.courses
    about = KIOSK / "sv" / "about.toml"
    broken.write_text(about.read_text())
    read = library.read_all(tmp_path / "nothing", tmp_path / "own" / "courses")
    assert read.courses["kiosk"].is_own and not read.broken


def test_every_shipped_course_can_be_used() -> None:
    assert library.read_all(library.SHIPPED, Path("/nowhere")).broken == {}


@pytest.mark.parametrize(
    "name",
    ["../out.md", "/etc/x.md", "kiosk/../../x.md", "kiosk\\x.md", "kiosk/x.py", "c:x.md", "kiosk/ö.exe"],
)
def test_a_zip_that_reaches_out_or_holds_something_else_is_refused(name: str) -> None:
    with pytest.raises(CourseError):
        zip_files(packed({**kiosk(), name: b"x"}, folder=""))


def test_a_zip_is_read_no_further_than_it_may_be_long() -> None:
    bomb = packed({"kiosk/sv/look.md": b"0" * 5_000_000}, folder="")
    assert len(bomb) < 100_000
    with pytest.raises(CourseError) as caught:
        zip_files(bomb)
    assert "256 kB" in str(caught.value)
    with pytest.raises(CourseError):
        zip_files(packed({f"{n}.md": b"x" for n in range(401)}))
    for body in (b"", b"PK\x03\x04" + os.urandom(200), b"x" * (5 * 1024 * 1024)):
        with pytest.raises(CourseError):
            zip_files(body)


def test_a_link_in_a_zip_is_no_file() -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as out:
        info = zipfile.ZipInfo("kiosk/sv/look.md")
        info.external_attr = 0o120777 << 16
        out.writestr(info, "/etc/passwd")
    with pytest.raises(CourseError):
        zip_files(body.getvalue())


def test_a_good_zip_gives_the_files_of_its_folder(tmp_path: Path) -> None:
    assert zip_files(packed(kiosk())) == ("kiosk", dict(folder_files(KIOSK)))
    (tmp_path / "sv.md").symlink_to("/etc/passwd")
    with pytest.raises(CourseError):
        folder_files(tmp_path)


def test_the_command_says_each_fault_and_how_many(tmp_path: Path, capsys) -> None:
    folder = placed(tmp_path)
    args = type("Args", (), {"folders": [folder]})()
    assert command.run_check(args) == 0
    look = folder / "sv" / "look.md"
    look.write_text(look.read_text().replace("::: think", "::: tink"))
    assert command.run_check(args) == 1
    told = capsys.readouterr()
    assert "sv/look.md, rad 9: okänd ruta" in told.err and "0 courses can be used, 1 cannot" in told.out


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_was_damaged_on_the_way_is_told(way: int) -> None:
    body, name = io.BytesIO(), "kurs/course.toml"
    with zipfile.ZipFile(body, "w", way) as packed:
        packed.writestr(name, "format = 1\n" * 400)
    raw = bytearray(body.getvalue())
    raw[30 + len(name) : 50 + len(name)] = b"\xff" * 20
    with pytest.raises(CourseError, match="zip"):
        zip_files(bytes(raw))
