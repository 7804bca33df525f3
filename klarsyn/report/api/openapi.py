"""The description of the API (OpenAPI 3.1), built from the addresses below and the classes of the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from klarsyn.base.municipality import municipality
from klarsyn.report.api import reads, shapes
from klarsyn.report.api.asking import EDITION, INDICATOR, LANG, PAGED, Asked, Parameter
from klarsyn.report.api.held import Released, held
from klarsyn.report.api.problems import STATUS, Code
from klarsyn.report.api.schema import ref, schemas
from klarsyn.report.opendata.facts import DATA_LICENCE
from klarsyn.report.public import public_address

VERSION: Final = "1.0.0"
_PLACE: Final = re.compile(r"<\w+:(\w+)>")
_WORDS: Final = {
    "edition": ("Utgåvans namn.", "Id of the edition.", r"^[A-Za-z0-9_-]{1,60}$"),
    "indicator": ("Indikatorns nyckel.", "Key of the indicator.", r"^[A-Za-z0-9_-]{1,60}$"),
    "series": ("Tabell och storhet.", "Table and quantity.", r"^[A-Za-z0-9_.-]{1,80}$"),
}
_ABOUT: Final = (
    "Released figures only, read only. A rate always stands with its count, its population, its interval and "
    "what the figure does not say: show them together. Counts of people are protected before release; "
    "null is never zero."
)


@dataclass(frozen=True, slots=True)
class Address:
    """`route` as Django writes it; `sv` and `en` say what one gets."""

    route: str
    sv: str
    en: str
    shape: type | None = None
    parameters: tuple[Parameter, ...] = (LANG,)

    @property
    def path(self) -> str:
        """As OpenAPI writes it."""
        return "/" + _PLACE.sub(r"{\1}", self.route)

    @property
    def places(self) -> list[str]:
        return _PLACE.findall(self.route)


_V1: Final = "api/v1/"
ADDRESSES: Final[Mapping[str, Address]] = {
    "start": Address(_V1, "Vad som finns.", "What there is.", shapes.Start),
    "editions": Address(
        f"{_V1}editions", "Alla publicerade utgåvor, även ersatta med skälet.",
        "Every released edition; replaced ones with the reason.", shapes.Editions, PAGED,
    ),
    "edition": Address(
        f"{_V1}editions/<slug:edition>", "En utgåva.", "One edition.", shapes.Edition,
    ),
    "indicators": Address(
        f"{_V1}indicators", "Vad som räknas och hur, vad talet inte säger, kända brott i serien.",
        "What is counted and how, what the figure does not say, known breaks of the series.",
        shapes.Indicators, PAGED,
    ),
    "indicator": Address(
        f"{_V1}indicators/<slug:indicator>", "En indikator.", "One indicator.", shapes.Indicator,
    ),
    "figures": Address(
        f"{_V1}figures", "Alla figurer i de utgåvor som gäller, utan rader.",
        "Every figure of the editions in force, without rows.", shapes.Figures, (*PAGED, EDITION, INDICATOR),
    ),
    "figure": Address(
        f"{_V1}figures/<slug:edition>/<slug:indicator>/<str:series>",
        "En figur med sina rader: tal, antal, folkmängd, intervall, eller varför talet saknas.",
        "One figure with its rows: value, count, population, interval, or why there is no number.",
        shapes.Figure, PAGED,
    ),
    "sources": Address(
        f"{_V1}sources", "Källorna bakom figurerna.", "The sources behind the figures.",
        shapes.Sources, PAGED,
    ),
    "openapi": Address(
        f"{_V1}openapi.json", "Beskrivningen för program (OpenAPI 3.1).",
        "The description for programs (OpenAPI 3.1).",
    ),
}  # fmt: skip


def start(asked: Asked, out: Released) -> shapes.Start:
    home = municipality()
    own = "/" if asked.language == "sv" else "/en/"
    return shapes.Start(
        name=home.name_in(asked.language),
        municipality=home.code,
        version=VERSION,
        licence=DATA_LICENCE[1],
        editions=reads.address("editions"),
        indicators=reads.address("indicators"),
        figures=reads.address("figures"),
        sources=reads.address("sources"),
        description=reads.address("openapi"),
        documentation=public_address(f"{own}api/"),
    )


def document(asked: Asked, out: Released) -> dict[str, Any]:
    """The description. Its examples are addresses that exist, where anything is released."""
    shown = _examples(out)
    shapes_used = [one.shape for one in ADDRESSES.values() if one.shape] + [shapes.Problem]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Klarsyn: {municipality().name_in(asked.language)}",
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": DATA_LICENCE[0], "url": DATA_LICENCE[1]},
        },
        "servers": [{"url": public_address("").rstrip("/")}],
        "paths": {
            one.path: {"get": _operation(name, one, shown, asked.language)} for name, one in ADDRESSES.items()
        },
        "components": {"schemas": schemas(*shapes_used), "headers": _headers()},
    }


def _examples(out: Released) -> dict[str, str]:
    for one in held(out.editions):
        for figure in one.figures:
            return {"edition": one.slug, "indicator": figure.key, "series": figure.series}
    return {}


def _operation(name: str, one: Address, shown: Mapping[str, str], language: str) -> dict[str, Any]:
    places = [_place(place, shown, language) for place in one.places]
    asked = [_parameter(parameter, language) for parameter in one.parameters]
    answer = ref(one.shape) if one.shape else {"type": "object"}
    return {
        "operationId": name,
        "summary": one.sv if language == "sv" else one.en,
        "parameters": places + asked,
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {h: {"$ref": f"#/components/headers/{h}"} for h in _headers()},
                "content": {"application/json": {"schema": answer}},
            },
            "304": {"description": "You have it: If-None-Match names this answer."},
            **_refusals(one),
        },
    }


def _refusals(one: Address) -> dict[str, Any]:
    codes = [Code.BAD_VALUE, Code.METHOD, Code.NOT_ACCEPTABLE]
    takes_edition = "edition" in [*one.places, *(p.name for p in one.parameters)]
    if one.places or takes_edition:
        codes.append(Code.NOT_FOUND)
    if takes_edition and one.shape is not shapes.Edition:
        codes.append(Code.REPLACED)
    content = {"application/problem+json": {"schema": ref(shapes.Problem)}}
    return {
        str(STATUS[code]): {"description": code.replace("-", " "), "content": content}
        for code in sorted(codes, key=lambda c: STATUS[c])
    }


def _place(name: str, shown: Mapping[str, str], language: str) -> dict[str, Any]:
    sv, en, pattern = _WORDS[name]
    example = {"example": shown[name]} if name in shown else {}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": sv if language == "sv" else en,
        "schema": {"type": "string", "pattern": pattern},
        **example,
    }


def _parameter(one: Parameter, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if one.most:
        schema = {"type": "integer", "minimum": 1, "maximum": one.most, "default": int(one.usual)}
    elif one.values:
        schema |= {"enum": list(one.values), "default": one.usual}
    elif one.pattern:
        schema |= {"pattern": one.pattern}
    said = one.sv if language == "sv" else one.en
    return {"name": one.name, "in": "query", "description": said, "schema": schema}


def _headers() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "ETag": {"description": "The name of this answer.", "required": True, "schema": text},
        "Cache-Control": {"description": "How long it may be kept.", "required": True, "schema": text},
        "Access-Control-Allow-Origin": {
            "description": "Any site's programs may read it.",
            "required": True,
            "schema": {"const": "*"},
        },
    }
