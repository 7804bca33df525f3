"""PxWebApi 2 as the local server speaks it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

from tests.servers import formats
from tests.servers.table import COUNTIES, MUNICIPALITIES, Table, Variable
from tests.servers.wire import Request, Response, as_json, problem

CODELISTS = {"vs_RegionKommun07": MUNICIPALITIES, "vs_RegionLän07": COUNTIES}


class Refusal(Exception):
    """The query is answered with this problem."""

    def __init__(self, title: str, status: int = 400, detail: str = "") -> None:
        super().__init__(title)
        self.response = problem(title, status, detail)


@dataclass
class PxWeb2:
    tables: list[Table]
    cells: int = 2000
    calls: int = 30
    window: float = 10.0
    encoding: str = "iso-8859-1"  # the tables' code page, for CSV and px
    hidden_limit: int = 0  # a cell limit the configuration does not admit to
    licence: str = "https://creativecommons.org/share-your-work/public-domain/cc0/"
    largest: list[int] = field(default_factory=list)  # cells of every data query that was answered

    def answer(self, request: Request) -> Response:
        try:
            return self._route(request, [p for p in request.path.split("/") if p][2:])
        except Refusal as refusal:
            return refusal.response

    def _route(self, request: Request, path: list[str]) -> Response:
        if path == ["config"]:
            return as_json(self._config())
        if path == ["tables"]:
            return self._tables(request)
        if len(path) == 2 and path[0] == "codelists":
            return self._codelist(path[1])
        if path[:1] == ["tables"] and len(path) in (2, 3):
            table = next((t for t in self.tables if t.id == path[1]), None)
            if table is None:
                raise Refusal("Non-existent table", 404)
            if len(path) == 2:
                return as_json(self._brief(table))
            if path[2] == "metadata":
                return as_json(formats.json_stat2(table, table.variables, None))
            if path[2] == "data":
                return self._data(request, table)
        raise Refusal("Not found", 404)

    def _config(self) -> dict[str, object]:
        return {
            "apiVersion": "2.0.0",
            "appVersion": "local",
            "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.cells,
            "maxCallsPerTimeWindow": self.calls,
            "timeWindow": self.window,
            "license": self.licence,
            "sourceReferences": [
                {"language": "sv", "text": "Källa: SCB"},
                {"language": "en", "text": "Source: Statistics Sweden"},
            ],
            "defaultDataFormat": "json-stat2",
            "dataFormats": ["json-stat2", "csv", "px"],
            "features": [],
        }

    def _tables(self, request: Request) -> Response:
        word = request.query.get("query", "").lower()
        found = [t for t in self.tables if word in t.title.lower()]
        size, number = int(request.query.get("pageSize", 20)), int(request.query.get("pageNumber", 1))
        pages = max(1, -(-len(found) // size))
        if not 1 <= number <= pages:
            raise Refusal("Non-existent page", 404, "Non-existent page")
        page = {"pageNumber": number, "pageSize": size, "totalElements": len(found), "totalPages": pages}
        shown = [self._brief(t) for t in found[(number - 1) * size : number * size]]
        return as_json({"language": "sv", "tables": shown, "page": page, "links": []})

    def _brief(self, table: Table) -> dict[str, object]:
        time = next(v for v in table.variables if v.role == "time")
        return {
            "id": table.id, "label": table.title, "updated": table.updated, "category": "public",
            "firstPeriod": time.codes[0], "lastPeriod": time.codes[-1], "source": table.source,
            "variableNames": [v.text for v in table.variables], "links": [],
        }  # fmt: skip

    def _codelist(self, name: str) -> Response:
        if name not in CODELISTS:
            raise Refusal("Non-existent codelist", 404)
        values = [{"code": c, "label": t, "valueMap": [c]} for c, t in CODELISTS[name].items()]
        return as_json({"id": name, "label": name, "language": "sv", "type": "Valueset", "values": values})

    def _data(self, request: Request, table: Table) -> Response:
        chosen = select(table, *_asked(request))
        cells = prod(len(v.codes) for v in chosen)
        if cells > (self.hidden_limit or self.cells):
            raise Refusal("Too many cells selected", detail="Too many cells selected")
        self.largest.append(cells)
        kind = request.query.get("outputFormat", "json-stat2")
        if kind == "json-stat2":
            return as_json(formats.json_stat2(table, chosen, table.cells(chosen)))
        heading = [v for v in chosen if v.role in ("metric", "time")]
        stub = [v for v in chosen if v not in heading]
        if kind == "csv":
            how = request.query.get("outputFormatParams", "").split(",")
            text = formats.csv(table, heading, stub, how)
            return Response(200, text.encode(self.encoding), f"text/csv; charset={self.encoding}")
        if kind == "px":
            text = formats.px(table, heading, stub, self.encoding)
            return Response(200, text.encode(self.encoding), "application/octet-stream")
        raise Refusal("Unsupported output format", detail="Unsupported output format")


def _asked(request: Request) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The selection and the code lists, from the body of a POST or the query of a GET."""
    if request.method == "POST":
        rows = json.loads(request.body)["selection"]
        lists = {r["variableCode"]: r["codelist"] for r in rows if r.get("codelist")}
        return {r["variableCode"]: r["valueCodes"] for r in rows}, lists
    values, lists = {}, {}
    for key, text in request.query.items():
        if found := re.fullmatch(r"(valueCodes|codelist)\[(\w+)\]", key):
            if found[1] == "codelist":
                lists[found[2]] = text
            else:
                values[found[2]] = re.split(r",(?![^()]*\))", text)
    return values, lists


