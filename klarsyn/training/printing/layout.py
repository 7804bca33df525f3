"""Markdown as the plain data that the Typst template reads: blocks of runs, nothing that is markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from klarsyn.base.help_numbers import help_number
from klarsyn.training.reading.markdown import parsed

Data = dict[str, Any]
_LISTS: Final = {"bullet_list_open": "ul", "ordered_list_open": "ol"}


@dataclass(slots=True)
class Layout:
    """One text on its way to paper."""

    language: str
    on: date
    _tokens: list[Any] = field(default_factory=list)

    def blocks(self, source: str) -> list[Data]:
        self._tokens = parsed(source)[::-1]
        return list(self._until(""))

    def _until(self, end: str) -> Iterator[Data]:
        """Blocks up to the token that closes them."""
        while self._tokens:
            token = self._tokens.pop()
            if token.type == end:
                return
            made = self._block(token)
            if made is not None:
                yield made

    def _block(self, token: Any) -> Data | None:
        if token.type == "heading_open":
            return {
                "k": "h",
                "level": min(max(int(token.tag[1]), 2), 4),
                "runs": self._runs_to("heading_close"),
            }
        if token.type == "paragraph_open":
            return {"k": "p", "runs": self._runs_to("paragraph_close")}
        if token.type in _LISTS:
            items = [list(self._until("list_item_close")) for _item in self._items(token.type)]
            return {"k": _LISTS[token.type], "items": items}
        if token.type == "blockquote_open":
            return {"k": "quote", "blocks": list(self._until("blockquote_close"))}
        if token.type == "table_open":
            return {"k": "table", "rows": list(self._rows())}
        return {"k": "hr"} if token.type == "hr" else None

    def _items(self, kind: str) -> Iterator[None]:
        close = kind.replace("open", "close")
        while self._tokens and self._tokens.pop().type != close:
            yield

    def _rows(self) -> Iterator[list[list[Data]]]:
        row = list[list[Data]]()
        while self._tokens:
            token = self._tokens.pop()
            if token.type == "table_close":
                return
            if token.type == "inline":
                row.append(self._runs(token.children or ()))
            elif token.type == "tr_close":
                yield row
                row = []

    def _runs_to(self, close: str) -> list[Data]:
        runs = list[Data]()
        while self._tokens and (token := self._tokens.pop()).type != close:
            runs += self._runs(token.children or ())
        return runs

    def _runs(self, tokens: Sequence[Any]) -> list[Data]:
        """Runs of one look; source notes are left out on paper."""
        runs, bold, italic, link = list[Data](), False, False, ""
        for token in tokens:
            if token.type in ("strong_open", "strong_close"):
                bold = token.type == "strong_open"
            elif token.type in ("em_open", "em_close"):
                italic = token.type == "em_open"
            elif token.type in ("link_open", "link_close"):
                link = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            elif token.type == "help_number":
                said = help_number(token.content, self.language, self.on).said
                runs.append({"t": said.replace(" ", "\u00a0", 3), "b": True, "i": False, "to": ""})
            elif token.type in ("text", "code_inline", "softbreak", "hardbreak"):
                text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
                runs.append({"t": text, "b": bold, "i": italic, "to": link})
        return runs
