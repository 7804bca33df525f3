"""What an address of the API or of a figure for other sites points at: the example's edition in some state, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from klarsyn.report.policy import State
from tests.matrix.cast import Cast
from tests.matrix.watched import Maker, Words

SLUG = {"edition": "exempel-1"}
PICTURE = {**SLUG, "figure": "example_rates"}
FIGURE = {**SLUG, "indicator": "example_rates", "series": "rates.rate"}


def of(edition: Callable[[Cast, State], Words]) -> dict[str, dict[str, Maker]]:
    """By address. `edition` makes one."""
    return {
        "report:api_edition": {
            "draft": lambda cast, who: edition(cast, State.DRAFT) and SLUG,
            "released": lambda cast, who: edition(cast, State.RELEASED) and SLUG,
            "not there": lambda cast, who: SLUG,
        },
        "report:api_indicator": {"not there": lambda cast, who: {"indicator": "finns-inte"}},
        "report:api_figure": {
            "draft": lambda cast, who: edition(cast, State.DRAFT) and FIGURE,
            "not there": lambda cast, who: FIGURE,
        },
        **{
            f"report:{name}": {
                "draft": lambda cast, who: edition(cast, State.DRAFT) and PICTURE,
                "not there": lambda cast, who: PICTURE,
            }
            for name in ("embed", "embed_frame", "embed_code")
        },
        "report:api_missing": {"not there": lambda cast, who: {"rest": "v1/finns-inte"}},
    }
