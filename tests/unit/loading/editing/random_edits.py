"""A random edit of a text, and what of the text it may touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gehoor.loading.editing.edits import added, changed, moved, renamed, with_item, without
from gehoor.loading.editing.lines import line_end
from gehoor.loading.editing.spans import Group, Path, Scalar, Series, Spanned, spans_of
from gehoor.loading.editing.values import Style, Value, Word, block_lines

TEXTS = (
    "nieuw", "twee woorden", "met: dubbele punt", "# hekje", "ja", "12", "een, twee [drie]", "regel een\nregel twee\n",
    "'s avonds", '"aangehaald"', " spatie", "é€", "- streep", "a\n\n  b", "x" * 130, "", "@at", "50 %", "2027-01-01",
)  # fmt: skip
WORDS = ("ja", "12", "3.5", "nee", "0")
KEYS = ("a", "naam", "c d", "12", "e:f", "ja", "Een zin, met een komma.")
NEW = "nieuwe-sleutel"


@dataclass(frozen=True)
class Edited:
    """What an edit made, and the window of the text that it was about: nothing before or after it may differ."""

    what: str
    before: str
    after: str
    window: tuple[int, int]

    def outside_is_untouched(self) -> bool:
        start, end = self.window
        rest = len(self.before) - end
        return (
            self.after.startswith(self.before[:start])
            and self.after.endswith(self.before[end:])
            and len(self.after) >= start + rest
        )

    def keeps_remarks(self) -> bool:
        return not remarks(self.before) - remarks(self.after)


def remarks(text: str) -> Counter[str]:
    return Counter(
        line.strip()
        for line in text.removeprefix("\ufeff").splitlines()
        if line.lstrip().startswith("# opmerking")
    )


def random_value(random: Random, depth: int = 0) -> Value:
    kind = random.random()
    if kind < 0.45 or depth > 2:
        return random.choice(TEXTS)
    if kind < 0.6:
        return Word(random.choice(WORDS))
    if kind < 0.8:
        return [random_value(random, depth + 1) for _ in range(random.randint(0, 3))]
    return {
        f"{random.choice(KEYS)}{at}": random_value(random, depth + 1) for at in range(random.randint(0, 4))
    }


def random_text(random: Random) -> str:
    """Return a file that nobody wrote: any values, with remarks and empty lines between, in either end of line."""
    style = Style(random.choice(("\n", "\r\n")))
    value = {f"{random.choice(KEYS)}{at}": random_value(random) for at in range(random.randint(1, 6))}
    made = []
    for key, one in value.items():
        if random.random() < 0.3:
            made.append(f"# opmerking {len(made)}")
        made.append(block_lines({key: one}, style, 0))
        if random.random() < 0.3:
            made.append("")
    end = style.newline if random.random() < 0.8 else ""
    return random.choice(("", "\ufeff")) * (random.random() < 0.2) + style.newline.join(made) + end


def paths(node: Spanned, path: Path = ()) -> Iterator[tuple[Path, Spanned]]:
    yield path, node
    if isinstance(node, Group):
        for member in node.members:
            yield from paths(member.value, (*path, member.key.text))
    elif isinstance(node, Series):
        for at, item in enumerate(node.items):
            yield from paths(item, (*path, at))


def random_edit(text: str, random: Random) -> Edited | None:
    """Make one edit; None: there is nothing of that kind in the text."""
    mark = len(text) - len(text.removeprefix("\ufeff"))
    found = list(paths(spans_of(text[mark:])))
    what = random.choice(("change", "add", "item", "without", "rename", "move"))
    fitting = [(path, node) for path, node in found if _fits(what, path, node)]
    if not fitting:
        return None
    path, node = random.choice(fitting)
    parent = dict(found).get(path[:-1]) if path else None
    after = _apply(what, text, path, node, random)
    start, end = _window(what, text[mark:], path, node, parent)
    return Edited(f"{what} {path}", text, after, (start + mark, end + mark))


def _fits(what: str, path: Path, node: Spanned) -> bool:
    if what == "add":
        return isinstance(node, Group)
    if what == "item":
        return isinstance(node, Series)
    if what == "move":
        return not isinstance(node, Scalar) and len(_parts(node)) > 1
    if what == "rename":
        return bool(path) and isinstance(path[-1], str)
    return len(path) > (1 if what == "without" else 0)


def _apply(what: str, text: str, path: Path, node: Spanned, random: Random) -> str:
    if what == "change":
        return changed(text, path, random_value(random))
    if what == "add":
        assert isinstance(node, Group)
        return added(
            text,
            path,
            NEW,
            random_value(random),
            random.choice([None, *(one.key.text for one in node.members)]),
        )
    if what == "item":
        assert isinstance(node, Series)
        return with_item(text, path, random_value(random), random.choice([None, *range(len(node.items))]))
    if what == "without":
        return without(text, path)
    if what == "rename":
        return renamed(text, path, NEW)
    at, to = random.randrange(len(_parts(node))), random.randrange(len(_parts(node)))
    step = node.members[at].key.text if isinstance(node, Group) else at
    return moved(text, (*path, step), to)


def _parts(node: Spanned) -> tuple[object, ...]:
    assert not isinstance(node, Scalar)
    return node.members if isinstance(node, Group) else node.items


def _ends(node: Spanned) -> Iterator[int]:
    """Yield where keys and single values end, and the text begins."""
    yield 0
    for _, one in paths(node):
        if isinstance(one, Group):
            yield from (member.key.end for member in one.members)
        elif isinstance(one, Scalar) or one.flow:
            yield one.end


def _starts(node: Spanned) -> Iterator[int]:
    """Yield where keys and single values begin."""
    for _, one in paths(node):
        if isinstance(one, Group):
            yield from (member.key.start for member in one.members)
        elif isinstance(one, Scalar) or one.flow:
            yield one.start


def _window(what: str, text: str, path: Path, node: Spanned, parent: Spanned | None) -> tuple[int, int]:
    """Return the part of a text that an edit is about: a value with its key or dash, and the remarks above it where it
    goes; of a group or list that gets one more or another order, all of it."""
    start, end = node.start, node.end
    if isinstance(parent, Group) and what in ("change", "without", "rename"):
        key = next(one.key for one in parent.members if one.key.text == path[-1])
        start = key.start
    if what in ("change", "rename"):
        return start, line_end(text, end)
    if parent is not None and not isinstance(parent, Scalar) and parent.flow:
        start, end = parent.start, parent.end
    # Between what stands before it and what stands after it; what follows behind the same dash takes its place.
    later = min((found for found in _starts(spans_of(text)) if found >= end), default=end)
    return max(found for found in _ends(spans_of(text)) if found <= start), max(line_end(text, end), later)
