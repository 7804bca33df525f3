"""A figure on another site: its caveat, source and edition are in the picture, and only these addresses may be framed."""

import html
import re
from pathlib import Path

from django.test import Client
from django.utils import timezone
from lxml import etree

from klarsyn.mapping.models import Mapping
from klarsyn.report.embed.card import LARGEST
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from tests.people import person
from tests.unit.report import frozen

PRESS = "/inbadda/0680-2019-1/convicted_press"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(client: Client, address: str) -> str:
    """The words that are drawn in the picture, in their order."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert len(answer.content) <= LARGEST and b"<script" not in answer.content
    return " ".join(t.text or "" for t in etree.fromstring(answer.content).iter(f"{SVG}text"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_picture_holds_what_it_does_not_say_its_source_and_its_edition(
    client: Client, out: Edition
) -> None:
    listed = re.findall(r"/inbadda/0680-2019-1/(\w+)/kod/", client.get("/inbadda/").text)
    assert len(listed) > 5
    for id in listed:
        figure = frozen.mapping().figure(id)
        said = drawn(client, f"/inbadda/0680-2019-1/{id}.svg")
        assert squeezed(figure.indicator.says_not.sv) in said and figure.sources[0].publisher in said, id
        assert "kartläggningen 2019, utgåva 1, publicerad" in said and f"#figur-{id}" in said.replace(" ", "")
        assert "nyare utgåva" not in said
    picture = etree.fromstring(client.get(f"{PRESS}.svg").content)
    assert squeezed(frozen.mapping().figure("convicted_press").indicator.says_not.sv) in picture.findtext(
        f"{SVG}desc"
    )
    assert all(t.get("textLength") for t in picture.iter(f"{SVG}text"))


def test_the_picture_speaks_english_and_tells_of_a_newer_edition(client: Client, out: Edition) -> None:
    before = drawn(client, f"/en{PRESS}.svg")
    assert "What the figure does not say" in before and "A newer edition" not in before
    Edition.objects.update(state=State.SUPERSEDED)
    Edition.objects.create(
        municipality="0680", year=2019, number=2, slug="0680-2019-2", author=person("disa"), state=State.RELEASED,
        content_hash=out.content_hash, what_changed="Rättad.", created_at=timezone.now(),
        released_at=timezone.now(), released_by=person("greta"),
    )  # fmt: skip
    after = drawn(client, f"/en{PRESS}.svg")
    assert "There is a newer one" in after and "/en/kartlaggning/2019/utgava-2/" in after and "12.05" in after
    assert "newer" not in drawn(client, f"/en{PRESS.replace('2019-1', '2019-2')}.svg")
    assert "2019-1" not in client.get("/inbadda/").text


def test_only_the_picture_and_its_frame_may_stand_in_other_sites(client: Client, out: Edition) -> None:
    for address in (f"{PRESS}.svg", f"{PRESS}/"):
        answer = client.get(address)
        assert (
            "frame-ancestors *;" in answer["Content-Security-Policy"] + ";"
            and "X-Frame-Options" not in answer
        )
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin" and not answer.cookies
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
        assert "<script" not in answer.text and client.post(address).status_code == 405
    for address in (
        f"{PRESS}/kod/",
        "/inbadda/",
        "/",
        "/api/",
        "/api/v1/",
        "/kartlaggning/",
        "/personal/logga-in/",
        "/x",
    ):
        answer = client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Frame-Options"] == "DENY" and answer["Cross-Origin-Resource-Policy"] != "cross-site"


def test_the_code_to_copy_is_whole_without_a_script(client: Client, out: Edition) -> None:
    text = client.get(f"{PRESS}/kod/").text
    image, frame = (
        html.unescape(one) for one in re.findall(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", text, re.S)
    )
    (img,) = etree.HTML(image).iter("img")
    assert img.get("src") == f"http://127.0.0.1:8000{PRESS}.svg" and img.get("width") == "480"
    picture = etree.fromstring(client.get(f"{PRESS}.svg").content)
    assert img.get("height") == picture.get("height") and "Vad siffran inte säger" in img.get("alt")
    (shown,) = etree.HTML(frame).iter("iframe")
    assert shown.get("src") == f"http://127.0.0.1:8000{PRESS}/" and shown.get("title")


def test_damaged_files_give_no_picture_and_tell_no_reader_where_they_lie(
    client: Client, out: Edition, mapping: Mapping, home: Path
) -> None:
    results = home / mapping.folder / "results.json"
    results.write_bytes(results.read_bytes().replace(b"17", b"18", 1))
    for address in (f"{PRESS}.svg", f"{PRESS}/", f"{PRESS}/kod/", "/inbadda/"):
        answer = client.get(address)
        assert answer.status_code == (200 if address == "/inbadda/" else 404) and str(home) not in answer.text


def test_what_is_not_released_or_has_no_chart_is_not_there(client: Client, draft: Edition) -> None:
    for address in (f"{PRESS}.svg", f"{PRESS}/", f"{PRESS}/kod/"):
        assert client.get(address).status_code == 404
    Edition.objects.update(state=State.RELEASED, released_at=timezone.now(), released_by=person("greta"))
    for figure in ("nothing", "population_base", "x" * 500):
        assert client.get(f"/inbadda/0680-2019-1/{figure}.svg").status_code == 404
    assert client.get("/inbadda/0680-2019-1/a%00b.svg").status_code == 404
