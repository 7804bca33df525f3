"""Hierarchical log-linear models: their names, their terms, and all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.reading import CaptureError

Model = tuple[int, ...]  # generator masks (list j is bit j), none within another, larger ones first
MAX_LISTED = 6  # lists up to which all hierarchical models can be listed: 7,785,061 of six


def lists_of(mask: int) -> tuple[int, ...]:
    """The places of the lists in a mask."""
    return tuple(j for j in range(mask.bit_length()) if mask >> j & 1)


def model_name(model: Model) -> str:
    """[12,13,4]: the generators by list numbers from 1; beyond nine lists the numbers are parted by dots."""
    wide = any(mask >> 9 for mask in model)
    return f"[{','.join(('.' if wide else '').join(str(j + 1) for j in lists_of(m)) for m in model)}]"


def parse_model(name: str, k: int) -> Model:
    """The model of a name such as "[12,13,4]" or "[12 13 4]"; lists that are not named stand alone.

    CaptureError for a list that is not there and for the model of all lists at once.
    """
    masks = set()
    for word in re.split(r"[,\s]+", name.strip("[] \n")):
        digits = word.split(".") if k > 9 else list(word)
        if not all(digit.isdigit() and 1 <= int(digit) <= k for digit in digits):
            raise CaptureError(f"the model {name!r}: {word!r} names no lists; they are 1 to {k}")
        masks.add(sum(1 << (int(digit) - 1) for digit in set(digits)))
    return model_of(masks, k)


def model_of(masks: Iterable[int], k: int) -> Model:
    """The model whose terms are these masks and everything within them, and every list alone."""
    given = set(masks) | {1 << j for j in range(k)}
    if (1 << k) - 1 in given:
        raise CaptureError("no model may hold the interaction of all lists at once: the unseen are free then")
    maximal = [m for m in given if m and not any(m != other and m & other == m for other in given)]
    return tuple(sorted(maximal, key=lambda mask: (-mask.bit_count(), lists_of(mask))))


def terms_of(model: Model) -> NDArray[np.int64]:
    """Every parameter of a model as a mask: 0 for the constant, then by number of lists; (p,) int64."""
    below = {0}
    for mask in model:
        places = lists_of(mask)
        for size in range(1, len(places) + 1):
            below |= {sum(1 << j for j in chosen) for chosen in combinations(places, size)}
    return np.array(sorted(below, key=_by_size), dtype=np.int64)


def main_effects(k: int) -> Model:
    """The model in which the lists are independent."""
    return tuple(1 << j for j in range(k))


def pairs(k: int) -> tuple[int, ...]:
    """The masks of two lists in the order 12, 13 … 1k, 23 …"""
    return tuple(1 << i | 1 << j for i, j in combinations(range(k), 2))


@cache
def interactions(k: int, max_order: int) -> tuple[int, ...]:
    """The masks of 2 to max_order lists (never all k), smaller ones first: bit i of a coded model."""
    sizes = range(2, min(max_order, k - 1) + 1)
    return tuple(sum(1 << j for j in c) for size in sizes for c in combinations(range(k), size))


@cache
def all_models(k: int, max_order: int) -> NDArray[np.uint64]:
    """Every hierarchical model that keeps each list, coded: bit i is interactions(k, max_order)[i].

    2, 9, 114, 6894 and 7785062 models for k = 2 to 6 with the saturated one, which is not among them.
    """
    if k > MAX_LISTED:
        raise CaptureError(f"{k} lists have too many models to list; at most {MAX_LISTED}: search instead")
    masks = interactions(k, max_order)
    place = {mask: i for i, mask in enumerate(masks)}
    models = np.zeros(1, dtype=np.uint64)
    for i, mask in enumerate(masks):
        inner = [mask ^ (1 << j) for j in lists_of(mask)]
        needs = np.uint64(sum(1 << place[m] for m in inner if m in place))
        fits = models[models & needs == needs]
        models = np.concatenate([models, fits | np.uint64(1 << i)])
    models.flags.writeable = False
    return models


def coded_terms(code: int, masks: Sequence[int]) -> list[int]:
    """The interactions of a coded model."""
    return [mask for i, mask in enumerate(masks) if code >> i & 1]


def coded_model(code: int, masks: Sequence[int], k: int) -> Model:
    """The model behind a code of `all_models`."""
    return model_of(coded_terms(int(code), masks), k)


def _by_size(mask: int) -> tuple[int, tuple[int, ...]]:
    return mask.bit_count(), lists_of(mask)
