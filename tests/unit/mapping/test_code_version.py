"""The hash of the source tells when a result could have changed, with or without git."""

import tomllib
from pathlib import Path

from klarsyn.mapping.code_version import VERSION, code_version, source_files, source_hash

ROOT = Path(__file__).resolve().parents[3]


def test_the_version_is_that_of_the_product():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert declared["project"]["version"] == VERSION
    assert code_version().startswith(f"{VERSION}+")


def test_a_changed_moved_or_added_line_changes_the_hash_and_line_ends_do_not(tmp_path):
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    first = source_hash((tmp_path,))
    (tmp_path / "a.py").write_bytes(b"x = 1\r\n")
    assert source_hash((tmp_path,)) == first
    (tmp_path / "a.py").write_bytes(b"x = 2\n")
    changed = source_hash((tmp_path,))
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, changed, source_hash((tmp_path,))}) == 3


def test_migrations_and_definitions_are_no_code():
    names = [path.name for path in source_files(ROOT / "klarsyn" / "mapping")]
    assert "compute.py" in names
    assert "rates_compared.py" in names
    assert "0001_initial.py" not in names
