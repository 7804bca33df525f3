"""An edition's data carry the municipality's signature over every file, in a zip that has one form."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.report.signing import keys, manifest
from klarsyn.report.signing.comparable import comparable, definition
from klarsyn.report.signing.package import packed
from tests.unit.report.signing.build import GRANBY, indicator, mapping, package

DAY, NEXT = date(2026, 11, 20), date(2027, 2, 1)


def opened(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_the_signature_is_over_every_file_and_breaks_with_any_byte(tmp_path: Path) -> None:
    files = opened(package(tmp_path))
    said, signed = json.loads(files["manifest.json"]), json.loads(files["signature.json"])
    public, mark = bytes.fromhex(signed["public"]), bytes.fromhex(signed["signature"])
    assert manifest.is_sound(files["manifest.json"], public, mark)
    assert not manifest.is_sound(files["manifest.json"].replace(b'"edition":1', b'"edition":2'), public, mark)
    assert said["files"] == manifest.listed(
        {n: b for n, b in files.items() if n not in ("manifest.json", "signature.json")}
    )
    assert (said["municipality"], said["year"], said["edition"], said["is_invented"]) == (
        GRANBY,
        2024,
        1,
        True,
    )


def test_the_same_edition_is_the_same_zip_and_holds_nothing_squeezed(tmp_path: Path) -> None:
    one = package(tmp_path)
    assert package(tmp_path) == one == packed(opened(one))
    with zipfile.ZipFile(io.BytesIO(one)) as found:
        assert {i.compress_type for i in found.infolist()} == {zipfile.ZIP_STORED}


def test_the_figure_says_what_it_means_and_what_it_does_not_say() -> None:
    (entry,) = comparable(mapping())
    assert (entry["kind"], entry["file"], entry["per"]) == ("rate", "example-rates-rates.csv", 100_000)
    assert (
        entry["says_not"]["sv"] == "Talet speglar polisens arbete."
        and entry["breaks"][0]["on"] == "2023-07-01"
    )
    assert comparable(mapping("9902"))[0]["definition"] == entry["definition"]


def test_another_numerator_is_another_definition_and_another_line_break_is_not() -> None:
    assert definition(indicator("Dömda under\n året.")) == definition(indicator())
    assert definition(indicator("Åtalade under året.")) != definition(indicator())


def test_the_key_is_for_its_owner_alone_and_made_once(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path
    first = keys.ensure(on=DAY)
    assert keys.path().stat().st_mode & 0o777 == 0o600
    assert keys.ensure(on=NEXT) == first and len(keys.published()) == 1
    assert len(first.keys[0].words.split()) == 12


def test_a_changed_key_is_vouched_for_by_the_old_one(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path
    old, new = keys.ensure(on=DAY), keys.change(on=NEXT)
    (link,) = new.chain()
    assert link["follows"] == old.keys[0].public and manifest.is_vouched(settings.MUNICIPALITY, link)
    assert not manifest.is_vouched("1480", link)
    assert not manifest.is_vouched(settings.MUNICIPALITY, {**link, "public": old.keys[0].public})
    assert keys.read() == new and new.keys[0].valid_to == NEXT.isoformat()


def test_a_revoked_key_says_why_and_nothing_vouches_for_the_next(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path
    keys.ensure(on=DAY)
    with pytest.raises(Refused):
        keys.revoke(on=NEXT, why="  ")
    ring = keys.revoke(on=NEXT, why="Datorn stals.")
    assert (ring.keys[0].revoked_on, ring.keys[0].revoked_why) == (NEXT.isoformat(), "Datorn stals.")
    assert ring.chain() == [] and ring.keys[1].public != ring.keys[0].public


@pytest.mark.parametrize("body", [b"", b"{}", b'{"seed": "00", "keys": []}', b"\xff"])
def test_a_key_that_cannot_be_read_signs_nothing_and_is_not_written_over(
    tmp_path: Path, settings, body: bytes
) -> None:
    settings.HOME = tmp_path
    keys.ensure(on=DAY)
    keys.path().write_bytes(body)
    for attempt in (lambda: keys.ensure(on=NEXT), lambda: keys.change(on=NEXT)):
        with pytest.raises(keys.PublishingKeyMissing, match=r"publishing\.json"):
            attempt()
    assert keys.path().read_bytes() == body
