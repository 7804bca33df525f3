"""A visitor's code, by the name that this room has always called it."""

from klarsyn.base.codes import DIGITS, LOCATOR, Code, Mistyped, is_last, luhn, read

__all__ = ["DIGITS", "LOCATOR", "Code", "Mistyped", "is_last", "luhn", "read"]
