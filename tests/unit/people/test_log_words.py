"""Every act that the code writes into the log has words on the page, and no words are left over."""

import re

from klarsyn.people.log_words import ACTS, GROUPS
from tests.architecture.house import ROOT, code

NAME = re.compile(r"\"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\"")
SURE = re.compile(r"(?:action=|\b_told\(|\bwritten\()[^\n]*")  # where an act is written
LIKELY = re.compile(
    r"(?:ACT_\w+: Final = |\bact = |_answer\(|_summaries\(|_again\(|_move\(|_note\(|_erase\(|_told_first\(|\bnote\(|\baction = )"
    r"[^\n]*"
)
WAYS = {"sign_out.oidc"} | {f"sign_in.{way}" for way in ("keys", "second_factor", "demo", "oidc", "saml")}


def _written() -> set[str]:
    files = [p for p in code() if (ROOT / "klarsyn") in p.parents and p.name != "log_words.py"]
    text = "\n".join(p.read_text(encoding="utf-8") for p in files)
    groups = tuple(GROUPS)
    sure = {name for line in SURE.findall(text) for name in NAME.findall(line)}
    likely = {name for line in LIKELY.findall(text) for name in NAME.findall(line) if name.startswith(groups)}
    return sure | likely | WAYS


def test_every_act_in_the_code_has_words_and_every_word_an_act() -> None:
    assert _written() == set(ACTS)


def test_every_act_belongs_to_one_group_that_can_be_chosen() -> None:
    assert all(sum(act.startswith(group) for group in GROUPS) == 1 for act in ACTS)
    assert all(any(act.startswith(group) for act in ACTS) for group in GROUPS)
