"""The journal: a note that is worked on until it is locked, and a document that came or went."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from klarsyn.cases.code_lists import choices
from klarsyn.cases.entries import Entry, Kind, Row, register
from klarsyn.cases.fields import Field, Holds

_FILE: Final = "journal_and_document_types"


def rows(entry: Entry) -> list[Row]:
    """A note reads as its kind and its text, without the questions."""
    return [Row(str(choices(_FILE, "journal").get(entry.data["type"], "")), str(entry.data["text"]))]


NOTE: Final = register(
    Kind(
        "note", _("Journalanteckning"),
        (
            Field("type", _("Slag"), Holds.CHOICE, choices=choices(_FILE, "journal"), is_required=True),
            Field(
                "text", _("Vad hände, och vem säger det?"), is_required=True,
                hint=_("Skilj på vad du såg, vad personen sade och vad du tänker. Personen kan läsa det."),
            ),
        ),
        is_working=True, rows=rows,
    )
)  # fmt: skip
DOCUMENT: Final = register(
    Kind(
        "document", _("Handling"),
        (
            Field("type", _("Slag"), Holds.CHOICE, choices=choices(_FILE, "document"), is_required=True),
            Field("title", _("Rubrik"), Holds.LINE, is_required=True, longest=200),
            Field("text", _("Vad står i den?"), is_required=True),
        ),
        is_working=True,
    )
)  # fmt: skip
