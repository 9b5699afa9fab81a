"""Two agreements compared: what differs, as sentences that name what was and what is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from gehoor.core.wording.chapters import Change, Chapter, Item, Sentence
from gehoor.core.wording.nl.agreement.phrases import joined
from gehoor.core.wording.nl.formats import quoted

_Renamed = tuple[tuple[str, str], ...]


def changes(before: tuple[Chapter, ...], after: tuple[Chapter, ...]) -> list[Change]:
    """Say what is different, by subject, in the order of the text."""
    old, new = ({chapter.key: chapter for chapter in side} for side in (before, after))
    renamed = tuple(_renamed(old, new))
    found = []
    for key in {**new, **old}:
        was, is_now = old.get(key, Chapter(key, "", ())), new.get(key, Chapter(key, "", ()))
        title = is_now.title or was.title
        found += [replace(one, subject=title) for one in _chapter(was, is_now, renamed)]
    return found


def _renamed(old: dict[str, Chapter], new: dict[str, Chapter]) -> Iterator[tuple[str, str]]:
    """Give each name that changed: what only follows from that is not told again."""
    for key in old.keys() & new.keys():
        earlier = {item.key: item.title for item in old[key].items}
        for item in new[key].items:
            title = earlier.get(item.key, item.title)
            if title != item.title:
                yield title, item.title


def _chapter(was: Chapter, now: Chapter, renamed: _Renamed) -> Iterator[Change]:
    if was.title and now.title and was.title != now.title:
        yield _change(f"{now.key}/title", f"{quoted(was.title)} heet nu {quoted(now.title)}.")
    old, new = ({item.key: item for item in side.items} for side in (was, now))
    for key, item in new.items():
        yield from _item(old[key], item, renamed) if key in old else _came(item)
    for key, item in old.items():
        if key not in new:
            yield from _went(item)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield _change(f"{now.key}/order", f"De volgorde bij {quoted(now.title)} is anders.")


def _came(item: Item) -> Iterator[Change]:
    if item.new:
        yield Change("", item.key, item.new, tuple(one.text for one in item.sentences))
    else:
        yield from (_change(one.key, f"Nieuw: {one.text}") for one in item.sentences)


def _went(item: Item) -> Iterator[Change]:
    if item.gone:
        yield _change(item.key, item.gone)
    else:
        yield from (_change(one.key, f"Weg: {one.text}") for one in item.sentences)


def _item(was: Item, now: Item, renamed: _Renamed) -> Iterator[Change]:
    if was.title != now.title:
        yield _change(f"{now.key}/title", f"{quoted(was.title)} heet nu {quoted(now.title)}.")
    old, new = ({one.key: one for one in side.sentences} for side in (was, now))
    for key, one in new.items():
        if key not in old:
            yield _change(key, f"{_at(now)}Nieuw: {one.text}")
        elif one.text != old[key].text and _with(old[key].text, renamed) != one.text:
            yield _change(key, _changed(now, old[key], one))
    yield from (_change(key, f"{_at(now)}Weg: {one.text}") for key, one in old.items() if key not in new)


def _change(key: str, sentence: str) -> Change:
    """Make a change; its subject is told by its chapter."""
    return Change("", key, sentence)


def _with(text: str, renamed: _Renamed) -> str:
    for old, new in renamed:
        text = text.replace(old, new)
    return text


def _changed(item: Item, was: Sentence, now: Sentence) -> str:
    if was.value and now.value:
        return f"{now.subject} gaat van {_without_common_end(was.value, now.value)} naar {now.value}."
    if said := _members(was.members, now.members):
        return f"{now.subject}: {said}."
    return f"{_at(item)}Eerst: {was.text} Nu: {now.text}"


def _members(was: Iterable[str], now: Iterable[str]) -> str:
    """Say which parts of a list came and went; nothing when only their order changed."""
    came, went = ([one for one in side if one not in other] for side, other in ((now, was), (was, now)))
    parts = [f"{word} {joined(names)}" for word, names in (("nieuw is", came), ("weg is", went)) if names]
    return joined(parts)


def _without_common_end(was: str, now: str) -> str:
    """Leave out what both end with: "van 5 naar 3 werkdagen"."""
    words, others = was.split(), now.split()
    same = 0
    for one, other in zip_longest(reversed(words[1:]), reversed(others[1:])):
        if one is None or one != other:
            break
        same += 1
    return " ".join(words[: len(words) - same])


def _at(item: Item) -> str:
    return f"Bij {quoted(item.title)}. " if item.title else ""
