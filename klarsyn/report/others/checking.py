"""A package from first byte to last: whose it is, that it is whole, what it says; nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.report.others import contents, shape
from klarsyn.report.others.figure import Figure
from klarsyn.report.others.unpacking import unpack
from klarsyn.report.signing import manifest
from klarsyn.report.signing.keys import fingerprint
from klarsyn.sources.values import Measure

_FIRST_YEAR: Final = 1999  # the law against buying sexual services
_SLUG: Final = re.compile(r"[a-z0-9-]{1,60}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']{1,280}")
_CODE: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Trusted:
    """A key that somebody here has decided about."""

    public: str
    municipality: str
    is_revoked: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A package that holds. `vouched_by`: the trusted key whose word a new key rests on, or ""."""

    said: Mapping[str, Any]
    figures: tuple[Figure, ...]
    public: str
    vouched_by: str
    package_sha256: str


def check(
    body: bytes,
    *,
    trusted: Callable[[str], Trusted | None],
    home: str,
    today: date,
    indicators: Collection[str],
    takes_invented: bool,
) -> Checked:
    """The package, or Refused with one sentence. `trusted` finds what is known of a public key."""
    files = unpack(body)
    missing = next((n for n in (manifest.MANIFEST, manifest.SIGNATURE) if n not in files), None)
    if missing:
        raise Refused(
            _(
                "%(name)s saknas: paketet är inte signerat. Ingenting har "
                "ändrats. Be kommunen om det signerade paketet."
            )
            % {"name": missing}
        )
    said, mark = shape.manifest(files[manifest.MANIFEST]), shape.signature(files[manifest.SIGNATURE])
    key, vouched_by = _key(mark, said["municipality"], trusted)
    if not manifest.is_sound(
        files[manifest.MANIFEST], bytes.fromhex(mark["public"]), bytes.fromhex(mark["signature"])
    ):
        raise Refused(
            _(
                "Signaturen stämmer inte: innehållet är ändrat. Ingenting "
                "har ändrats här. Hämta paketet på nytt."
            )
        )
    _check_sender(said, key, home)
    contents.check_files(said, files)
    _check_edition(said, today, takes_invented)
    _check_known(said, indicators)
    figures = contents.figures(said, contents.check_tables(said, files))
    return Checked(said, figures, mark["public"], vouched_by, hashlib.sha256(body).hexdigest())


def _key(
    mark: Mapping[str, Any], municipality: str, trusted: Callable[[str], Trusted | None]
) -> tuple[Trusted, str]:
    """The key that signed, trusted itself or by the word of one that is."""
    public, links = mark["public"], {link["public"]: link for link in mark["chain"]}
    at, seen = public, set()
    while at not in seen:
        seen.add(at)
        found = trusted(at)
        if found and found.is_revoked:
            raise Refused(
                _(
                    "Nyckeln är spärrad hos er (%(words)s). Ingenting har "
                    "ändrats. Tala med kommunen, och lägg in "
                    "deras nya nyckel när ni har läst upp orden för varandra."
                )
                % {"words": fingerprint(at)}
            )
        if found:
            return found, "" if at == public else at
        if at not in links or not manifest.is_vouched(municipality, links[at]):
            break
        at = links[at]["follows"]
    raise Refused(
        _(
            "Nyckeln är inte känd här. Ingenting har ändrats. Ring "
            "kommunen, läs upp orden för varandra och lägg in "
            "nyckeln: %(words)s."
        )
        % {"words": fingerprint(public)}
    )


def _check_sender(said: Mapping[str, Any], key: Trusted, home: str) -> None:
    if said["municipality"] != key.municipality:
        raise Refused(
            _(
                "Paketet säger sig vara från kommun %(said)s men är signerat med kommun %(key)s:s nyckel. "
                "Ingenting har ändrats. Ta inte emot det."
            )
            % {"said": ascii(said["municipality"])[1:5], "key": key.municipality}
        )
    if said["municipality"] == home:
        raise Refused(_("Det är er egen kommuns paket. Ingenting har ändrats. Era egna tal står här redan."))


def _check_edition(said: Mapping[str, Any], today: date, takes_invented: bool) -> None:
    released, signed = shape.day(said["released_on"]), shape.day(said["signed_on"])
    is_sane = _CODE.fullmatch(said["municipality"]) and _SLUG.fullmatch(said["slug"]) and said["name"].strip()
    if not is_sane or said["edition"] < 1 or not _ADDRESS.fullmatch(said["address"]):
        raise Refused(
            _(
                "manifest.json saknar kommun, utgåva eller adress. "
                "Ingenting har ändrats. Be kommunen om rätt paket."
            )
        )
    if not _FIRST_YEAR <= said["year"] <= today.year or not released <= signed <= today:
        raise Refused(
            _(
                "Utgåvans år eller dagar kan inte stämma: de ligger i "
                "framtiden eller före lagen. Ingenting har "
                "ändrats. Kontrollera datorns klocka, eller be kommunen om rätt paket."
            )
        )
    if said["is_invented"] and not takes_invented:
        raise Refused(
            _("Paketet har påhittade tal. De tas bara emot i en demonstration. Ingenting har ändrats.")
        )


def _check_known(said: Mapping[str, Any], indicators: Collection[str]) -> None:
    for entry in said["figures"]:
        odd = next((m for m in entry["measures"] if m not in set(Measure)), None)
        if entry["indicator"] not in indicators or odd is not None or not entry["measures"]:
            raise Refused(
                _(
                    "Paketet har en indikator eller ett mått som det här "
                    "programmet inte känner: %(name)s. Ingenting "
                    "har ändrats. Uppdatera Klarsyn, eller be kommunen om ett paket utan den."
                )
                % {"name": ascii(odd or entry["indicator"])[1:61]}
            )
