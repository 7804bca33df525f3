"""An edition written out once: pages in both languages, source pages, and whatever hangs beside them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from klarsyn.base.context import house_at
from klarsyn.mapping import queries as mappings
from klarsyn.mapping.audit import AttackResult
from klarsyn.mapping.results import FrozenMapping
from klarsyn.mapping.searching import search
from klarsyn.report import opendata_maker, origins, page, paper_makers, scanning, store
from klarsyn.report.artefacts import Maker
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from klarsyn.report.signing import maker as signing_maker
from klarsyn.report.view import EditionShown, Page

LANGUAGES = ("sv", "en")
# What hangs beside the page; each is called once a language.
ARTEFACTS: list[Maker] = [opendata_maker.make, signing_maker.make, paper_makers.pdf, paper_makers.slides]
MARK = "<!-- edition-status -->"  # where the notice goes when a newer edition takes this one's place


def shown(edition: Edition, language: str, base: str = "") -> EditionShown:
    """The edition as a page names it. `base` is given for a draft, which has no public address yet."""
    on = edition.released_at
    return EditionShown(
        slug=edition.slug,
        municipality=edition.municipality,
        year=edition.year,
        number=edition.number,
        is_invented=edition.is_invented,
        state=edition.status,
        base=base or address(edition, language),
        released_on=timezone.localdate(on) if on else None,
        what_changed=edition.what_changed,
        content_hash=edition.content_hash,
    )


def address(edition: Edition, language: str) -> str:
    """The stable address: /kartlaggning/2019/utgava-1/."""
    with translation.override(language):
        return reverse("report:edition", args=[edition.year_word, edition.number])


def mapping_of(edition: Edition) -> FrozenMapping:
    """The frozen mapping, its hashes checked."""
    return mappings.frozen(edition.municipality, edition.year, edition.content_hash, edition.is_invented)


def render_edition(edition: Edition) -> tuple[Path, ...]:
    """Write everything of a released edition below HOME/editions/<slug>/; the same bytes every time."""
    with prepared(edition) as made:
        publish(edition, made)
    place = store.home(edition.slug)
    return tuple(sorted(path for path in place.rglob("*") if path.is_file()))


@contextmanager
def prepared(edition: Edition) -> Iterator[Path]:
    """Everything of the edition, in a folder of its own that `publish` puts in place."""
    mapping = mapping_of(edition)
    with store.workplace(edition.slug) as folder:
        for language in LANGUAGES:
            with translation.override(language):
                for make in ARTEFACTS:
                    make(shown(edition, language), mapping, folder, language)
        files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
        said = {language: _pages(edition, mapping, folder, language, files) for language in LANGUAGES}
        store.seal(folder, edition.slug, edition.content_hash, said)
        yield folder


def searched(edition: Edition, folder: Path) -> tuple[AttackResult, ...]:
    """What the prepared files say of protected figures that was never published; nothing when all is well."""
    mapping = mapping_of(edition)
    if not scanning.protected(mapping):
        return ()
    pages = {}
    for language in LANGUAGES:
        with translation.override(language):
            pages[language] = page.build(mapping, shown(edition, language), language)
    return search(
        scanning.pieces(folder, mapping, pages),
        {f.indicator.id: [w for p in pages.values() for w in scanning.words(f, p)] for f in mapping.figures},
        municipality=edition.municipality,
        year=edition.year,
        content_hash=edition.content_hash,
        invented=edition.is_invented,
    )


def _pages(
    edition: Edition, mapping: FrozenMapping, folder: Path, language: str, files: set[str]
) -> dict[str, Any]:
    """The page and its source pages in one language; returns what lists and cards need to know."""
    with translation.override(language):
        made = page.build(mapping, shown(edition, language), language, files=files)
        store.write(folder, f"{language}/index.html", page_html(made).encode())
        for picture in (p for figure in made.figures() for p in figure.pictures):
            if picture.dark:
                store.write(folder, f"{language}/{picture.file}", picture.narrow.svg.encode())
                store.write(folder, f"{language}/{picture.dark_file}", picture.dark.svg.encode())
        for figure in made.figures():
            html = origin_html(made, figure.id, mapping)
            store.write(folder, f"{language}/kalla/{figure.id}/index.html", html.encode())
    return {
        "title": made.title,
        "headline": made.headline,
        "caveat": made.headline_caveat,
        "numbers": [[n.value, n.label, n.interval, n.note] for n in made.numbers],
    }


def page_html(made: Page, **more: object) -> str:
    """The page as a whole document. `more` is what only a draft has: the request, the way back."""
    context = house_at(made.edition.base, made.language) | {"page": made, "edition": made.edition} | more
    return render_to_string("report/edition.html", context)


def origin_html(made: Page, id: str, mapping: FrozenMapping, **more: object) -> str:
    """The source page of one figure. KeyError when the page has no such figure."""
    figure = {f.id: f for f in made.figures()}[id]
    found = origins.origin(figure, mapping, made.language)
    context = house_at(figure.origin, made.language) | {
        "page": made,
        "edition": made.edition,
        "origin": found,
    }
    return render_to_string("report/origin.html", context | more)


def publish(edition: Edition, made: Path) -> Path:
    return store.publish(made, edition.slug)


def mark_superseded(before: Edition, by: Edition) -> None:
    """Beside each released page write one with the notice. The released bytes stay as they were."""
    index = store.read(before.slug)
    if index is None:
        return
    with store.workplace(before.slug) as folder:
        shutil.copytree(store.home(before.slug), folder, dirs_exist_ok=True)
        for name in [n for n in index.files if n.endswith(".html")]:
            language = name.partition("/")[0]
            notice = _notice(before, by, language)
            body = (folder / name).read_text(encoding="utf-8").replace(MARK, notice, 1)
            store.write(folder, f"{store.SUPERSEDED}/{name}", body.encode())
        store.seal(folder, before.slug, before.content_hash, index.said)
        store.publish(folder, before.slug)


def _notice(before: Edition, by: Edition, language: str) -> str:
    with translation.override(language):
        return render_to_string(
            "report/_superseded.html", {"before": before, "by": by, "address": address(by, language)}
        )


def is_rendered(edition: Edition) -> bool:
    index = store.read(edition.slug)
    return index is not None and index.content_hash == edition.content_hash


def repair(edition: Edition) -> None:
    """Write a released edition again when its folder is gone: after a restore, say."""
    if not is_rendered(edition):
        render_edition(edition)
        if edition.status is State.SUPERSEDED:
            mark_superseded(edition, by=_next(edition))


def _next(edition: Edition) -> Edition:
    return Edition.objects.get(
        municipality=edition.municipality,
        year=edition.year,
        is_invented=edition.is_invented,
        number=edition.number + 1,
    )
