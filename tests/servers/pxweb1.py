"""PxWeb's first API as the local server speaks it."""

import json
from dataclasses import dataclass
from math import prod

from tests.servers import formats
from tests.servers.table import Table, Variable
from tests.servers.wire import Request, Response, as_json

_DENIED = "<html><body>403 - Forbidden</body></html>"


@dataclass
class PxWeb1:
    tables: list[Table]
    cells: int = 1500
    calls: int = 10
    window: float = 10.0

    def answer(self, request: Request) -> Response:
        path = [p for p in request.path.split("/") if p][5:]  # after OV0104/v1/doris/{lang}/ssd
        if "config" in request.query:
            return as_json(
                {"maxValues": 1000, "maxCells": self.cells, "maxCalls": self.calls,
                 "timeWindow": int(self.window), "CORS": True},
                mark=True,
            )  # fmt: skip
        table = next((t for t in self.tables if t.path == "/".join(path)), None)
        if table is None:
            return self._folder(path)
        if request.method == "POST":
            return self._data(table, json.loads(request.body))
        return as_json(
            {"title": table.title, "variables": [_variable(v) for v in table.variables]}, mark=True
        )

    def _folder(self, path: list[str]) -> Response:
        inside: dict[str, dict[str, str]] = {}
        for table in self.tables:
            parts = table.path.split("/")
            if parts[: len(path)] == path and len(parts) > len(path):
                name = parts[len(path)]
                leaf = len(parts) == len(path) + 1
                inside[name] = {
                    "id": name,
                    "type": "t" if leaf else "l",
                    "text": table.title if leaf else name,
                }
                if leaf:
                    inside[name]["updated"] = table.updated
        if not inside:
            return Response(404, b"", "text/html")
        return as_json(list(inside.values()), mark=True)

    def _data(self, table: Table, asked: dict[str, object]) -> Response:
        chosen = []
        rows = {row["code"]: row["selection"] for row in asked["query"]}  # type: ignore[attr-defined]
        if any(table.variable(code) is None for code in rows):
            return Response(400, b'{"error":"The request for variable is not valid"}')
        for variable in table.variables:
            if variable.code not in rows:
                chosen += [] if variable.optional else [variable]
                continue
            codes = _codes(variable, rows[variable.code])
            if codes is None:
                return Response(400, b'{"error":"The request contains values that do not exist"}')
            chosen.append(variable.cut(codes))
        if prod(len(v.codes) for v in chosen) > self.cells:
            return Response(403, _DENIED.encode(), "text/html")
        kind = asked.get("response", {}).get("format", "px")  # type: ignore[attr-defined]
        if kind == "json-stat2":
            return as_json(formats.json_stat2(table, chosen, table.cells(chosen)))
        if kind == "json":
            return as_json(formats.pxweb1_json(table, chosen), mark=True)
        return Response(400, b'{"error":"format"}')


def _variable(variable: Variable) -> dict[str, object]:
    shown: dict[str, object] = {
        "code": variable.code,
        "text": variable.text,
        "values": list(variable.codes),
        "valueTexts": [text for _, text in variable.values],
    }
    if variable.optional:
        shown["elimination"] = True
    if variable.role == "time":
        shown["time"] = True
    return shown


def _codes(variable: Variable, selection: dict[str, object]) -> list[str] | None:
    values = [str(v) for v in selection["values"]]  # type: ignore[attr-defined]
    if selection["filter"] == "item":
        return values if set(values) <= set(variable.codes) else None
    if selection["filter"] == "top":
        return list(variable.codes[-int(values[0]) :])
    if selection["filter"] == "all":
        return [c for c in variable.codes if any(v == "*" or c.startswith(v.rstrip("*")) for v in values)]
    return None
