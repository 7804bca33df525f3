"""Writes an SDK message 3.1 and refuses one that breaks the standard's rules; pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from lxml import etree

SPACE: Final = "urn:riv:infrastructure:messaging:MessageWithAttachments:3"
SCHEMA: Final = Path(__file__).with_name("message.xsd")
LABEL: Final = 256  # signs, at most
ACTOR, BOOK = "iso6523-actorid-upis", "urn:riv:infrastructure:messaging:functionalAddress"
SYSTEM: Final = ("klarsyn", "orosanmalan")
# What XML 1.0 cannot hold; a receiver would refuse the whole message for one of them.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Refused(ValueError):
    """The message breaks a rule; the sentence names the element."""


@dataclass(frozen=True, slots=True)
class Address:
    """A function of an organisation, as the SDK address book names it; never a person."""

    organisation: str
    function: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a text, and perhaps the same as a file."""

    name: str
    text: str = field(repr=False)
    file_name: str = ""
    media_type: str = ""
    file: bytes = field(default=b"", repr=False)


def written(
    *, id: UUID, at: datetime, label: str, sender: Address, recipient: Address, documents: Sequence[Document]
) -> bytes:
    """The message as XML in UTF-8, checked. It begins a conversation and is confidential, always.

    `at`: aware; written in UTC with three decimals and Z. `label`: cut to 256 signs. Raises Refused.
    """
    if at.tzinfo is None:
        raise Refused("creationDateTime: the time has no zone")
    payload = etree.Element(_name("messagePayload"), nsmap={None: SPACE})
    message = _child(payload, "message")
    header = _child(message, "messageHeader")
    _text(header, "creationDateTime", instant(at))
    _text(header, "messageId", str(id))
    _text(header, "conversationId", str(id))
    _text(header, "label", label[:LABEL])
    _text(header, "confidentiality", "true")
    _pair(_child(header, "generatingSystem"), *SYSTEM)
    _party(header, "recipient", recipient)
    _party(header, "sender", sender)
    body = _child(message, "messageBody")
    for number, document in enumerate(documents, 1):
        _document(body, number, document)
    made: bytes = etree.tostring(payload, encoding="UTF-8", xml_declaration=True)
    check(made)
    return made


def check(message: bytes) -> None:
    """Raises Refused with the first rule that is broken: the schema's, then what no schema can say."""
    try:
        tree = etree.fromstring(
            message, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError as wrong:
        raise Refused(f"no XML: {wrong.msg}") from None
    if tree.getroottree().docinfo.doctype:
        raise Refused("a document type: no message has one")
    schema = _schema()
    if not schema.validate(tree):
        first = schema.error_log[0]
        raise Refused(re.sub(r"\{[^}]*\}", "", f"line {first.line}: {first.message}"))
    ids = {name: tree.findtext(f".//{_name(name)}") for name in ("messageId", "conversationId")}
    if ids["messageId"] != ids["conversationId"]:
        raise Refused("conversationId: a message that begins a conversation has its own id there")


def instant(at: datetime) -> str:
    """UTC with three decimals and Z, as SDK wants it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _document(body: Any, number: int, document: Document) -> None:
    made = _child(body, "documents")
    _text(made, "documentID", f"orosanmalan-{number}")
    _text(made, "documentName", document.name)
    _text(made, "index", str(number))
    if document.file:
        file = _child(made, "ContentFiles")
        _text(file, "fileName", document.file_name)
        _text(file, "contentType", document.media_type)
        _text(file, "content", base64.b64encode(document.file).decode())
    _text(_child(made, "ContentText"), "characterSequence", document.text)


def _party(header: Any, which: str, address: Address) -> None:
    party = _child(header, which)
    _pair(_child(party, f"{which}ID"), ACTOR, address.organisation)
    function = _child(_child(party, "attention"), "subOrganization")
    _pair(_child(function, "organizationId"), BOOK, address.function)
    if address.label:
        _text(function, "label", address.label[:LABEL])


def _pair(parent: Any, root: str, extension: str) -> None:
    _text(parent, "root", root)
    _text(parent, "extension", extension)


def _text(parent: Any, name: str, text: str) -> None:
    _child(parent, name).text = _NOT_XML.sub("\ufffd", text)


def _child(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, _name(name))


def _name(name: str) -> str:
    return f"{{{SPACE}}}{name}"


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))
