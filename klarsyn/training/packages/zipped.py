"""What both packages hold: the launch page with its style and scripts, in a zip of always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from klarsyn.training.packages.content import Pack

_PLAYER: Final = Path(__file__).with_name("player")
_SINCE: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say


def page_files(pack: Pack, platform: str, *, connect: str) -> dict[str, bytes]:
    """By name: `index.html`, which needs nothing from anywhere else, and what it loads beside itself.

    `connect`: whom the page's own security policy lets it talk to.
    """
    own = pack.language if pack.language in dict(settings.LANGUAGES) else "en"
    with translation.override(own):  # the buttons; a course may be in a language that the site is not
        page = render_to_string("training/packages/launch.html", {"pack": pack, "connect": connect})
    scripts = {"place.js": "place.js", "platform.js": platform, "player.js": "player.js"}
    parts = {name: (_PLAYER / file).read_bytes() for name, file in scripts.items()}
    return {"index.html": page.encode(), "player.css": (_PLAYER / "player.css").read_bytes(), **parts}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes follow from the files alone."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _SINCE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, body)
    return held.getvalue()
