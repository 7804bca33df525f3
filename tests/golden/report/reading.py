"""A page as a reader meets its words: one line a block, pictures and folded doubles left out."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "dt", "dd", "caption", "tr", "summary"}
VOID = {"link", "meta", "br", "img", "input", "hr", "path", "circle"}
SKIPPED_TAGS = {"svg", "nav", "script", "head"}
SKIPPED_CLASSES = {
    "r-folded",
    "r-contents",
    "r-narrow",
    "r-wide",
    "r-map",
    "k-leave",
    "k-demo",
    "k-head",
    "k-foot",
}
ROWS = 8  # of a long table; the rest is the same again


class Reading(HTMLParser):
    """Collects the words inside <main>, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tag, and whether its words are skipped
        self._rows = 0

    @property
    def _is_skipped(self) -> bool:
        return any(skipped for _, skipped in self._open) or self._rows > ROWS

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        self._open.append((tag, tag in SKIPPED_TAGS or bool(classes & SKIPPED_CLASSES)))
        if tag == "tbody":
            self._rows = 0
        self._rows += tag == "tr"
        if tag in BLOCKS and not self._is_skipped:
            self.lines.append({"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- "}.get(tag, ""))
        elif tag in ("td", "th") and not self._is_skipped and self.lines[-1]:
            self.lines[-1] += " | "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a picture: no words in it."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "table":
            self._rows = 0

    def handle_data(self, data: str) -> None:
        if self.lines and not self._is_skipped:
            self.lines[-1] += re.sub(r"[ \n\t]+", " ", data)


def words_of(html: str) -> str:
    """The text of the page's <main>."""
    reading = Reading()
    reading.feed(html[html.index("<main") : html.index("</main>")])
    lines = [line.strip() for line in reading.lines]
    return "\n".join(line for line in lines if line.strip("-# |")) + "\n"
