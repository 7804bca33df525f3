"""A course as a cmi5 package: the page tells a record store that it was begun, completed and left."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from klarsyn.training.packages.content import Pack
from klarsyn.training.packages.zipped import page_files, zipped

SPACE: Final = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"


def package(pack: Pack, publisher: str) -> bytes:
    """The zip. `publisher`: the site's own address, which the ids of the course begin with."""
    return zipped({"cmi5.xml": structure(pack, publisher), **page_files(pack, "cmi5.js", connect="*")})


def structure(pack: Pack, publisher: str) -> bytes:
    """`cmi5.xml`: one course of one unit, satisfied when it was both completed and passed."""
    register_namespace("", SPACE)
    root = Element(f"{{{SPACE}}}courseStructure")
    id = f"{publisher.rstrip('/')}/kurser/{pack.key}/{pack.language}"
    _named(SubElement(root, f"{{{SPACE}}}course", {"id": id}), pack)
    unit = SubElement(
        root,
        f"{{{SPACE}}}au",
        {"id": f"{id}/{pack.version}", "moveOn": "CompletedAndPassed", "launchMethod": "AnyWindow"},
    )
    _named(unit, pack)
    SubElement(unit, f"{{{SPACE}}}url").text = "index.html"
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _named(element: Element, pack: Pack) -> None:
    for name, text in (("title", pack.title), ("description", pack.summary)):
        part = SubElement(element, f"{{{SPACE}}}{name}")
        SubElement(part, f"{{{SPACE}}}langstring", {"lang": pack.language}).text = text
