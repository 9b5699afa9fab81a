"""One thing of a file changed: a value, a key, an item, or their order.

Each function returns the whole text with that changed, and nothing else. It reads what it made again: where a text is
written in a way that it cannot change without more, it raises ``NoSpansError``, and the file is changed as a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gehoor.loading.editing.inserting import item_in, member_in
from gehoor.loading.editing.lines import put
from gehoor.loading.editing.moving import text_moved
from gehoor.loading.editing.removing import text_without
from gehoor.loading.editing.replacing import replaced
from gehoor.loading.editing.spans import Group, NoSpansError, Path, Series, node_at, spans_of
from gehoor.loading.editing.values import Style, Value, Word, same, scalar_text, value_of

_MARK = "\ufeff"


def changed(text: str, path: Path, value: Value) -> str:
    """Return the text with another value at a path; of a group or list only what differs in it is touched. A key that
    is not there yet is added at the end of its group. Raises ``KeyError`` when there is no such group."""
    root = spans_of(text.removeprefix(_MARK))
    parent = node_at(root, path[:-1])
    if isinstance(parent, Group) and parent.place_of(path[-1]) is None:
        return added(text, path[:-1], str(path[-1]), value)
    there = node_at(root, path)
    if same(value_of(there), value):
        return text
    if isinstance(there, Group) and isinstance(value, Mapping):
        return _changed_group(text, path, there, value)
    if isinstance(there, Series) and not isinstance(value, str | Word | Mapping):
        return _changed_series(text, path, there, value)
    return _edited(
        text,
        lambda bare: replaced(bare, node_at(spans_of(bare), path[:-1]), path[-1], value),
        _at(path, value),
    )


def added(text: str, path: Path, key: str, value: Value, before: str | None = None) -> str:
    """Return the text with a key more in the group at a path: before another, or as the last. Raises ``KeyError``."""

    def expected(root: Any) -> Any:
        group = _value_at(root, path)
        found = list(group.items())
        at = next((n for n, (name, _) in enumerate(found) if name == before), len(found))
        return _with(root, path, dict([*found[:at], (key, value), *found[at:]]))

    return _edited(text, lambda bare: member_in(bare, path, key, value, before), expected)


def with_item(text: str, path: Path, value: Value, at: int | None = None) -> str:
    """Return the text with an item more in the list at a path: at an index, or as the last. Raises ``KeyError``."""

    def expected(root: Any) -> Any:
        items = list(_value_at(root, path))
        where = len(items) if at is None else at
        return _with(root, path, [*items[:where], value, *items[where:]])

    return _edited(text, lambda bare: item_in(bare, path, value, at), expected)


def without(text: str, path: Path) -> str:
    """Return the text without the key or item at a path and the remarks right above it. Raises ``KeyError``."""

    def expected(root: Any) -> Any:
        parent, step = _value_at(root, path[:-1]), path[-1]
        if isinstance(parent, Mapping):
            return _with(root, path[:-1], {key: one for key, one in parent.items() if key != step})
        return _with(root, path[:-1], [one for at, one in enumerate(parent) if at != step])

    return _edited(text, lambda bare: text_without(bare, path), expected)


def renamed(text: str, path: Path, key: str) -> str:
    """Return the text with another key at a path. Raises ``KeyError`` and, where it is taken, ``NoSpansError``."""

    def change(bare: str) -> str:
        group = node_at(spans_of(bare), path[:-1])
        if (
            not isinstance(group, Group)
            or group.place_of(path[-1]) is None
            or group.place_of(key) is not None
        ):
            raise NoSpansError(key)
        old = group.members[group.place_of(path[-1]) or 0].key
        return put(bare, old.start, old.end, scalar_text(key, Style.of(bare), old.style))

    def expected(root: Any) -> Any:
        group = _value_at(root, path[:-1])
        return _with(root, path[:-1], {key if name == path[-1] else name: one for name, one in group.items()})

    return _edited(text, change, expected)


def moved(text: str, path: Path, to: int) -> str:
    """Return the text with the key or item at a path in another place of its group or list: ``to`` is its index
    afterwards. Its remarks go along. Raises ``KeyError``."""

    def expected(root: Any) -> Any:
        parent = _value_at(root, path[:-1])
        found = list(parent.items()) if isinstance(parent, Mapping) else list(parent)
        index = list(parent).index(path[-1]) if isinstance(parent, Mapping) else int(path[-1])
        found.insert(to, found.pop(index))
        return _with(root, path[:-1], dict(found) if isinstance(parent, Mapping) else found)

    return _edited(text, lambda bare: text_moved(bare, path, to), expected)


def _edited(text: str, change: Callable[[str], str], expected: Callable[[Any], Any]) -> str:
    bare = text.removeprefix(_MARK)
    mark = text[: len(text) - len(bare)]
    wanted = expected(value_of(spans_of(bare)))
    made = change(bare)
    if not same(value_of(spans_of(made)), wanted):
        raise NoSpansError("cannot be changed by itself")
    return mark + made


def _at(path: Path, value: Value) -> Callable[[Any], Any]:
    return lambda root: _with(root, path, value)


def _value_at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _with(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    step, *rest = path
    if isinstance(value, Mapping):
        return {key: _with(one, tuple(rest), new) if key == step else one for key, one in value.items()}
    return [_with(one, tuple(rest), new) if at == step else one for at, one in enumerate(value)]


# A group or list of which several parts differ: one after the other.


def _changed_group(text: str, path: Path, there: Group, value: Mapping[str, Value]) -> str:
    for member in there.members:
        if member.key.text not in value and len(value) > 0:
            text = without(text, (*path, member.key.text))
    for key, one in value.items():
        text = changed(text, (*path, key), one)
    if not value:
        parent = path[:-1]
        return _edited(
            text, lambda bare: replaced(bare, node_at(spans_of(bare), parent), path[-1], {}), _at(path, {})
        )
    for at, key in enumerate(value):
        group = node_at(spans_of(text.removeprefix(_MARK)), path)
        if isinstance(group, Group) and group.members[at].key.text != key:
            text = moved(text, (*path, key), at)
    return text


def _changed_series(text: str, path: Path, there: Series, value: Sequence[Value]) -> str:
    old = [value_of(one) for one in there.items]
    head = 0
    while head < min(len(old), len(value)) and same(old[head], value[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(value)) - head and same(old[-1 - tail], value[-1 - tail]):
        tail += 1
    both = min(len(old), len(value)) - head - tail
    for at in range(head, head + both):
        text = changed(text, (*path, at), value[at])
    for at in reversed(range(head + both, len(old) - tail)):
        text = without(text, (*path, at))
    for at in range(head + both, len(value) - tail):
        text = with_item(text, path, value[at], at)
    return text
