"""Errors a person can act on."""


class Refused(Exception):
    """A request that cannot be met. The text says what happened, what is kept and what to do now."""
