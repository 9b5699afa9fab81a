"""A key or an item more, where it belongs and as those around it are written."""

from __future__ import annotations

from collections.abc import Sequence

from gehoor.loading.editing.lines import column, is_first_on_line, item_start, line_end, put, with_remarks
from gehoor.loading.editing.replacing import replaced
from gehoor.loading.editing.spans import Group, NoSpansError, Path, Scalar, Series, node_at, spans_of
from gehoor.loading.editing.values import Style, Value, block_text, flow_text, item_text, scalar_text


def member_in(text: str, path: Path, key: str, value: Value, before: str | None) -> str:
    """Return the text with a key more in a group: before another, or as the last."""
    root = spans_of(text)
    group, style = node_at(root, path), Style.of(text)
    if isinstance(group, Scalar) and not group.text and not group.style and path:
        return replaced(text, node_at(root, path[:-1]), path[-1], {key: value})
    if not isinstance(group, Group):
        raise NoSpansError(key)
    at = group.place_of(before) if before is not None else None
    if group.flow:
        pair = f"{scalar_text(key, style)}: {flow_text(value, style)}"
        places = [(one.key.start, one.value.end) for one in group.members]
        return _in_flow(text, group, places, pair, at)
    first = group.members[0].key.start
    blank = " " * column(text, first)
    line = f"{blank}{scalar_text(key, style)}:{block_text(value, style, len(blank))}"
    if at == 0 and not is_first_on_line(text, first):
        return put(text, first, first, line.removeprefix(blank) + style.newline + blank)
    if at is not None:
        start = with_remarks(text, group.members[at].key.start, first=False)
        return put(text, start, start, line + style.newline)
    return _after(text, group.end, line, style, spaced=_is_spaced(text, group))


def item_in(text: str, path: Path, value: Value, at: int | None) -> str:
    """Return the text with an item more in a list: at an index, or as the last."""
    root = spans_of(text)
    series, style = node_at(root, path), Style.of(text)
    if isinstance(series, Scalar) and not series.text and not series.style and path:
        return replaced(text, node_at(root, path[:-1]), path[-1], [value])
    if not isinstance(series, Series):
        raise NoSpansError("list")
    if at is not None and at >= len(series.items):
        at = None
    if series.flow:
        places = [(one.start, one.end) for one in series.items]
        return _in_flow(text, series, places, flow_text(value, style), at)
    blank = " " * column(text, series.start)
    line = f"{blank}-{item_text(value, style, len(blank))}"
    if at == 0 and not is_first_on_line(text, series.start):
        return put(text, series.start, series.start, line.removeprefix(blank) + style.newline + blank)
    if at is not None:
        start = with_remarks(text, item_start(text, series, at), first=False)
        return put(text, start, start, line + style.newline)
    return _after(text, series.end, line, style, spaced=False)


def _in_flow(
    text: str, inside: Group | Series, places: Sequence[tuple[int, int]], new: str, at: int | None
) -> str:
    if not places:
        return put(text, inside.start + 1, inside.end - 1, new)
    last = places[-1][1]
    newline = Style.of(text).newline
    apart = "\n" in text[inside.start : places[0][0]] and is_first_on_line(text, places[-1][0])
    blank = newline + " " * column(text, places[-1][0]) if apart else " "
    if at is not None:
        return put(text, places[at][0], places[at][0], f"{new},{blank}")
    comma = text.find(",", last, inside.end - 1)
    if comma >= 0 and not text[last:comma].strip():
        return put(text, comma + 1, comma + 1, f"{blank}{new}")
    return put(text, last, last, f",{blank}{new}")


def _after(text: str, end: int, line: str, style: Style, *, spaced: bool) -> str:
    at = line_end(text, end)
    gap = style.newline if spaced else ""
    if not text[:at].endswith("\n"):
        return f"{text[:at]}{style.newline}{gap}{line}{text[at:]}"
    return put(text, at, at, f"{gap}{line}{style.newline}")


def _is_spaced(text: str, group: Group) -> bool:
    """Say whether an empty line stands between the last two keys, which is then how it is written here."""
    if len(group.members) < 2:
        return False
    one, other = group.members[-2:]
    lines = text[line_end(text, one.value.end) : with_remarks(text, other.key.start, first=False)]
    return bool(lines) and not lines.strip()
