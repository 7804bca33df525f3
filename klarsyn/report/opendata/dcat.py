"""dcat.rdf: the metadata a data portal harvests, after DCAT-AP-SE."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.opendata.facts import DATA_LICENCE, EditionFacts

_NS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_XML = "http://www.w3.org/XML/1998/namespace"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FORMATS = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "pdf": ("application/pdf", "PDF"),
}
for _prefix, _uri in _NS.items():
    register_namespace(_prefix, _uri)


def to_dcat(mapping: FrozenMapping, edition: EditionFacts, files: Iterable[str]) -> bytes:
    """A catalogue with one dataset and a distribution per file; `files` are names below `address/data/`."""
    root = Element(_tag("rdf:RDF"))
    catalogue = _node(root, "dcat:Catalog", f"{edition.address}/data/dcat.rdf#catalogue")
    dataset_uri = f"{edition.address}#dataset"
    publisher_uri = f"{edition.address}#publisher"
    _text(catalogue, "dct:title", edition.title_sv, "sv")
    _text(catalogue, "dct:description", "Kommunens årliga kartläggning som öppna data.", "sv")
    _link(catalogue, "dct:publisher", publisher_uri)
    _link(catalogue, "dct:license", DATA_LICENCE[1])
    _link(catalogue, "dcat:dataset", dataset_uri)
    agent = _node(root, "foaf:Agent", publisher_uri)
    _text(agent, "foaf:name", edition.publisher)
    dataset = _node(root, "dcat:Dataset", dataset_uri)
    _describe(dataset, mapping, edition, publisher_uri)
    for name in files:
        _link(dataset, "dcat:distribution", f"{edition.address}/data/{name}")
        _distribution(root, edition, name)
    indent(root)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _describe(dataset: Element, mapping: FrozenMapping, edition: EditionFacts, publisher_uri: str) -> None:
    lead_sv, lead_en = ("PÅHITTADE TAL. ", "INVENTED FIGURES. ") if mapping.is_invented else ("", "")
    _text(dataset, "dct:title", edition.title_sv, "sv")
    _text(dataset, "dct:title", edition.title_en, "en")
    _text(dataset, "dct:description", f"{lead_sv}{edition.title_sv}, utgåva {edition.number}.", "sv")
    _text(dataset, "dct:description", f"{lead_en}{edition.title_en}, edition {edition.number}.", "en")
    _text(dataset, "dct:identifier", mapping.content_hash)
    _text(dataset, "dcat:version", str(edition.number))
    if edition.released_on:
        _text(dataset, "dct:issued", edition.released_on.isoformat())
    _link(dataset, "dct:publisher", publisher_uri)
    _link(dataset, "dcat:landingPage", edition.address)
    _link(dataset, "dct:accessRights", f"{_AUTHORITY}access-right/PUBLIC")
    _link(dataset, "dct:accrualPeriodicity", f"{_AUTHORITY}frequency/ANNUAL")
    _link(dataset, "dcat:theme", f"{_AUTHORITY}data-theme/JUST")
    _link(dataset, "dcat:theme", f"{_AUTHORITY}data-theme/SOCI")
    for language in ("SWE", "ENG"):
        _link(dataset, "dct:language", f"{_AUTHORITY}language/{language}")


def _distribution(root: Element, edition: EditionFacts, name: str) -> None:
    url = f"{edition.address}/data/{name}"
    node = _node(root, "dcat:Distribution", url)
    media, form = _FORMATS[name.rpartition(".")[2]]
    _text(node, "dct:title", name)
    _link(node, "dcat:accessURL", url)
    _link(node, "dcat:downloadURL", url)
    _link(node, "dct:license", DATA_LICENCE[1])
    _text(node, "dcat:mediaType", media)
    _link(node, "dct:format", f"{_AUTHORITY}file-type/{form}")


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


def _node(parent: Element, name: str, about: str) -> Element:
    return SubElement(parent, _tag(name), {_tag("rdf:about"): about})


def _link(parent: Element, name: str, target: str) -> None:
    SubElement(parent, _tag(name), {_tag("rdf:resource"): target})


def _text(parent: Element, name: str, text: str, language: str = "") -> None:
    attributes = {f"{{{_XML}}}lang": language} if language else {}
    SubElement(parent, _tag(name), attributes).text = text
