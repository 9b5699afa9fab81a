"""Two agreements compared: what differs, as sentences that name what was and what is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gehoor.core.wording.chapters import Change, Chapter, Item, Sentence
from gehoor.core.wording.nl.agreement.change.parts import part_changes
from gehoor.core.wording.nl.agreement.change.sides import Sides
from gehoor.core.wording.nl.agreement.phrases import joined
from gehoor.core.wording.nl.formats import quoted

_Renamed = tuple[tuple[str, str], ...]


def changes(
    before: tuple[Chapter, ...], after: tuple[Chapter, ...], names: tuple[str, str] = ("", "")
) -> list[Change]:
    """Say what is different, by subject, in the order of the text. ``names``: of two that hold beside each other;
    empty: the second takes the place of the first."""
    sides = Sides(*names)
    old, new = ({chapter.key: chapter for chapter in side} for side in (before, after))
    renamed = tuple(_renamed(old, new))
    found = []
    for key in {**new, **old}:
        was, is_now = old.get(key, Chapter(key, "", ())), new.get(key, Chapter(key, "", ()))
        title = is_now.title or was.title
        found += [replace(one, subject=title) for one in _chapter(was, is_now, renamed, sides)]
    return found


def _renamed(old: dict[str, Chapter], new: dict[str, Chapter]) -> Iterator[tuple[str, str]]:
    """Give each name that changed: what only follows from that is not told again."""
    for key in old.keys() & new.keys():
        earlier = {item.key: item.title for item in old[key].items}
        for item in new[key].items:
            title = earlier.get(item.key, item.title)
            if title != item.title:
                yield title, item.title


def _chapter(was: Chapter, now: Chapter, renamed: _Renamed, sides: Sides) -> Iterator[Change]:
    if was.title and now.title and was.title != now.title:
        yield _change(f"{now.key}/title", sides.called(was.title, now.title))
    old, new = ({item.key: item for item in side.items} for side in (was, now))
    for key, item in new.items():
        yield from _item(old[key], item, renamed, sides) if key in old else _came(item, sides)
    for key, item in old.items():
        if key not in new:
            yield from _went(item, sides)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield _change(f"{now.key}/order", f"De volgorde bij {quoted(now.title)} is anders.")


def _came(item: Item, sides: Sides) -> Iterator[Change]:
    if sides.second and item.title:
        yield Change("", item.key, sides.new(item.title), tuple(one.text for one in item.sentences))
    elif item.new and not sides.second:
        yield Change("", item.key, item.new, tuple(one.text for one in item.sentences))
    else:
        yield from (_change(one.key, sides.new(one.text)) for one in item.sentences)


def _went(item: Item, sides: Sides) -> Iterator[Change]:
    if sides.first and item.title:
        yield Change("", item.key, sides.gone(item.title), tuple(one.text for one in item.sentences))
    elif item.gone and not sides.first:
        yield _change(item.key, item.gone)
    else:
        yield from (_change(one.key, sides.gone(one.text)) for one in item.sentences)


def _item(was: Item, now: Item, renamed: _Renamed, sides: Sides) -> Iterator[Change]:
    if was.title != now.title:
        yield _change(f"{now.key}/title", sides.called(was.title, now.title))
    old, new = ({one.key: one for one in side.sentences if one.part is None} for side in (was, now))
    for key, one in new.items():
        if key not in old:
            yield _change(key, f"{_at(now)}{sides.new(one.text)}")
        elif one.text != old[key].text and _with(old[key].text, renamed) != one.text:
            yield _change(key, _changed(now, old[key], one, sides))
    yield from (
        _change(key, f"{_at(now)}{sides.gone(one.text)}") for key, one in old.items() if key not in new
    )
    for key, said, details in part_changes(was, now, sides):
        yield Change("", key, f"{_at(now)}{said}", details)


def _change(key: str, sentence: str) -> Change:
    """Make a change; its subject is told by its chapter."""
    return Change("", key, sentence)


def _with(text: str, renamed: _Renamed) -> str:
    for old, new in renamed:
        text = text.replace(old, new)
    return text


def _changed(item: Item, was: Sentence, now: Sentence, sides: Sides) -> str:
    if was.value and now.value:
        return sides.value(now.subject, was.value, now.value)
    if said := _members(was.members, now.members, sides):
        return f"{now.subject}: {said}."
    return f"{_at(item)}{sides.both(was.text, now.text)}"


def _members(was: Iterable[str], now: Iterable[str], sides: Sides) -> str:
    """Say which parts of a list came and went; nothing when only their order changed."""
    came, went = ([one for one in side if one not in other] for side, other in ((now, was), (was, now)))
    return sides.members(joined(came), joined(went))


def _at(item: Item) -> str:
    return f"Bij {quoted(item.title)}. " if item.title else ""
