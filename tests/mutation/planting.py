"""Puts a changed module in the place of the living one, or says that it cannot be done so."""

from __future__ import annotations

import functools
import gc
import re
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from tests.mutation.mutants import Mutant

PLAIN = (int, float, str, bytes, tuple, set, frozenset, re.Pattern)


def plant(mutant: Mutant, file: Path, module: ModuleType) -> bool:
    """False when it lies where only a fresh process can plant it: in a class's body, in a decorator's work."""
    code = compile(mutant.tree, str(file), "exec")
    return _in_functions(mutant, file, code) or (not mutant.where and _in_constants(code, module))


def plain_name(code: CodeType) -> str:
    return code.co_qualname.replace(".<locals>", "")


def _in_functions(mutant: Mutant, file: Path, code: CodeType) -> bool:
    """Every living function of the module gets its new code: also those that closures and decorators hold."""
    new = {(c.co_qualname, c.co_firstlineno): c for c in _codes(code)}
    living = [f for f in gc.get_objects() if type(f) is FunctionType and f.__code__.co_filename == str(file)]
    if not any(plain_name(f.__code__) == mutant.where for f in living):
        return False
    for function in living:
        old = function.__code__
        other = new.get((old.co_qualname, old.co_firstlineno))
        if other is None or other.co_freevars != old.co_freevars:
            return False
        function.__code__ = other
    return True


def _in_constants(code: CodeType, module: ModuleType) -> bool:
    """The module run anew beside the old one: what differs is put wherever the old value was imported."""
    beside = ModuleType(module.__name__)
    beside.__dict__.update(__package__=module.__package__, __file__=module.__file__, __spec__=module.__spec__)
    try:
        exec(code, beside.__dict__)
    except Exception:
        return False
    found = False
    for name, value in list(vars(beside).items()):
        old = vars(module).get(name)
        if is_dataclass(value) and not isinstance(value, type) and repr(value) != repr(old):
            return False  # held by whoever imported it: only a fresh process sees the other one everywhere
        if isinstance(value, PLAIN) and not name.startswith("__") and value != old:
            found = True
            for other in list(sys.modules.values()):
                if (
                    other is not None
                    and vars(other).get(name) == old
                    and other.__name__.startswith("klarsyn")
                ):
                    setattr(other, name, value)
        if isinstance(old, FunctionType) and isinstance(value, FunctionType):
            found |= (value.__defaults__, value.__kwdefaults__) != (old.__defaults__, old.__kwdefaults__)
            old.__defaults__, old.__kwdefaults__ = value.__defaults__, value.__kwdefaults__
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


@functools.cache
def _caches() -> tuple[functools._lru_cache_wrapper[object], ...]:
    found = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]
    return tuple(one for one in found if one.__wrapped__.__module__.startswith("klarsyn"))


def forget() -> None:
    """Nothing that was reckoned before the fault stays in a cache of ours."""
    for one in _caches():
        one.cache_clear()
