"""A pytest plugin: the module that MUTANT names ("path:number") is imported with that fault in it."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

from tests.mutation.mutants import mutants

ROOT = Path(__file__).resolve().parents[2]
NAME, _colon, NUMBER = os.environ["MUTANT"].rpartition(":")
DOTTED = NAME.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


class Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        mutant = mutants(self.get_data(self.path).decode())[int(NUMBER)]
        return compile(mutant.tree, self.path, "exec")


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != DOTTED:
            return None
        file = str(ROOT / NAME)
        inside = [str(Path(file).parent)] if file.endswith("__init__.py") else None
        spec = importlib.machinery.ModuleSpec(
            fullname, Loader(fullname, file), origin=file, is_package=inside is not None
        )
        spec.submodule_search_locations = inside
        spec.has_location = True
        return spec


sys.meta_path.insert(0, Finder())
