"""No secret text is found in any byte that the site leaves anywhere; a control in each sink is."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.force.canaries import fields
from tests.force.canaries.needles import Search, canary, written

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
def test_no_text_that_went_in_is_found_anywhere_and_every_control_is() -> None:
    own = (
        [sys.executable, "-m", "tests.postgres"] if "DATABASE_URL" in os.environ else []
    )  # neighbours write too
    done = subprocess.run(
        [*own, sys.executable, "-m", "tests.force.canaries", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-2000:]
    outcome = json.loads(done.stdout)
    assert outcome["found"] == [] and outcome["controls missed"] == []
    assert outcome["empty"] == [] and outcome["texts"] >= 2000, outcome["texts"]
    assert all(size > 0 for size in outcome["bytes"].values()) and len(outcome["bytes"]) >= 10
    assert done.returncode == 0


def test_a_field_that_is_added_and_not_fed_fails_the_build() -> None:
    """Write it into tests/force/canaries/fields.py, and feed it in feed.py, or say why it holds no secret."""
    assert fields.unlisted() == []


def test_a_field_that_stands_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "SECRET", fields.SECRET - {"cases.Case.summary"})
    monkeypatch.setattr(fields, "FED_FORMS", fields.FED_FORMS - {"SignInForm.password"})
    assert fields.unlisted() == ["SignInForm.password", "cases.Case.summary"]


@pytest.fixture(scope="module")
def noise() -> bytes:
    return random.Random(3).randbytes(20_000)


def test_every_way_of_writing_a_text_is_found_in_noise(noise: bytes) -> None:
    text, other = canary(), canary()
    search = Search([text, other])
    for way, body in written(text).items():
        assert text in search.found(noise + body + noise), way
        assert text in search.found(noise[:1001] + body[: len(body) * 2 // 3]), way  # cut off
    assert search.found(noise) == {}


def test_a_few_signs_alike_are_chance_and_no_text() -> None:
    """Eight digits of a code stood in the log of a database, and eight of sixteen among its rows written in hex."""
    for text, is_enough in (("4071982265513907", 17), ("9f03ab51c77e02d4b86e51aa", 14)):
        search = Search([text])
        for part in (text[:9], text[-9:]):
            assert search.found(f"rad {part} rad".encode()) == {}, text
        for part in (text[:is_enough], text[-is_enough:]):
            assert text in search.found(f"rad {part} rad".encode())
    mixed = canary()
    assert Search([mixed]).found(mixed.encode()[:9]) == {}
    assert mixed in Search([mixed]).found(mixed.encode()[:12])


def test_compressed_streams_are_opened_also_inside_each_other(noise: bytes) -> None:
    text = canary()
    search = Search([text])
    plain = f"före {text} efter".encode() * 3
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", gzip.compress(plain))
    bare = zlib.compressobj(wbits=-15)
    for body in (zlib.compress(plain, 9), gzip.compress(plain), packed.getvalue()):
        assert text not in body.decode("latin-1") and text in search.found(noise + body + noise)
    assert text in search.found(noise[:100] + bare.compress(plain) + bare.flush())
