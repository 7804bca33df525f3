"""A small file is whole or not there, also when the disk is full in the middle of it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from klarsyn.base import durable


@contextmanager
def disk_takes(size: int) -> Iterator[None]:
    """No file grows beyond so many bytes: a write takes a part and says so, the next one fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_new_file_is_its_owners_and_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "a.json"
    durable.write_new(path, b"one")
    assert path.read_bytes() == b"one" and path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileExistsError):
        durable.write_new(path, b"two")
    durable.write_over(path, b"three")
    assert path.read_bytes() == b"three" and path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]


@pytest.mark.parametrize("size", [0, 1, 50])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, size: int) -> None:
    path = tmp_path / "pepper.json"
    durable.write_new(path, b"old")
    with disk_takes(size), pytest.raises(OSError, match="large"):
        durable.write_over(path, bytes(100))
    with disk_takes(size), pytest.raises(OSError, match="large"):
        durable.write_new(tmp_path / "other", bytes(100))
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["pepper.json"]


def test_what_a_killed_process_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".a.json.new").write_bytes(b"something much longer than the new body")
    durable.write_new(tmp_path / "a.json", b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole" and not (tmp_path / ".a.json.new").exists()


def test_a_line_cut_by_a_full_disk_does_not_take_the_next_one_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    durable.add_line(path, b"first")
    with disk_takes(10), pytest.raises(OSError, match="large"):
        durable.add_line(path, b"second")
    assert path.read_bytes() == b"first\nseco"
    durable.add_line(path, b"third")
    assert (
        path.read_bytes().splitlines() == [b"first", b"seco", b"third"]
        and path.stat().st_mode & 0o777 == 0o600
    )
