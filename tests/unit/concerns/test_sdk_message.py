"""An SDK message 3.1: what is written is valid, and each broken rule is refused by name."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from klarsyn.concerns.sdk import message
from klarsyn.concerns.sdk.message import Address, Document, Refused

ID = UUID("3a94b4ed-a6d7-41e2-945d-b3fa91e8a6e9")
AT = datetime(2026, 7, 1, 9, 30, 5, 120_000, ZoneInfo("Europe/Stockholm"))
FROM = Address("0203:a.example.se", "a.mottagning", "Mottagningen")
TO = Address("0203:b.example.se", "b.registrator")
DOCUMENT = Document("Orosanmälan", "Vad: nya saker\noch rädd", "a.pdf", "application/pdf", b"%PDF-1.7")


def written(**changed: object) -> bytes:
    words = {
        "id": ID,
        "at": AT,
        "label": "Orosanmälan",
        "sender": FROM,
        "recipient": TO,
        "documents": [DOCUMENT],
    }
    return message.written(**{**words, **changed})


def test_a_message_has_utc_time_with_decimals_equal_ids_and_is_confidential() -> None:
    text = written().decode()
    assert ">2026-07-01T07:30:05.120Z<" in text and text.count(str(ID)) == 2 and ">true<" in text
    assert base64.b64encode(b"%PDF-1.7").decode() in text and "person" not in text and "reference" not in text
    xmlschema.XMLSchema(str(message.SCHEMA)).validate(
        text.encode() and written()
    )  # a second reader of the same schema


def test_a_long_label_is_cut_and_what_no_xml_can_hold_is_marked() -> None:
    made = written(label="å" * 300, documents=[Document("N", "a\x00b\x0b\ud800 <tagg> & 🌧")]).decode()
    assert "å" * 256 in made and "å" * 257 not in made and "a\ufffdb\ufffd\ufffd &lt;tagg&gt; &amp; 🌧" in made


BROKEN = {
    "creationDateTime": (".120Z", "Z"), "creationDateTime zone": ("120Z", "120+02:00"),
    "creationDateTime decimals": (".120Z", ".1234Z"), "messageId": (f"messageId>{ID}", "messageId>1234"),
    "conversationId": (f"conversationId>{ID}", "conversationId>3a94b4ed-a6d7-41e2-945d-b3fa91e8a6e0"),
    "label": (">Orosanmälan</label>", ">" + "x" * 257 + "</label>"), "empty label": ("label>Orosanmälan<", "label>  <"),
    "confidentiality": (">true<", ">false<"), "confidentiality gone": ("<confidentiality>true</confidentiality>", ""),
    "extension": ("0203:b.example.se", "b.example.se"), "root": ("iso6523-actorid-upis", "icke-godkänt-kodverk"),
    "address book": (message.BOOK, "urn:annan"), "empty function": (">b.registrator<", "><"),
    "empty text": (">Vad: nya saker\noch rädd<", ">\n <"), "base64": (base64.b64encode(b"%PDF-1.7").decode(), "%%%"),
    "no document": ("messageBody>", "messageBodi>"), "a person": ("<subOrganization>", "<person/><subOrganization>"),
    "an entity": ("<messagePayload", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><messagePayload"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_message_that_breaks_a_rule_is_refused(name: str) -> None:
    good, (right, wrong) = written().decode(), BROKEN[name]
    assert right in good
    if (
        name == "an entity"
    ):  # an entity that is only named harms nobody; one that is used is not read from the file
        broken = good.replace(right, wrong, 1).replace(">Orosanmälan</label>", ">&b;</label>")
    else:
        broken = good.replace(right, wrong, 1)
    with pytest.raises(Refused):
        message.check(broken.encode())


def test_what_is_written_wrongly_is_refused_before_it_leaves() -> None:
    for changed in (
        {"documents": []}, {"label": " "}, {"documents": [Document("N", "")]}, {"at": AT.replace(tzinfo=None)},
        {"recipient": Address("", "b")}, {"recipient": Address("0203:b", "")},
    ):  # fmt: skip
        with pytest.raises(Refused):
            written(**changed)
    with pytest.raises(Refused, match="no XML"):
        message.check(b"")


@settings(max_examples=40)
@given(
    st.text(min_size=1).filter(lambda text: text.strip(" \t\r\n")),
    st.integers(0, 4_000_000_000),
)
def test_any_text_and_time_makes_a_valid_message(text: str, second: int) -> None:
    at = datetime.fromtimestamp(second, UTC)
    message.check(written(at=at, documents=[Document("N", text)]))
