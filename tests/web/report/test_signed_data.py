"""What is released carries our signature, and anybody can see with which key."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from klarsyn.report import actions, opendata_maker, render, store
from klarsyn.report.models import Edition
from klarsyn.report.signing import keys, manifest
from klarsyn.report.signing import maker as signing_maker
from klarsyn.report.signing_later import sign_what_is_not
from tests.people import person

ZIP = "/kartlaggning/2019/utgava-1/data/0680-2019-1.zip"
LATER = date(2027, 1, 15)


@pytest.fixture
def signed(approved: Edition, monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make, signing_maker.make])
    return actions.release(edition=approved, by=person("greta"))


@pytest.fixture
def unsigned(approved: Edition, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Released before there was a key."""
    monkeypatch.setattr(render, "ARTEFACTS", [opendata_maker.make])
    return actions.release(edition=approved, by=person("greta"))


def test_frej_takes_the_package_away_and_sees_whose_it_is(visit, signed: Edition) -> None:
    frej = visit("frej")
    assert ZIP in frej.get("/kartlaggning/2019/").text
    answer = frej.get(ZIP)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        said, mark = found.read("manifest.json"), json.loads(found.read("signature.json"))
    assert manifest.is_sound(said, bytes.fromhex(mark["public"]), bytes.fromhex(mark["signature"]))
    known = frej.get("/.well-known/klarsyn.json").json()
    assert [k["public"] for k in known["keys"]] == [mark["public"]] and known["municipality"] == "0680"
    (edition,) = known["editions"]
    assert (
        edition["package"].endswith(ZIP) and edition["sha256"] == hashlib.sha256(answer.content).hexdigest()
    )
    page = frej.get("/kartlaggning/oppna-data/").text
    assert keys.fingerprint(mark["public"]) in page and ZIP in page
    before = store.read(signed.slug).files
    render.render_edition(signed)  # written again, it is signed the same
    assert store.read(signed.slug).files == before
    assert "read the words" in frej.get("/en/kartlaggning/oppna-data/").text.lower()


def test_what_was_released_before_the_key_gets_its_signature_and_stays_as_it_was(
    visit, unsigned: Edition, home: Path
) -> None:
    before = store.read(unsigned.slug).files
    assert visit("frej").get(ZIP).status_code == 404
    assert "Inget paket ännu" in visit("frej").get("/kartlaggning/oppna-data/").text
    assert sign_what_is_not(on=LATER) == (unsigned.slug,)
    after = store.read(unsigned.slug).files
    added = {f"data/{name}" for name in ("manifest.json", "signature.json", f"{unsigned.slug}.zip")}
    assert {n: f for n, f in after.items() if n not in added} == before and added <= set(after)
    said = json.loads((store.home(unsigned.slug) / "data/manifest.json").read_bytes())
    assert said["signed_on"] == "2027-01-15" and said["released_on"] != said["signed_on"]
    assert sign_what_is_not(on=LATER) == () and store.read(unsigned.slug).files == after


def test_without_any_release_there_is_a_page_that_says_so(visit, home: Path) -> None:
    page = visit("frej").get("/kartlaggning/oppna-data/").text
    assert "Inget paket ännu" in page and "Ingen nyckel är gjord ännu" in page
    assert visit("frej").get("/.well-known/klarsyn.json").json()["keys"] == []
