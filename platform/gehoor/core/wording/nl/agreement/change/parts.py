"""Parts of an item compared, such as the chapters of a report: called otherwise, elsewhere, left out, new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gehoor.core.wording.chapters import Item, Part, Sentence
from gehoor.core.wording.nl.agreement.change.sides import Sides
from gehoor.core.wording.nl.formats import quoted

_Told: TypeAlias = "tuple[str, str, tuple[str, ...]]"
"""The key of what changed, the sentence, and the details of something new."""


@dataclass(frozen=True)
class _Whole:
    """A part with its sentences, each by what it is called within the part."""

    part: Part
    sentences: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.part.title

    @property
    def says(self) -> tuple[str, ...]:
        """What it says, whatever it is called."""
        return tuple(text.replace(quoted(self.title), "") for text in self.sentences.values())


def part_changes(was: Item, now: Item, sides: Sides) -> Iterator[_Told]:
    """Yield what is different in the parts of an item."""
    old, new = _parts(was), _parts(now)
    same = _matched(old, new)
    for key, whole in new.items():
        at = f"{now.key}/chapters/{key}"
        if key in same:
            yield from _within(at, old[same[key]], whole, sides)
        else:
            yield at, _came(whole.part, sides), tuple(list(whole.sentences.values())[1:])
    for key, whole in old.items():
        if key not in same.values():
            yield f"{was.key}/chapters/{key}", _went(whole, sides), ()
    yield from _moved(now.key, [same[key] for key in new if key in same], (old, new, same), sides)


def _parts(item: Item) -> dict[str, _Whole]:
    found: dict[str, tuple[Part, list[Sentence]]] = {}
    for one in item.sentences:
        if one.part is not None:
            found.setdefault(one.part.key, (one.part, []))[1].append(one)
    return {
        key: _Whole(part, {one.key.removeprefix(f"{item.key}/chapters/{key}"): one.text for one in said})
        for key, (part, said) in found.items()
    }


def _matched(old: Mapping[str, _Whole], new: Mapping[str, _Whole]) -> dict[str, str]:
    """Return which part was which: new key -> old key. One that no name was kept of is known by what it says."""
    same = {key: key for key in new if key in old}
    left = [key for key in old if key not in new]
    for key, whole in new.items():
        if key not in same:
            twin = next((one for one in left if old[one].says == whole.says), None)
            if twin is not None:
                same[key] = twin
                left.remove(twin)
    return same


def _within(at: str, was: _Whole, now: _Whole, sides: Sides) -> Iterator[_Told]:
    if was.title != now.title:
        yield f"{at}/title", f"Hoofdstuk {sides.called(was.title, now.title)}", ()
    where = f"Hoofdstuk {quoted(now.title)}. "
    old, new = was.sentences, now.sentences
    for key, text in new.items():
        if key not in old:
            yield f"{at}{key}", f"{where}{sides.new(text)}", ()
        elif text != old[key].replace(quoted(was.title), quoted(now.title)):
            was_so = old[key].replace(quoted(was.title), quoted(now.title))
            yield f"{at}{key}", _ends(was_so, text, where, sides) or sides.both(old[key], text), ()
    for key, text in old.items():
        if key not in new:
            yield f"{at}{key}", f"{where}{sides.gone(text)}", ()


def _ends(was: str, now: str, where: str, sides: Sides) -> str:
    """Say what only comes after, or comes after no more, of a table that else is as it was; empty: it is not."""
    named, end, _ = now.partition("\u201d")
    if sides.first or not end or not now.startswith("\u201c"):
        return ""
    if now.startswith(f"{was} "):
        return f"{where}{named}{end}. {sides.new(now.removeprefix(was).strip())}"
    if was.startswith(f"{now} "):
        return f"{where}{named}{end}. {sides.gone(was.removeprefix(now).strip())}"
    return ""


def _came(part: Part, sides: Sides) -> str:
    named = f"hoofdstuk {quoted(part.title)}{f', {part.holds}' if part.holds else ''}."
    return sides.new(named) if sides.second else f"Nieuw {named}"


def _went(whole: _Whole, sides: Sides) -> str:
    if sides.first:
        return sides.gone(f"hoofdstuk {quoted(whole.title)}.")
    return f"Hoofdstuk {quoted(whole.title)} is weggelaten."


def _moved(
    item: str,
    order: Sequence[str],
    sides_of: tuple[Mapping[str, _Whole], Mapping[str, _Whole], Mapping[str, str]],
    sides: Sides,
) -> Iterator[_Told]:
    """Yield the parts that come elsewhere: as few as say how the others stay in their order."""
    old, new, same = sides_of
    places = {key: at for at, key in enumerate(old)}
    stays = _longest_rising([places[key] for key in order])
    before: _Whole | None = None
    for key, whole in new.items():
        if key in same and places[same[key]] not in stays:
            after = f"na {quoted(before.title)}" if before else "vooraan"
            stands = f"staat bij {sides.second}" if sides.second else "staat nu"
            yield f"{item}/chapters/{key}/place", f"Hoofdstuk {quoted(whole.title)} {stands} {after}.", ()
        before = whole


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return the most of some numbers that stand in rising order."""
    best: list[tuple[int, ...]] = []
    for number in numbers:
        before = [one for one in best if one[-1] < number]
        best.append((*(max(before, key=len) if before else ()), number))
    longest: tuple[int, ...] = max(best, key=len) if best else ()
    return frozenset(longest)
