"""Builds docs/reference from the code; a test compares, so that the pages cannot grow old."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klarsyn.config.settings.test")
if __name__ == "__main__":
    django.setup()

from django.utils import translation

from klarsyn.cases.policy import REFERRAL
from klarsyn.mapping.reading import load
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import ROLES
from klarsyn.plan import policy as plan
from klarsyn.report import policy
from smallcounts.references import REFERENCES
from tests.architecture.house import ROOT

FOLDER = ROOT / "docs" / "reference"
NOTE = "Built from the code by `make reference`; a test compares.\n"


def states() -> str:
    """The states of an edition, drawn from the transition table."""
    lines = ["# The states of an edition", "", NOTE, "```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    for state, steps in policy.TRANSITIONS.items():
        lines += [f"    {state} --> {after}: {step}" for step, after in steps.items()]
    lines += [f"    {state} --> [*]" for state, steps in policy.TRANSITIONS.items() if not steps]
    return "\n".join([*lines, "```", "", f"Checkers who are not the author: {policy.CHECKERS}.", ""])


def referral() -> str:
    """The states of a referral, drawn from the transition table."""
    lines = ["# The states of a referral", "", NOTE, "```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    for state, steps in REFERRAL.items():
        lines += [f"    {state} --> {after}: {step}" for step, after in steps.items()]
    lines += [f"    {state} --> [*]" for state, steps in REFERRAL.items() if not steps]
    return "\n".join(
        [*lines, "```", "", "A person takes every step but `expire`; the system sends nothing.", ""]
    )


def measure() -> str:
    """The states of a measure, drawn from the transition table."""
    lines = ["# The states of a measure", "", NOTE, "```mermaid", "stateDiagram-v2", "    [*] --> planned"]
    for state, steps in plan.TRANSITIONS.items():
        lines += [f"    {state} --> {after}: {step}" for step, after in steps.items()]
    return "\n".join([*lines, "```", "", "Late is no state: it is told from the days, and never set.", ""])


def roles() -> str:
    """The roles as the site prints them, with what each may do."""
    head = "| permission | " + " | ".join(role.key for role in ROLES) + " |"
    lines = ["# Roles and permissions", "", NOTE]
    with translation.override("en"):
        lines += [f"- **{role.name}** (`{role.key}`): {role.sentence}" for role in ROLES]
    lines += ["", head, "|---" * (len(ROLES) + 1) + "|"]
    for permission in Permission:
        marks = " | ".join("yes" if permission in role.permissions else "–" for role in ROLES)
        lines.append(f"| `{permission}` | {marks} |")
    return "\n".join([*lines, ""])


def indicators() -> str:
    """Every figure of the mapping with what it says and does not say."""
    lines = ["# The figures of the mapping", "", NOTE]
    for one in load(ROOT / "klarsyn" / "mapping" / "indicators", on=date(2026, 11, 23)).indicators:
        lines += [
            f"## {one.title.en}",
            "",
            f"`{one.id}` · chapter {one.chapter} · method `{one.method}` · measures "
            + ", ".join(f"`{m}`" for m in one.measures),
            "",
            f"{one.why.en}",
            "",
            f"- Counted: {one.numerator.en}",
            f"- Against: {one.denominator.en}",
            f"- How: {one.how.en}",
            f"- Does not say: {one.says_not.en}",
            f"- Lets out: {one.disclosure}. Next review {one.next_review}.",
            "",
        ]
    return "\n".join(lines)


def references() -> str:
    """Every source of a method, once."""
    lines = ["# Sources of the methods", "", NOTE]
    lines += [f"- `{key}` {one.citation} {one.link}".rstrip() for key, one in sorted(REFERENCES.items())]
    return "\n".join([*lines, ""])


PAGES = {
    "states.md": states,
    "referral-states.md": referral,
    "measure-states.md": measure,
    "roles.md": roles,
    "indicators.md": indicators,
    "method-sources.md": references,
}


def differences(folder: Path = FOLDER) -> list[str]:
    """Names of pages that no longer say what the code says."""
    return [
        name
        for name, build in PAGES.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != build()
    ]


def main(argv: list[str]) -> int:
    """Write the pages, or name those that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the pages instead of comparing")
    if parser.parse_args(argv).write:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, build in PAGES.items():
            (FOLDER / name).write_text(build(), encoding="utf-8")
    for name in differences():
        print(f"docs/reference/{name} differs from the code; run `make reference`", file=sys.stderr)
    return 1 if differences() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
