"""What every part's errors are, so that the shell can tell them from faults without loading the part."""

from __future__ import annotations


class InputError(ValueError):
    """What was given cannot be used, or may not leave: one line that says what and how to mend it."""

    exit_status = 2
