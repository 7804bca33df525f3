"""Takes in CSV and XLSX files against a declared schema, or explains line by line why it cannot."""

from klarsyn.sources.importers.problems import BadFile, FileError, Problem
from klarsyn.sources.importers.reading import Reading, read
from klarsyn.sources.importers.schema import Schema, Target, from_file, preset, presets

__all__ = [
    "BadFile",
    "FileError",
    "Problem",
    "Reading",
    "Schema",
    "Target",
    "from_file",
    "preset",
    "presets",
    "read",
]
