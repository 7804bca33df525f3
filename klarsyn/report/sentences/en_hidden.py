"""English: the hidden number. No number is said without limit, assumption and what the rule allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klarsyn.report import hidden_words
from klarsyn.report.sentences.told import Told

ASSUMING = (
    "This holds only if nobody was mistaken for another between the lists, the group was the same all the "
    "time, "
    "everybody could have come on a list, and the lists hang together alike for those nobody met, which "
    "cannot "
    "be tested"
)
ALLOWED = {"range": "a range may be given", "lower_bound_only": "only a lower bound may be given"}


def _met(t: Told) -> str:
    place = hidden_words.place(t.text("name"), "en")
    return (
        f"{place} {t.period()}: {t.count('observed')} people were on at least one of {t.count('lists')} lists"
    )


def _quoted(said: str) -> str:
    return f"This may be said, all of it: “{said}”"


def hidden_range(t: Told) -> str:
    return _quoted(
        f"{_met(t)}. Methods that agree with each other give between {t.count('lower')} and "
        f"{t.count('upper')}, "
        f"met and not met together (95% uncertainty interval). {ASSUMING}."
    )


def hidden_bound(t: Told) -> str:
    whose = "Chao’s method" if t.raw("whose") == "chao" else "the methods that count"
    return _quoted(
        f"{_met(t)}. The lowest limit of the 95 per cent intervals of {whose} is {t.count('lower')}, met "
        "and not met "
        f"together. How many more there are cannot be told: {_reason(t)}. {ASSUMING}."
    )


def hidden_nothing(t: Told) -> str:
    return _quoted(
        f"{_met(t)}. How many there are in all cannot be told from these lists: {_reason(t)}. That does "
        "not mean "
        "that there are no more."
    )


def _reason(t: Told) -> str:
    return hidden_words.reason(t.text("reason"), "en")


def hidden_against(t: Told) -> str:
    reasons = [hidden_words.reason(code, "en") for code in t.names("reasons")]
    return f"This too speaks against saying more: {'; '.join(reasons)}."


def hidden_spread(t: Told) -> str:
    return (
        f"The {t.count('methods')} methods that may carry an answer have 95 per cent intervals that "
        "together reach "
        f"from {t.count('lower')} to {t.count('upper')}. By the rule {ALLOWED[t.text('verdict')]}; the "
        "middle of the "
        "span is no answer."
    )


def hidden_dial(t: Told) -> str:
    halves = f"the factor {t.ratio('halves')} halves the answer and {t.ratio('doubles')} doubles it"
    if not t.number("halves"):
        halves = f"the factor {t.ratio('doubles')} doubles the answer"
    return (
        "All the methods assume how the lists hang together for those nobody met. If that is off by a "
        "factor between "
        f"a quarter and four, one and the same method goes from {t.count('lower')} to {t.count('upper')}; "
        f"{halves}. "
        f"Nothing in the lists shows which factor is right, so by the rule {ALLOWED[t.text('verdict')]}."
    )


def hidden_shared(t: Told) -> str:
    said = (
        f"Of {t.count('observed')} people {t.count('on_several')} are on two lists or more, and on them "
        "the whole "
        "calculation rests"
    )
    if not t.number("empty"):
        return f"{said}."
    return f"{said}. In {t.count('empty')} of {t.count('pairs')} pairs of lists nobody is on both."


def hidden_known(t: Told) -> str:
    return (
        "The methods were tried on lists whose size is known: their intervals were right in "
        f"{t.count('held')} of {t.count('tests')} trials. That does not prove that they find those on no "
        "list."
    )


def hidden_how(t: Told) -> str:
    return (
        f"The intervals rest on {t.count('draws')} tables drawn by chance (step by step: "
        f"{t.count('stepwise_draws')}) "
        f"from the seed {t.count('seed')}, so that anybody gets the same answer. The method of latent "
        "classes is left out because it takes too long."
    )


def title(t: Told) -> str:
    """What the rule lets anyone say, without a number."""
    place = hidden_words.place(t.text("name"), "en")
    return f"{place} {t.period()}: {SAID[t.finding.code]}"


SAID: Mapping[str, str] = {
    "hidden_range": "the lists suffice for a range of how many there are",
    "hidden_bound": "the lists suffice only for a lower bound of how many there are",
    "hidden_nothing": "the lists do not say how many there are",
}
SENTENCES: Mapping[str, Callable[[Told], str]] = {
    write.__name__: write
    for write in (
        hidden_range, hidden_bound, hidden_nothing, hidden_against, hidden_spread, hidden_dial, hidden_shared,
        hidden_known, hidden_how,
    )
}  # fmt: skip
