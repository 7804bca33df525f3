"""Signs what was released before there was a key: files are added, and the released ones stay as they are."""

from __future__ import annotations

import shutil
from datetime import date

from klarsyn.report import queries, render, store
from klarsyn.report.models import Edition
from klarsyn.report.signing import maker, manifest

_PLACE = f"data/{manifest.MANIFEST}"


def sign_what_is_not(*, on: date) -> tuple[str, ...]:
    """Every edition on line that has open data and no signature gets one, dated `on`. Safe to repeat."""
    return tuple(edition.slug for edition in queries.online(invented=None) if _sign(edition, on))


def _sign(edition: Edition, on: date) -> bool:
    index = store.read(edition.slug)
    if index is None or _PLACE in index.files or "data/datapackage.json" not in index.files:
        return False
    with store.workplace(edition.slug) as folder:
        shutil.copytree(store.home(edition.slug), folder, dirs_exist_ok=True)
        maker.sign(render.shown(edition, "sv"), render.mapping_of(edition), folder / "data", on=on)
        store.seal(folder, edition.slug, edition.content_hash, index.said)
        store.publish(folder, edition.slug)
    return True
