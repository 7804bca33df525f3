"""Rooms hang things up without being imported."""

import pytest

from klarsyn.base import front
from klarsyn.base.context import languages, menu


@pytest.fixture(autouse=True)
def _own_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_cards", "_doors", "_links"):
        monkeypatch.setattr(front, name, [])


def _card(order: int) -> front.Card:
    return front.Card(title=f"kort {order}", text="", address="/", link="Läs", order=order)


def test_cards_come_in_order_and_once_and_empty_ones_are_left_out() -> None:
    second, first, nothing = lambda: _card(2), lambda: _card(1), lambda: None
    for make in (second, first, nothing, second):
        front.register_card(make)
    assert [card.order for card in front.cards()] == [1, 2]


def test_a_card_that_fails_takes_nothing_down_and_is_logged(caplog) -> None:
    front.register_card(lambda: 1 // 0)
    front.register_card(lambda: _card(1))
    assert len(front.cards()) == 1
    assert "a card of the start page failed" in caplog.text


def test_a_door_shows_only_for_those_who_may_open_it() -> None:
    front.register_door(front.Door("Källor", "people:roles", "source_read", order=2))
    front.register_door(front.Door("Skrivbordet", "people:desk", order=1))
    assert [door.title for door in front.doors(())] == ["Skrivbordet"]
    assert [door.title for door in front.doors({"source_read"})] == ["Skrivbordet", "Källor"]


def test_doors_stand_under_the_heading_of_their_order_and_an_empty_heading_is_left_out(monkeypatch):
    monkeypatch.setattr(front, "_doors", [])
    for title, order in (
        ("Loggen", 81),
        ("Skrivbordet", 0),
        ("Ärenden", 70),
        ("Kontakter", 69),
        ("Roller", 90),
    ):
        front.register_door(front.Door(title, "people:roles", order=order))
    found = [(str(group.title), [door.title for door in group.doors]) for group in front.grouped(())]
    assert found == [
        ("", ["Skrivbordet"]), ("Kontakter och ärenden", ["Kontakter", "Ärenden"]),
        ("Insyn och nycklar", ["Loggen"]), ("Du och rollerna", ["Roller"]),
    ]  # fmt: skip


def test_a_menu_leaves_out_what_this_process_does_not_serve() -> None:
    front.register_link(front.Link("Om", "portal:about"))
    front.register_link(front.Link("Borta", "nowhere:page"))
    assert [(line.title, line.address, line.is_current) for line in menu("top", "/om/")] == [
        ("Om", "/om/", True)
    ]


@pytest.mark.parametrize(
    ("path", "swedish", "english"),
    [("/om/", "/om/", "/en/om/"), ("/en/om/", "/om/", "/en/om/"), ("/", "/", "/en/"), ("/en/", "/", "/en/"),
     ("/energi/", "/energi/", "/en/energi/")],
)  # fmt: skip
def test_each_page_knows_itself_in_the_other_language(path, swedish, english) -> None:
    assert [language.address for language in languages(path, "sv")] == [swedish, english]