def select(table: Table, asked: dict[str, list[str]], lists: dict[str, str]) -> list[Variable]:
    """The variables cut down to what was asked for, in the table's order."""
    for code in asked:
        if table.variable(code) is None:
            raise Refusal("Non-existent variable")
    if any(name not in CODELISTS for name in lists.values()):
        raise Refusal("Non-existent codelist")
    if not asked:
        return [v.cut([v.codes[-1 if v.role == "time" else 0]]) for v in table.variables]
    if [v for v in table.variables if v.code not in asked and not v.optional]:
        raise Refusal("Missing selection for mandantory variable")
    chosen = []
    for variable in table.variables:
        if variable.code in asked:
            within = CODELISTS.get(lists.get(variable.code, ""), variable.codes)
            known = variable.cut(list(within))
            codes = [c for e in asked[variable.code] for c in _expression(known, e)]
            chosen.append(known.cut(codes))
    return chosen


def _expression(variable: Variable, text: str) -> Sequence[str]:
    codes = list(variable.codes)
    if text in codes:
        return [text]
    if found := re.fullmatch(r"(top|bottom)\(([1-9]\d*)(?:,(\d+))?\)", text, re.I):
        count, offset = int(found[2]), int(found[3] or 0)
        if (found[1].lower() == "top") == (variable.role == "time"):
            codes.reverse()
        return codes[offset : offset + count]
    if found := re.fullmatch(r"(from|to)\(([^,()]+)\)", text, re.I):
        if found[2] not in codes:
            raise Refusal("Non-existent value")
        at = codes.index(found[2])
        return codes[at:] if found[1].lower() == "from" else codes[: at + 1]
    if found := re.fullmatch(r"range\(([^,()]+),([^,()]+)\)", text, re.I):
        if found[1] not in codes or found[2] not in codes:
            raise Refusal("Non-existent value")
        first, last = sorted((codes.index(found[1]), codes.index(found[2])))
        return codes[first : last + 1]
    if "(" in text:
        raise Refusal("Illegal selection expression")
    if "*" in text or "?" in text:
        pattern = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in text)
        return [c for c in codes if re.fullmatch(pattern, c)]
    raise Refusal("Non-existent value")
