"""The shell command `klarsyn`: the site's work without the site."""

import argparse
import os
import sys
from importlib import import_module

import django

# Each module has add(subparsers): it names its words and sets `run`, a function of the parsed
# arguments that returns the exit code. Loaded after django.setup(), since models need it.
COMMANDS = tuple(
    f"klarsyn.config.cli.{name}"
    for name in (
        "sources",
        "mapping",
        "ledger",
        "site",
        "people",
        "backup",
        "log",
        "htcds",
        "contact",
        "sweep",
        "courses",
        "federation",
    )
)


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed with a sentence on stderr, 2 wrong words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.dev")
    django.setup()
    parser = argparse.ArgumentParser(prog="klarsyn", description=__doc__)
    words = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(name).add(words)
    args = parser.parse_args(argv)
    code: int = args.run(args)
    return code


if __name__ == "__main__":
    sys.exit(main())
