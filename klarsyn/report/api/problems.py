"""What may be wrong with a question, in words that say what to do (RFC 9457)."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _

STATUS: dict[Code, int]


class Code(StrEnum):
    """The kinds; the documentation explains each at an anchor of its name."""

    UNKNOWN_PARAMETER = "unknown-parameter"
    BAD_VALUE = "bad-value"
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    NOT_ACCEPTABLE = "not-acceptable"
    REPLACED = "replaced"


STATUS = {
    Code.UNKNOWN_PARAMETER: 400,
    Code.BAD_VALUE: 400,
    Code.NOT_FOUND: 404,
    Code.METHOD: 405,
    Code.NOT_ACCEPTABLE: 406,
    Code.REPLACED: 410,
}


class Wrong(Exception):
    """The question cannot be answered. `detail` is for the one who asked, in their language."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail

    @property
    def status(self) -> int:
        return STATUS[self.code]


def titles() -> dict[Code, str]:
    """In the language in force."""
    return {
        Code.UNKNOWN_PARAMETER: _("Okänd parameter"),
        Code.BAD_VALUE: _("Ett värde går inte att läsa"),
        Code.NOT_FOUND: _("Adressen finns inte"),
        Code.METHOD: _("Bara läsning besvaras"),
        Code.NOT_ACCEPTABLE: _("Svaret finns bara som JSON"),
        Code.REPLACED: _("Utgåvan är ersatt"),
    }
