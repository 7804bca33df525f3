"""Packages that are wrong in one way each: some damaged on the way, some signed by their own sender as they are."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from klarsyn.base.vault import SigningPair
from klarsyn.report.signing import manifest
from klarsyn.report.signing.package import packed

TABLE, DESCRIBED = "example-rates-rates.csv", "datapackage.json"
Files = dict[str, bytes]


def opened(body: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(body)) as found:
        return {name: found.read(name) for name in found.namelist()}


def signed(files: Files, pair: SigningPair, chain: list[dict[str, str]] | None = None, **said: Any) -> bytes:
    """The files with a manifest of them, changed where `said` says so, truly signed."""
    data = {n: b for n, b in files.items() if n not in (manifest.MANIFEST, manifest.SIGNATURE)}
    whole = json.loads(files[manifest.MANIFEST]) | {"files": manifest.listed(data)} | said
    body = manifest.canonical(whole)
    mark = manifest.signature(body, pair, chain or [])
    return packed({**data, manifest.MANIFEST: body, manifest.SIGNATURE: mark})


def table(change: Callable[[str], str]) -> Callable[[Files, SigningPair], bytes]:
    """Another table, signed by its sender all the same."""
    return lambda files, pair: signed({**files, TABLE: change(files[TABLE].decode()).encode("utf-8")}, pair)


def said(**changes: Any) -> Callable[[Files, SigningPair], bytes]:
    return lambda files, pair: signed(files, pair, **changes)


def figure(**changes: Any) -> Callable[[Files, SigningPair], bytes]:
    def make(files: Files, pair: SigningPair) -> bytes:
        (entry,) = json.loads(files[manifest.MANIFEST])["figures"]
        return signed(files, pair, figures=[entry | changes])

    return make


def zipped(change: Callable[[zipfile.ZipFile, Files], None]) -> Callable[[Files, SigningPair], bytes]:
    """A zip that is written in another way."""

    def make(files: Files, pair: SigningPair) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            change(made, files)
        return out.getvalue()

    return make


def _squeezed(made: zipfile.ZipFile, files: Files) -> None:
    for name, body in {**files, "stor.csv": b"0" * 50_000_000}.items():
        made.writestr(name, body, zipfile.ZIP_DEFLATED)


def _named(name: str) -> Callable[[zipfile.ZipFile, Files], None]:
    return lambda made, _files: made.writestr(zipfile.ZipInfo(name), b"x")


def _linked(made: zipfile.ZipFile, _files: Files) -> None:
    info = zipfile.ZipInfo("manifest.json")
    info.external_attr, info.create_system = 0o120777 << 16, 3
    made.writestr(info, "/etc/passwd")


def _many(made: zipfile.ZipFile, _files: Files) -> None:
    for n in range(201):
        made.writestr(zipfile.ZipInfo(f"{n}.csv"), b"")


def _other(name: str, body: bytes) -> Callable[[Files, SigningPair], bytes]:
    return lambda files, _pair: packed({**files, name: body})


OWN = "9901,Granby,2024,17,141081,"
CASES: dict[str, tuple[Callable[[Files, SigningPair], bytes], str]] = {
    "empty": (lambda f, p: b"", "inte ett helt zip-paket"),
    "no zip": (lambda f, p: b"GIF89a" * 100, "inte ett helt zip-paket"),
    "truncated": (lambda f, p: packed(f)[:-700], "inte ett helt zip-paket|filnamn"),
    "too large": (lambda f, p: b"\x00" * (8 * 1024 * 1024 + 1), "större än 8 MB"),
    "bomb": (zipped(_squeezed), "komprimerat"),
    "path out": (zipped(_named("../../keys/publishing.json")), "filnamn som inte får finnas"),
    "absolute path": (zipped(_named("/etc/cron.d/x")), "filnamn som inte får finnas"),
    "link": (zipped(_linked), "annat än vanliga filer"),
    "too many": (zipped(_many), "fler än 200"),
    "tail": (lambda f, p: packed(f) + b"x", "zip-paket|inte skrivet"),
    "unsigned": (lambda f, p: packed({n: b for n, b in f.items() if n != "signature.json"}), "inte signerat"),
    "unknown file": (_other("extra.csv", b"a\r\n1\r\n"), "hör inte dit"),
    "file gone": (lambda f, p: packed({n: b for n, b in f.items() if n != TABLE}), "saknas i paketet"),
    "wrong hash": (lambda f, p: packed({**f, TABLE: f[TABLE].replace(b",17,", b",11,")}), "inte den som signerades"),
    "wrong signature": (lambda f, p: packed({**f, "manifest.json": f["manifest.json"].replace(b'"edition":1', b'"edition":2')}), "Signaturen stämmer inte"),
    "unknown key": (lambda f, p: signed(f, SigningPair.new()), "Nyckeln är inte känd"),
    "forged chain": (lambda f, p: signed(f, new := SigningPair.new(), [manifest.vouch("9901", new.public, new, "2026-11-21") | {"follows": p.public.hex()}]), "Nyckeln är inte känd"),
    "other municipality": (said(municipality="1480"), "är signerat med kommun 9901"),
    "wrong format": (said(format="klarsyn-edition/2"), "annat format"),
    "field gone": (said(figures=[{}]), "figures.1"),
    "number as text": (said(year="2024"), "year"),
    "flag as number": (said(edition=True), "edition"),
    "right to left": (said(name="Gran\u202eyb"), "name"),
    "null byte in a text": (said(name="Gran\x00by"), "name"),
    "year in the future": (said(year=2031), "framtiden"),
    "released tomorrow": (said(released_on="2026-11-27", signed_on="2026-11-27"), "framtiden"),
    "no date": (said(released_on="i går"), "datum"),
    "no address": (said(address="javascript:alert(1)"), "adress"),
    "unknown indicator": (figure(indicator="finns_inte"), "inte känner"),
    "unknown measure": (figure(measures=["gissningar"]), "inte känner"),
    "real among invented": (figure(is_invented=False), "något annat om sig"),
    "unknown kind": (figure(kind="median"), "kolumner"),
    "a table nobody described": (figure(file="annan.csv"), "inte beskriven"),
    "negative": (table(lambda t: t.replace(OWN, "9901,Granby,2024,-17,141081,")), "heltal"),
    "half a person": (table(lambda t: t.replace(OWN, "9901,Granby,2024,17.5,141081,")), "heltal"),
    "not a number": (table(lambda t: t.replace(OWN, "9901,Granby,2024,17,141081,NaN,0,1\r\n#")), "läsa|celler"),
    "infinite": (table(lambda t: t.replace(OWN, OWN + "1e999")), "läsa"),
    "another rate": (table(lambda t: t.replace(OWN, "9901,Granby,2024,18,141081,")), "stämmer inte med antalet"),
    "more than live there": (table(lambda t: t.replace(OWN, "9901,Granby,2024,17,16,")), "större än folkmängden"),
    "formula": (table(lambda t: t.replace("Granby", '"=HYPERLINK(""x"")"')), "formel"),
    "a cell of a megabyte": (table(lambda t: t.replace("Granby", "g" * 1_000_000)), "tabell|lång"),
    "null byte": (table(lambda t: t.replace("Granby", "Gran\x00by")), "tecken"),
    "turned text": (table(lambda t: t.replace("Granby", "Gran\u202eby")), "tecken"),
    "cell too many": (table(lambda t: t.replace("Granby", "Gran,by")), "fel antal celler"),
    "other columns": (table(lambda t: t.replace("population", "people", 1)), "kolumnerna"),
    "a later year": (table(lambda t: t.replace(",2024,", ",2025,")), "ligger efter"),
    "wrong encoding": (lambda f, p: signed({**f, TABLE: f[TABLE].decode().encode("utf-16")}, p), "UTF-8"),
    "no description": (lambda f, p: signed({**f, DESCRIBED: b"[]"}, p), "går inte att läsa"),
    "another edition": (lambda f, p: signed(f, p, edition=7), "annat än den här utgåvan"),
}  # fmt: skip


def _turned_round(text: str) -> str:
    """The upper limit of the own row under its rate."""
    rows = [line.split(",") for line in text.split("\r\n")]
    rows[1][-1] = rows[1][-2]
    return "\r\n".join(",".join(row) for row in rows)


CASES["interval beside its value"] = (table(_turned_round), "intervallet")
