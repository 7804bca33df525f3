"""The stages of a year, in their order; at the room's door, so that tables and deeds may both ask them."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """In their order."""

    COLLECT = "collect"
    WRITE = "write"
    CHECK = "check"
    RELEASE = "release"
    PRESENT = "present"
    DECIDE = "decide"
    FOLLOW_UP = "follow_up"
