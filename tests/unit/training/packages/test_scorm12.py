"""The SCORM package: its manifest holds against the standard's own schemas, and it needs nothing from anywhere."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from klarsyn.training.packages import scorm12
from klarsyn.training.packages.content import PackedStep, Spot
from tests.unit.training.packages.pack import LESSON, pack, said

SCHEMAS = Path(__file__).parents[3] / "standards" / "scorm12"
BOTH = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
<xsd:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/></xsd:schema>"""


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(io.BytesIO(BOTH.encode()), base_url=f"{SCHEMAS}/both.xsd"))


def opened(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        return {name: held.read(name) for name in held.namelist()}


def test_the_manifest_holds_against_the_standards_schemas_and_names_every_file() -> None:
    files = opened(scorm12.package(pack()))
    read = etree.fromstring(files["imsmanifest.xml"])
    assert schema().validate(read), schema().error_log
    named = {node.get("href") for node in read.iter("{*}file")}
    assert (
        named == set(files) - {"imsmanifest.xml"} and read.find(".//{*}resource").get("href") == "index.html"
    )


@pytest.mark.parametrize(
    ("was", "now"), [(b'identifier="page" ', b""), (b"<item ", b"<thing "), (b'"sco"', b'"scorm"')]
)
def test_the_schemas_can_refuse(was: bytes, now: bytes) -> None:
    manifest = opened(scorm12.package(pack()))["imsmanifest.xml"]
    assert was in manifest
    broken = manifest.replace(was, now).replace(b"</item>", b"</item>" if was != b"<item " else b"</thing>")
    assert not schema().validate(etree.fromstring(broken))


def test_the_same_course_gives_the_same_bytes() -> None:
    assert scorm12.package(pack()) == scorm12.package(pack())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nothing_in_it_comes_from_elsewhere(language: str) -> None:
    for name, body in opened(scorm12.package(pack(language))).items():
        loaded = re.findall(rb"""(?:src|href)=["'](?!#)([^"']+)|url\(([^)]*)|@import""", body)
        assert name.endswith(".xml") or all(b"//" not in b"".join(found) for found in loaded), name
    assert b"connect-src &#x27;none&#x27;" in opened(scorm12.package(pack()))["index.html"]


def test_a_course_whose_place_would_not_fit_is_refused_with_what_to_do() -> None:
    many = tuple(
        PackedStep(f"del-{n}-{'x' * 40}", "lesson", "Del", 1, "1", (Spot("1", "", said("<p>x</p>")),))
        for n in range(90)
    )
    with pytest.raises(ValueError, match=r"4096.*kortare"):
        scorm12.package(pack(steps=many))
    assert pack(steps=(LESSON,)).longest_place < 60


def test_text_from_a_course_is_never_read_as_markup() -> None:
    page = opened(scorm12.package(pack()))["index.html"].decode()
    assert "Provkurs &lt;för&gt; alla &amp; envar" in page and "<för>" not in page
