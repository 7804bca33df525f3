"""A course as a SCORM 1.2 package: a zip that every learning platform of a municipality takes."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from klarsyn.training.packages.content import Pack
from klarsyn.training.packages.zipped import page_files, zipped

MOST: Final = 4096  # characters that SCORM 1.2 lets a course keep of where somebody is
_CP: Final = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_ADL: Final = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


def package(pack: Pack) -> bytes:
    """The zip. The same pack gives the same bytes. Raises ValueError when a place would not fit."""
    if pack.longest_place > MOST:
        raise ValueError(
            f"{pack.key}: var någon är i kursen tar upp till {pack.longest_place} tecken, och SCORM 1.2 tar "
            f"{MOST}. Gör kursen kortare, eller stegens och nodernas id."
        )
    files = page_files(pack, "scorm12.js", connect="'none'")
    return zipped({"imsmanifest.xml": manifest(pack, tuple(files)), **files})


def manifest(pack: Pack, names: tuple[str, ...]) -> bytes:
    """`imsmanifest.xml`: one item, one launch page, every file named."""
    for prefix, space in (("", _CP), ("adlcp", _ADL), ("xsi", _XSI)):
        register_namespace(prefix, space)
    id = f"klarsyn.{pack.key}.{pack.language}"
    root = Element(
        f"{{{_CP}}}manifest",
        {
            "identifier": id,
            "version": pack.version,
            f"{{{_XSI}}}schemaLocation": f"{_CP} imscp_rootv1p1p2.xsd {_ADL} adlcp_rootv1p2.xsd",
        },
    )
    about = SubElement(root, f"{{{_CP}}}metadata")
    SubElement(about, f"{{{_CP}}}schema").text = "ADL SCORM"
    SubElement(about, f"{{{_CP}}}schemaversion").text = "1.2"
    organizations = SubElement(root, f"{{{_CP}}}organizations", {"default": "course"})
    course = SubElement(organizations, f"{{{_CP}}}organization", {"identifier": "course"})
    SubElement(course, f"{{{_CP}}}title").text = pack.title
    item = SubElement(course, f"{{{_CP}}}item", {"identifier": "item", "identifierref": "page"})
    SubElement(item, f"{{{_CP}}}title").text = pack.title
    resources = SubElement(root, f"{{{_CP}}}resources")
    page = SubElement(
        resources,
        f"{{{_CP}}}resource",
        {"identifier": "page", "type": "webcontent", f"{{{_ADL}}}scormtype": "sco", "href": "index.html"},
    )
    for name in names:
        SubElement(page, f"{{{_CP}}}file", {"href": name})
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
