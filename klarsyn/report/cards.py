"""The year's finding on the start page, read from what was rendered: one query, one small file."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from klarsyn.base.front import Card, CardFigure
from klarsyn.base.language import reader_language
from klarsyn.report import store
from klarsyn.report.policy import State


def latest_mapping() -> Card | None:
    """The newest edition in force, never an invented one. None when nothing is released or rendered."""
    editions = apps.get_model("report", "Edition").objects  # by name: this module loads before the models
    mine = editions.filter(municipality=settings.MUNICIPALITY, is_invented=False, state=State.RELEASED)
    edition = mine.order_by("-year").first()
    index = store.read(edition.slug) if edition else None
    if edition is None or index is None:
        return None
    said = index.said[reader_language()]
    return Card(
        title=said["headline"],
        text="",
        address=reverse("report:newest", args=[edition.year]),
        link=_("Läs kartläggningen"),
        kicker=said["title"],
        figures=tuple(
            CardFigure(label=label, value=value, interval=interval, note=note)
            for value, label, interval, note in said["numbers"]
        ),
        caveat=said["caveat"],
        order=10,
    )
