"""A browser without a name, and the receptions it may write to."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.unit.cases.conftest import mika  # noqa: F401  a fixture
from tests.unit.contact.conftest import house  # noqa: F401  a fixture
from tests.unit.people.keys.conftest import ground  # noqa: F401  a fixture

HERE = "/stod/sv/prata/"
SHOWN = re.compile(r'class="v-code"><bdi dir="ltr">([\d ]+)<')


class Frej:
    """Somebody without a name, with a browser of their own."""

    def __init__(self, path: str = HERE) -> None:
        self.client, self.path = Client(), path
        self.page = ""
        self.status = 0

    def post(self, step: str, **more: object) -> str:
        """Post a step; the page it answers with."""
        return self.saw(self.client.post(self.path, {"step": step, **more}))

    def saw(self, response: HttpResponse) -> str:
        self.page, self.status = response.content.decode(), response.status_code
        return self.page

    def begins(self, text: str = "Hej", to: str = "mika") -> str:
        """Write, and write down the code."""
        found = SHOWN.search(self.post("send", to=to, text=text, once="a"))
        assert found, self.page
        return found[1]

    def confirms(self, code: str) -> str:
        return self.post("check", last=code[-4:].replace(" ", ""))


@pytest.fixture
def frej(house) -> Callable[[], Frej]:  # noqa: F811
    return Frej
