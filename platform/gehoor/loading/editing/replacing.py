"""Another value in the place of one, with the remark behind its key."""

from __future__ import annotations

from typing import Any

from gehoor.loading.editing.lines import column, item_start, line_end, put
from gehoor.loading.editing.spans import Group, NoSpansError, Scalar, Series, Spanned
from gehoor.loading.editing.values import Style, Value, Word, block_text, flow_text, item_text, scalar_text


def replaced(text: str, parent: Spanned, step: Any, value: Value) -> str:
    """Return the text with another value at a key or an index of ``parent``."""
    style = Style.of(text)
    if isinstance(parent, Group):
        member = parent.members[parent.place_of(step) or 0]
        key, old = member.key, member.value
        below = column(text, key.start)
    elif isinstance(parent, Series):
        key, old = None, parent.items[step]
        below = column(text, item_start(text, parent, step)) if not parent.flow else 0
    else:
        raise NoSpansError(str(step))
    if parent.flow or style.is_json:
        return put(text, old.start, old.end, _one_line(value, style, old))
    new = block_text(value, style, below) if key else item_text(value, style, below)
    if isinstance(old, Scalar) and isinstance(value, str | Word):
        return put(text, old.start, old.end, _scalar_like(text, old, value, style, below))
    if not isinstance(old, Scalar) and old.flow and isinstance(value, str | Word):
        return put(text, old.start, old.end, new.lstrip(" "))
    after = key.end + len(text[key.end : old.start].split(":", 1)[0]) + 1 if key else None
    return _below(text, old, new, after, style)


def _below(text: str, old: Spanned, new: str, after: int | None, style: Style) -> str:
    """Replace a value by one that may take lines of its own. A remark behind the key stays there."""
    if after is None:
        return put(text, old.start, old.end, new.lstrip(" "))
    if new.startswith(style.newline):
        rest = line_end(text, old.end) if old.start == old.end else None
        if rest is not None or text[after : old.start].strip() or "\n" in text[old.start : old.end]:
            cut = text[:after] + text[after : old.start].rstrip(" \r\n") + new + text[old.end :]
            return cut if old.start != old.end else _after_line(text, after, new, style)
        ends = line_end(text, old.end)
        tail = text[old.end : ends].rstrip("\r\n")
        return text[:after] + tail.rstrip() + new + text[old.end + len(tail) :]
    return text[:after] + new + text[old.end :]


def _after_line(text: str, after: int, new: str, style: Style) -> str:
    end = line_end(text, after)
    line = text[after:end].rstrip("\r\n")
    return text[:after] + line.rstrip() + new + (text[after + len(line) :] or style.newline)


def _one_line(value: Value, style: Style, old: Spanned) -> str:
    quote = old.style if isinstance(old, Scalar) else ""
    return scalar_text(value, style, quote) if isinstance(value, str | Word) else flow_text(value, style)


def _scalar_like(text: str, old: Scalar, value: str | Word, style: Style, below: int) -> str:
    blank = " " if old.start == old.end and text[old.start - 1 : old.start] not in (" ", "") else ""
    if isinstance(value, str) and "\n" in value:
        written = block_text(value, style, below)
        return blank + written.removeprefix(" ")
    quote = old.style if old.style in ("'", '"') else ""
    return blank + scalar_text(value, style, quote, flow=False)
