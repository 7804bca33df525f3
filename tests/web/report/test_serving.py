"""Released editions come from disk: named strongly, packed, path-safe, each at its address for ever."""

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command

from klarsyn.report import render, store
from klarsyn.report.models import Edition

STABLE = "/kartlaggning/2019/utgava-1/"


def test_the_year_and_the_stable_address_give_the_same_bytes(visit, released: Edition) -> None:
    frej = visit("frej")
    newest, stable = frej.get("/kartlaggning/2019/"), frej.get(STABLE)
    assert newest.content == stable.content
    assert (
        hashlib.sha256(stable.content).hexdigest() == store.read(released.slug).files["sv/index.html"].sha256
    )
    assert f'<link rel="canonical" href="{STABLE}">' in stable.text


def test_the_english_page_is_one_click_away(visit, released: Edition) -> None:
    frej = visit("frej")
    assert f'href="/en{STABLE}"' in frej.get(STABLE).text
    english = frej.get(f"/en{STABLE}")
    assert english.status_code == 200
    assert '<html lang="en"' in english.text and "clearly above Göteborg" in english.text
    assert "Så läser du" not in english.text


@pytest.mark.parametrize(
    ("asked", "packing", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_the_page_comes_packed_as_the_reader_takes_it(
    visit, released: Edition, asked, packing, unpack
) -> None:
    frej = visit("frej")
    answer = frej.get(STABLE, headers={"accept-encoding": asked})
    assert answer.headers.get("Content-Encoding") == packing
    assert "Accept-Encoding" in answer["Vary"] and "Cookie" not in answer["Vary"]
    assert unpack(answer.content) == frej.get(STABLE).content


def test_a_reader_who_has_the_page_is_told_so(visit, released: Edition) -> None:
    frej = visit("frej")
    first = frej.get(STABLE, headers={"accept-encoding": "br"})
    assert first["ETag"].startswith('"') and "max-age" in first["Cache-Control"]
    same = frej.get(STABLE, headers={"accept-encoding": "br", "if-none-match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert frej.get(STABLE, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "rest",
    [
        "../../../secret-key", "..%2f..%2fsecret-key", "%2e%2e/0680-2019-1/index.json", "index.json", "sv/index.html",
        "index.html.br", "kalla/convicted_press", "kalla//", "superseded/sv/index.html", "//etc/passwd", "\x00",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_edition(visit, released: Edition, home: Path, rest: str) -> None:
    (home / "secret-key").write_text("secret")
    assert visit("frej").get(STABLE + rest).status_code == 404


@pytest.mark.parametrize("path", ["2018", "exempel", "2019/utgava-2", "abc", "2019/utgava-0"])
def test_what_is_not_released_is_not_found(visit, released: Edition, path: str) -> None:
    assert visit("frej").get(f"/kartlaggning/{path}/").status_code == 404


def test_only_reading_is_answered(visit, released: Edition) -> None:
    assert visit("frej").post(STABLE).status_code == 405


def test_every_number_leads_to_its_source_page(visit, released: Edition) -> None:
    source = visit("frej").get(f"{STABLE}kalla/convicted_press/").text
    assert 'id="rates-0680-2019-sr-2021-sexkop-kommun"' in source
    assert "17" in source and "141" in source and "Garwood" in source
    assert 'id="kalla-sr-2021-sexkop-kommun"' in source


def test_the_page_is_light_enough_for_a_phone(released: Edition) -> None:
    for language in render.LANGUAGES:
        page = store.home(released.slug) / language / "index.html"
        assert page.with_name("index.html.gz").stat().st_size < 110_000
        assert page.with_name("index.html.br").stat().st_size < 65_000


def test_rendering_again_gives_the_same_bytes(released: Edition) -> None:
    before = {name: file.sha256 for name, file in store.read(released.slug).files.items()}
    render.render_edition(released)
    assert {name: file.sha256 for name, file in store.read(released.slug).files.items()} == before


def test_a_correction_takes_its_place_and_the_old_one_stays(visit, released: Edition, corrected) -> None:
    frej = visit("frej")
    original = store.read(released.slug).files["sv/index.html"].sha256
    corrected()
    assert store.read(released.slug).files["sv/index.html"].sha256 == original
    old = frej.get(STABLE)
    assert "Den här utgåvan är ersatt" in old.text and "Malmös folkmängd var fel." in old.text
    assert 'href="/kartlaggning/2019/utgava-2/"' in old.text
    newest = frej.get("/kartlaggning/2019/").text
    assert "Utgåva 2, rättad" in newest and "är ersatt" not in newest
    assert "This edition has been replaced" in frej.get(f"/en{STABLE}").text
    listed = frej.get("/kartlaggning/").text
    assert listed.index("Utgåva 2") < listed.index("Utgåva 1")


def test_a_lost_folder_is_written_again(visit, released: Edition, corrected) -> None:
    corrected()
    old = Edition.objects.get(pk=released.pk)
    before = store.read(old.slug)
    store.home(old.slug).rename(store.home(old.slug).with_name("lost"))
    assert visit("frej").get(STABLE).status_code == 404
    render.repair(old)
    assert store.read(old.slug).files == before.files


def test_an_empty_list_teaches(visit) -> None:
    assert "Ingen kartläggning är publicerad ännu" in visit("frej").get("/kartlaggning/").text


def test_the_start_page_shows_the_finding(visit, released: Edition) -> None:
    page = visit("frej").get("/").text
    assert "Jönköping låg 2019 tydligt över Göteborg" in page
    assert "7,02–19,29" in page and "polisens arbete" in page


def test_the_models_and_the_migrations_agree(db: None) -> None:
    call_command("makemigrations", "report", check=True, dry_run=True, verbosity=0)
