"""A selection written out as json-stat2, CSV, px and the first API's json."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from tests.servers.table import Cell, Table, Variable


def json_stat2(table: Table, chosen: Sequence[Variable], cells: Sequence[Cell] | None) -> dict[str, Any]:
    """A dataset; with `cells` None the metadata, which has no values."""
    roles: dict[str, list[str]] = {}
    for variable in chosen:
        if variable.role:
            roles.setdefault(variable.role, []).append(variable.code)
    dataset: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": table.title,
        "source": table.source,
        "updated": table.updated,
        "note": [".. = uppgift saknas, - = noll"],
        "role": roles,
        "id": [v.code for v in chosen],
        "size": [len(v.codes) for v in chosen],
        "dimension": {v.code: _dimension(v) for v in chosen},
        "extension": {"px": {"tableid": table.id, "decimals": 0, "official-statistics": True}, "contact": []},
        "value": [c if isinstance(c, int) else None for c in cells or ()],
    }
    if marks := {str(i): c for i, c in enumerate(cells or ()) if isinstance(c, str)}:
        dataset["status"] = marks
    return dataset


def _dimension(variable: Variable) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: i for i, code in enumerate(variable.codes)},
        "label": dict(variable.values),
    }
    if variable.unit:
        category["unit"] = {c: {"base": variable.unit, "decimals": 0} for c in variable.codes}
    extension = {"elimination": variable.optional, "show": "code_value", "codelists": []}
    return {"label": variable.text, "category": category, "extension": extension}


def csv(table: Table, heading: Sequence[Variable], stub: Sequence[Variable], how: Sequence[str]) -> str:
    """Quoted stub columns, then a column for each combination of the heading; numbers bare, marks quoted."""
    mark = ";" if "SeparatorSemicolon" in how else "\t" if "SeparatorTab" in how else ","

    def shown(variable: Variable, code: str) -> str:
        if "UseCodes" in how:
            return code
        text = variable.text_of(code)
        both = "UseCodesAndTexts" in how or (variable.role == "geo" and "UseTexts" not in how)
        return f"{code} {text}" if both else text

    combinations = list(product(*(v.codes for v in heading)))
    names = [" ".join(shown(v, c) for v, c in zip(heading, combo, strict=True)) for combo in combinations]
    lines = [mark.join(f'"{name}"' for name in [*(v.text for v in stub), *names])]
    order = [v.code for v in (*stub, *heading)]
    for row in product(*(v.codes for v in stub)):
        one = [v.cut([code]) for v, code in zip(stub, row, strict=True)]
        cells = table.cells(_in_order([*one, *heading], order))
        texts = [f'"{shown(v, c)}"' for v, c in zip(stub, row, strict=True)]
        lines.append(mark.join([*texts, *(str(c) if isinstance(c, int) else f'"{c}"' for c in cells)]))
    return "\r\n".join(lines) + "\r\n"


def _in_order(variables: Sequence[Variable], order: Sequence[str]) -> list[Variable]:
    return sorted(variables, key=lambda v: order.index(v.code))


def _quoted(texts: Iterable[str]) -> str:
    return ",".join(f'"{text}"' for text in texts)


def px(table: Table, heading: Sequence[Variable], stub: Sequence[Variable], codepage: str) -> str:
    """A px file: keywords, then the numbers row by row."""
    both = (*stub, *heading)
    lines = [
        'CHARSET="ANSI";', 'AXIS-VERSION="2013";', f'CODEPAGE="{codepage}";', 'LANGUAGE="sv";', "DECIMALS=0;",
        f'MATRIX="{table.id}";', f'TITLE="{table.title}";', f'LAST-UPDATED="{table.updated}";',
        f'SOURCE="{table.source}";', f"STUB={_quoted(v.text for v in stub)};",
        f"HEADING={_quoted(v.text for v in heading)};",
        'DATASYMBOL1=".";', 'DATASYMBOL2="..";', 'DATASYMBOL3="x";', 'DATASYMBOL4="..C";', 'DATASYMBOLNIL="-";',
    ]  # fmt: skip
    for variable in both:
        lines.append(f'VARIABLECODE("{variable.text}")="{variable.code}";')
        lines.append(f'VALUES("{variable.text}")={_quoted(text for _, text in variable.values)};')
        lines.append(f'CODES("{variable.text}")={_quoted(variable.codes)};')
    dots = {".": '"."', "..": '".."', "x": '"..."', "..C": '"...."', "-": '"-"'}
    cells = [str(c) if isinstance(c, int) else dots[c] for c in table.cells(both)]
    width = len(list(product(*(v.codes for v in heading))))
    rows = [" ".join(cells[i : i + width]) for i in range(0, len(cells), width)]
    return "\n".join([*lines, "DATA=", *rows]) + ";\n"


def pxweb1_json(table: Table, chosen: Sequence[Variable]) -> dict[str, Any]:
    """Rows of keys with values as texts; each contents value is a column of its own."""
    keys = [v for v in chosen if v.role != "metric"]
    contents = next(v for v in chosen if v.role == "metric")
    columns = [{"code": v.code, "text": v.text, "type": "t" if v.role == "time" else "d"} for v in keys]
    columns += [{"code": c, "text": t, "unit": contents.unit, "type": "c"} for c, t in contents.values]
    rows = []
    for at in product(*(v.codes for v in keys)):
        one = {v.code: v.cut([code]) for v, code in zip(keys, at, strict=True)}
        cells = table.cells([one.get(v.code, contents) for v in chosen])
        rows.append({"key": list(at), "values": [str(c) for c in cells]})
    about = {"infofile": "None", "updated": table.updated, "label": table.title, "source": table.source}
    return {"columns": columns, "comments": [], "data": rows, "metadata": [about]}
