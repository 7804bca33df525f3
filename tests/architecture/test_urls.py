"""Every address is guarded unless it stands on this short public list."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from klarsyn.people import access

PUBLIC = {"portal", "base", "report"}
PUBLIC_NAMES = {"people:sign_in", "people:second_factor", "people:sign_out", "people:demo_sign_in"}
PUBLIC_NAMES |= {"concerns:report"}
PUBLIC_NAMES |= {"contact:talk", "plan:public_year"}
PUBLIC_NAMES |= {
    f"plan:{p}" for p in ("public", "public_motion", "public_measure", "feed", "open_data", "open_data_file")
}
# By a unit's link and a code of one's own: seats.by_link asks for the code where there is something to read.
PUBLIC_NAMES |= {
    f"training:open_{p}" for p in ("start", "unit", "code", "end", "mine", "course", "step", "screen")
}
PUBLIC_NAMES |= {"training:open_handout", "training:open_handout_pdf"}
PUBLIC_NAMES |= {"training:attitudes", "training:certificate_check"}
PUBLIC_NAMES |= {"concerns:guide"}
PUBLIC_NAMES |= {f"concerns:guide_{page}" for page in ("in", "all", "role", "now", "sight", "card", "worker")}
PUBLIC_NAMES |= {f"contact:{page}_{letter}" for page in ("times", "mine", "card") for letter in "mk"}
PUBLIC_NAMES |= {"people:signed_out", "people:oidc_begin", "people:oidc_answer", "people:oidc_logout"}
PUBLIC_NAMES |= {f"people:saml_{step}" for step in ("begin", "answer", "finish", "metadata")}


def _walk(patterns, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(n for n in (namespace, entry.namespace) if n)
            yield from _walk(entry.url_patterns, inner)
        else:
            yield f"{namespace}:{entry.name}", entry


ALL = dict(_walk(get_resolver().url_patterns))


@pytest.mark.parametrize("name", ALL)
def test_an_address_is_guarded_or_on_the_public_list(name: str) -> None:
    guarded = getattr(ALL[name].callback, access.GUARD, None) is not None
    public = name in PUBLIC_NAMES or name.partition(":")[0] in PUBLIC
    assert guarded or public, f"{name} is open to anyone"
