"""What an agreement in words is made of: chapters, items and sentences, each with a key that stays; and changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``key`` is the path of what it says in the agreement, so that versions can be compared.

    ``subject`` and ``value``: the value that the sentence is about, for saying how it changes. ``members``: the
    parts of a list, for saying which are new and which are gone. ``public``: also for people outside. ``part``: the
    part of its item that it stands in, where an item has parts that come in an order.
    """

    key: str
    text: str
    subject: str = ""
    value: str = ""
    members: tuple[str, ...] = ()
    public: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an item that people move and call otherwise, such as a chapter of a report. ``key`` stays when it is
    called otherwise, where anything does; ``holds``: what it is made of, in a few words."""

    key: str
    title: str
    holds: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Sentences about one thing, under its own title. ``new`` and ``gone`` say that it came or went."""

    key: str
    title: str
    sentences: tuple[Sentence, ...]
    new: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Items about one subject."""

    key: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the subject it belongs to, the key of what changed, and the sentence.

    ``details``: of something new, everything that was agreed about it.
    """

    subject: str
    key: str
    sentence: str
    details: tuple[str, ...] = ()


def chapter(key: str, title: str, *items: Item) -> Chapter:
    """Make a chapter of the items that say anything."""
    return Chapter(key, title, tuple(item for item in items if item.title or item.sentences))


def loose(key: str, *sentences: Sentence | None) -> Item:
    """Make an item without a title, of the sentences that there are."""
    return Item(key, "", present(*sentences))


def present(*sentences: Sentence | None) -> tuple[Sentence, ...]:
    """Leave out what there is nothing to say about."""
    return tuple(sentence for sentence in sentences if sentence is not None)


def public_part(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Return what is for people outside."""
    found = []
    for whole in chapters:
        items = tuple(
            replace(item, sentences=said)
            for item in whole.items
            if (said := tuple(sentence for sentence in item.sentences if sentence.public))
        )
        if items:
            found.append(replace(whole, items=items))
    return tuple(found)


def lines(chapters: tuple[Chapter, ...]) -> Iterator[tuple[str, str]]:
    """Give every line of the text with its key, titles included."""
    for whole in chapters:
        yield whole.key, whole.title
        for item in whole.items:
            if item.title:
                yield f"{item.key}/title", item.title
            for sentence in item.sentences:
                yield sentence.key, sentence.text
