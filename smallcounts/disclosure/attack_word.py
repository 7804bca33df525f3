"""The word `attack`, with the methods that can protect a release again: attacks themselves know no method."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from smallcounts.disclosure.attacks import command
from smallcounts.disclosure.remaking import release_maker
from smallcounts.shell import Parser


def add_word(words: argparse._SubParsersAction[Parser], share: Callable[[str], float]) -> None:
    """Adds `attack` to the words of the command."""
    command.add_words(words, release_maker)
