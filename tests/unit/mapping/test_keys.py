"""The release key: made once, readable by its owner alone, never made anew behind what was published."""

import stat

import pytest

from klarsyn.mapping.keys import KeyMissing, fingerprint, release_key


def test_the_key_is_made_once_and_is_nobody_elses(home):
    key = release_key(is_published=False)
    path = home / "keys" / "release.key"
    assert (len(key), stat.S_IMODE(path.stat().st_mode)) == (32, 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert release_key(is_published=True) == key
    assert [p.name for p in path.parent.iterdir()] == ["release.key"]


def test_two_houses_have_two_keys(home, settings):
    first = release_key(is_published=False)
    settings.HOME = home / "other"
    assert release_key(is_published=False) != first


def test_a_lost_key_is_not_replaced_behind_published_figures(home):
    with pytest.raises(KeyMissing, match="säkerhetskopian"):
        release_key(is_published=True)
    assert not (home / "keys").exists()


def test_a_file_that_is_no_key_is_refused(home):
    (home / "keys").mkdir()
    (home / "keys" / "release.key").write_bytes(b"short")
    with pytest.raises(KeyMissing, match="32 byte"):
        release_key(is_published=False)


def test_the_fingerprint_tells_keys_apart_and_does_not_hold_them(home):
    key = release_key(is_published=False)
    assert fingerprint(key) != fingerprint(bytes(32))
    assert fingerprint(key) not in key.hex() and len(fingerprint(key)) == 16
