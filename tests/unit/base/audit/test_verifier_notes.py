"""A checkpoint in an export is a signed note in its one exact form, by the log's own key under its own name."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import pytest

from tests.unit.base.audit.test_verifier_edges import NAME, SIGNER, log, said

Text = Callable[[str], str]
OWN = hashlib.sha256(f"{NAME}\n\x01".encode() + SIGNER.public).digest()[:4]
SAME: Text = lambda text: text  # noqa: E731
STARRED: Text = lambda text: f"{text[:8]}*{text[8:]}"  # noqa: E731  a sign that base64 does not know


def mark(*, root: Text = SAME, signature: Text = SAME, key: bytes = OWN) -> Callable[[int, bytes], str]:
    """A note that is rightly signed, whatever stands in it."""

    def made(size: int, head: bytes) -> str:
        body = f"{NAME}\n{size}\n{root(base64.b64encode(head).decode())}\n"
        signed = base64.b64encode(key + SIGNER.sign(body.encode())).decode()
        return f"{body}\n— {NAME} {signature(signed)}\n"

    return made


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (mark(), ""),
        (mark(root=STARRED), "line 4: it cannot be read"),
        (mark(signature=STARRED), "line 4: it cannot be read"),
        (mark(key=b"else"), "line 4: the checkpoint's signature is false"),
    ],
)
def test_a_note_in_any_other_form_is_named_by_its_line(note: Callable[[int, bytes], str], told: str) -> None:
    found = said(log(mark=note))
    assert found.startswith(told) and bool(found) == bool(told)
