"""The plan's news as an Atom feed (RFC 4287): what was published and what changed, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.plan.motions.published import PublishedDecision, PublishedMeasure, PublishedMotion
from klarsyn.plan.public.changes import changes_told

ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 60  # entries; what is older stands in the open data
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NEVER: Final = datetime(2021, 1, 1, tzinfo=UTC)  # of a feed in which nothing has been published yet


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` never changes for the same thing, whatever is corrected in it."""

    key: str
    title: str
    text: str
    path: str
    published: datetime
    is_invented: bool
    corrected: datetime | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The feed itself. `site` is the public address without a last slash; `path` the feed's own."""

    title: str
    author: str
    site: str
    path: str
    page: str
    language: str


def entries(
    motions: Sequence[PublishedMotion],
    decisions: Sequence[PublishedDecision],
    measures: Sequence[PublishedMeasure],
    language: str,
) -> list[Entry]:
    """Everything new, newest first, cut at MOST."""
    found = [
        *(_motion(one) for one in motions),
        *(_decision(one) for one in decisions),
        *(entry for one in measures for entry in _measure(one, language)),
    ]
    return sorted(found, key=lambda one: (one.published, one.key), reverse=True)[:MOST]


def to_atom(about: About, found: Sequence[Entry]) -> bytes:
    """The bytes of the feed."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(_name("feed"), {f"{{{_XML}}}lang": about.language})
    _text(feed, "id", _tag(about.site, f"plan/{about.language}"))
    _text(feed, "title", about.title)
    _text(feed, "updated", _moment(max((one.corrected or one.published for one in found), default=_NEVER)))
    author = ET.SubElement(feed, _name("author"))
    _text(author, "name", about.author)
    own = {"rel": "self", "type": "application/atom+xml", "href": about.site + about.path}
    ET.SubElement(feed, _name("link"), own)
    ET.SubElement(
        feed, _name("link"), {"rel": "alternate", "type": "text/html", "href": about.site + about.page}
    )
    for one in found:
        _entry(feed, one, about)
    made: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _entry(feed: ET.Element, one: Entry, about: About) -> None:
    entry = ET.SubElement(feed, _name("entry"))
    _text(entry, "id", _tag(about.site, f"{about.language}/{one.key}"))
    _text(entry, "title", f"{_('PÅHITTAT')}: {one.title}" if one.is_invented else one.title)
    _text(entry, "updated", _moment(one.corrected or one.published))
    _text(entry, "published", _moment(one.published))
    link = {"rel": "alternate", "type": "text/html", "href": about.site + one.path}
    ET.SubElement(entry, _name("link"), link)
    _text(entry, "content", one.text, type="text")


def _motion(one: PublishedMotion) -> Entry:
    return Entry(
        f"motion-{one.pk}", _("Motion: %(title)s") % {"title": one.title},
        "\n".join(f"{d.number}. {d.text}" for d in one.demands) or one.title,
        reverse("plan:public_motion", args=[one.slug]), _start(one.published_on), one.is_invented,
        _start(one.corrected_on) if one.corrected_on else None,
    )  # fmt: skip


def _decision(one: PublishedDecision) -> Entry:
    path = reverse("plan:public_motion", args=[one.motion]) if one.motion else reverse("plan:public")
    title = _("Beslut av %(body)s: %(title)s") % {"body": one.by_whom, "title": one.title}
    corrected = _start(one.corrected_on) if one.corrected_on else None
    return Entry(
        f"decision-{one.pk}", title, one.wording, path, _start(one.published_on), one.is_invented, corrected
    )


def _measure(one: PublishedMeasure, language: str) -> Iterator[Entry]:
    path = reverse("plan:public_measure", args=[one.slug])
    title = _("Åtgärd: %(title)s") % {"title": one.title}
    yield Entry(f"measure-{one.pk}", title, one.what, path, _start(one.published_on), one.is_invented)
    for review in one.reviews:
        title = _("Uppföljning: %(title)s (%(state)s)") % {"title": one.title, "state": review.state_words}
        text = "\n".join(filter(None, [review.came_of_it, review.reason_late]))
        when = _start(review.published_on)
        yield Entry(f"review-{review.pk}", title, text, path, when, one.is_invented or review.is_invented)
    for change, told in zip(one.changes, changes_told(one.changes, language), strict=True):
        title = _("Ändrat i %(title)s: %(field)s") % {"title": one.title, "field": told.field}
        text = _("Från: %(was)s\nTill: %(became)s") % {"was": told.was or "–", "became": told.became or "–"}
        key = f"change-{one.pk}-{change.field}-{change.changed_at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
        yield Entry(key, title, text, path, change.changed_at, one.is_invented)


def _tag(site: str, key: str) -> str:
    """A tag URI (RFC 4151): the same for ever, wherever the site moves its pages."""
    return f"tag:{urlsplit(site).hostname},2021:klarsyn/{key}"


def _start(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, _name(name), attributes).text = _allowed(text)


def _allowed(text: str) -> str:
    """Without the control characters that XML 1.0 has no way to write."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
