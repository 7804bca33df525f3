"""Kolada v3 as the local server speaks it."""

from dataclasses import dataclass, field
from itertools import product

from tests.servers.table import MUNICIPALITIES, population
from tests.servers.wire import Request, Response, as_json

TITLES = {"N01951": "Invånare totalt, antal", "N01900": "Folkökning, antal"}
_CONTENTS = {"N01951": "BE0101N1", "N01900": "BE0101N2"}
_MOST_IDS, _MOST_ROWS = 25, 5000


@dataclass
class Kolada:
    calls: int = 5
    window: float = 1.0
    rows: int = _MOST_ROWS  # rows on a page, whatever the caller asks for
    leads: str = ""  # where next_url leads instead of to the next page: "itself", "away"
    special: dict[tuple[str, str, str, str], dict[str, object]] = field(default_factory=dict)
    absent: set[tuple[str, str, str]] = field(default_factory=set)

    def answer(self, request: Request) -> Response:
        path = [p for p in request.path.split("/") if p][1:]
        if path[:1] == ["kpi"] and len(path) == 2:
            known: list[dict[str, object]] = [
                {"id": k, "title": TITLES[k]} for k in path[1].split(",") if k in TITLES
            ]
            return _page(known, "")
        if path[:2] == ["data", "kpi"] and path[3::2] == ["municipality", "year"]:
            lists = [part.split(",") for part in path[2::2]]
            if any(len(ids) > _MOST_IDS for ids in lists):
                return as_json({"detail": f"at most {_MOST_IDS} ids"}, 400)
            return self._data(request, lists)
        return as_json({"detail": "Not Found"}, 404)

    def _data(self, request: Request, lists: list[list[str]]) -> Response:
        per_page = int(request.query.get("per_page", _MOST_ROWS))
        if per_page > _MOST_ROWS:
            return as_json(
                {"detail": [{"loc": ["query", "per_page"], "msg": "less than or equal to 5000"}]}, 422
            )
        size, number = min(per_page, self.rows), int(request.query.get("page", 1))
        found = [key for key in product(*lists) if self._knows(key)]
        start = (number - 1) * size
        rows = [self._row(key) for key in found[start : start + size]]
        here = f"{request.base}{request.path}?per_page={per_page}"
        following = f"{here}&page={number + 1}" if start + size < len(found) else ""
        if self.leads == "itself":
            following = f"{here}&page={number}" if number > 1 else f"{here}&page=2"
        if self.leads == "away" and following:
            following = following.replace("127.0.0.1", "localhost")
        return _page(rows, following)

    def _knows(self, key: tuple[str, ...]) -> bool:
        kpi, place, _ = key
        return kpi in TITLES and (place in MUNICIPALITIES or place[:2] == "00") and key not in self.absent

    def _row(self, key: tuple[str, ...]) -> dict[str, object]:
        kpi, place, year = key
        region = place[2:] if place.startswith("00") else place
        figures = {g: population((region, s, _CONTENTS[kpi], year)) for g, s in (("M", "1"), ("K", "2"))}
        both = [f for f in figures.values() if isinstance(f, int)]
        values = []
        for gender, figure in {**figures, "T": sum(both) if len(both) == 2 else ".."}.items():
            value = float(figure) if isinstance(figure, int) else None
            one = {"gender": gender, "count": 1, "status": "", "value": value, "isdeleted": False}
            values.append({**one, **self.special.get((kpi, place, year, gender), {})})
        return {"kpi": kpi, "municipality": place, "period": int(year), "values": values}


def _page(rows: list[dict[str, object]], following: str) -> Response:
    return as_json({"values": rows, "count": len(rows), "next_url": following or None, "previous_url": None})
