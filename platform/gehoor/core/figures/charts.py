"""Charts of tables as SVG: readable without colours, with a title and a description, and nothing that needs a style.

Drawn small, with each label on a line of its own, so that it can be read on a telephone; the table stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart

_WIDTH: Final = 360
_BAR: Final = 14
_LINE: Final = 34
_TEXT: Final = 12
_ROOM_FOR_NUMBER: Final = 44
_HEIGHT: Final = 150
_MOST_COLUMNS: Final = 14
_LONGEST: Final = 52
_LONGEST_UNDER: Final = 9
_PATTERNS: Final = 6
_MANY_LINES: Final = 8
_BLOCK: Final = 22
"""How long the block is that stands for a number that is not told: of any number it says as much."""
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


ShortMonth: TypeAlias = Callable[[str], str]
"""Names a month (2026-03) in a few letters."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What stands in the place of a number: of one that is ``hidden``, with what its block is filled with; and of
    ``rows`` (by their keys) of which there is none."""

    hidden: str
    hatch: str
    rows: Mapping[str, str]


def chart(
    table: FigureTable,
    description: str,
    hidden: str,
    short_month: ShortMonth,
    signs: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a table as SVG, or an empty text where there is nothing to draw, or where more rows are hidden than drawn.
    ``description``: what is said of it to who does not see it; ``hidden``: what stands where a number is not told;
    ``signs``: what stands for rows (by their keys) of which there is no number."""
    if table.chart is None or not table.lines or not any(line.total for line in table.lines):
        return ""
    stacked = table.chart is Chart.STACKED and table.broken_down_twice
    if stacked and len(table.columns) > _PATTERNS:
        # Two parts that are filled alike would be taken for one.
        return ""
    untold = [line for line in table.lines if _is_untold(line, stacked=stacked)]
    if len(untold) > sum(1 for line in table.lines if line.total and line not in untold):
        # It would be a picture of what is not there: the table says it all.
        return ""
    name = table.id.replace(".", "-")
    shown = _Signs(hidden, f"u{name}", signs)
    if stacked:
        parts, height = _stacked(table, shown)
    elif table.chart is Chart.UPRIGHT and _fits(
        labels := [_under(one.head, short_month) for one in table.lines]
    ):
        parts, height = list(_upright(table, labels, shown)), _HEIGHT + 36
    else:
        lines = _drawn(table.lines)
        parts, height = list(_bars(lines, shown)), _LINE * len(lines) + 6
    if untold:
        parts.insert(0, _hatch(shown.hatch))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" class="chart" role="img" '
        f'aria-labelledby="c{name}-t c{name}-d" font-size="{_TEXT}" font-family="sans-serif" fill="currentColor">'
        f'<title id="c{name}-t">{escape(table.title)}</title><desc id="c{name}-d">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _is_untold(line: Line, *, stacked: bool) -> bool:
    """Say whether a row cannot be drawn, as a number of it is not told."""
    return line.total is None or (stacked and any(count is None for count in line.counts))


def _drawn(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the rows that a drawing shows: of very many not those of which there are none."""
    return lines if len(lines) <= _MANY_LINES else [line for line in lines if line.total != 0]


def _bars(lines: Sequence[Line], signs: _Signs) -> Iterator[str]:
    most = max(line.total or 0 for line in lines) or 1
    for number, line in enumerate(lines):
        top = number * _LINE
        yield _text(0, top + 11, _short(line.head.label))
        if line.head.key in signs.rows:
            yield _text(0, top + 27, signs.rows[line.head.key])
            continue
        if line.total is None:
            yield _untold(signs, 0, top + 15, _BLOCK, _BAR)
            yield _text(_BLOCK + 5, top + 27, signs.hidden)
            continue
        width = round((_WIDTH - _ROOM_FOR_NUMBER) * line.total / most)
        yield f'<rect x="0" y="{top + 15}" width="{max(width, 1)}" height="{_BAR}"/>'
        yield _text(max(width, 1) + 5, top + 27, str(line.total))


def _fits(labels: Sequence[str]) -> bool:
    return len(labels) <= _MOST_COLUMNS and all(len(one) <= _LONGEST_UNDER for one in labels)


def _under(head: Head, short_month: ShortMonth) -> str:
    """Return a label as it stands under a column: of a month a few letters."""
    return short_month(head.key) if _MONTH.fullmatch(head.key) else head.label


def _upright(table: FigureTable, labels: Sequence[str], signs: _Signs) -> Iterator[str]:
    most = max(line.total or 0 for line in table.lines) or 1
    room = _WIDTH / len(table.lines)
    for number, line in enumerate(table.lines):
        middle = round(room * (number + 0.5), 1)
        yield _text(middle, _HEIGHT + 30, labels[number], anchor="middle")
        width = round(min(room * 0.7, 46), 1)
        left = round(middle - width / 2, 1)
        if line.head.key in signs.rows:
            yield _text(middle, _HEIGHT + 10, signs.rows[line.head.key], anchor="middle")
            continue
        if line.total is None:
            yield _untold(signs, left, _HEIGHT + 16 - _BLOCK, width, _BLOCK)
            yield _text(middle, _HEIGHT + 12 - _BLOCK, signs.hidden, anchor="middle")
            continue
        height = round(_HEIGHT * line.total / most)
        yield f'<rect x="{left}" y="{_HEIGHT - height + 16}" width="{width}" height="{max(height, 1)}"/>'
        yield _text(middle, _HEIGHT - height + 12, str(line.total), anchor="middle")


def _stacked(table: FigureTable, signs: _Signs) -> tuple[list[str], int]:
    most = max(sum(count or 0 for count in line.counts) for line in table.lines) or 1
    name = f"p{table.id.replace('.', '-')}"
    parts = [f"<defs>{''.join(_patterns(name))}</defs>"]
    for number, line in enumerate(table.lines):
        top, left = number * _LINE, 0.0
        parts.append(_text(0, top + 11, _short(line.head.label)))
        if _is_untold(line, stacked=True):
            parts += [_untold(signs, 0, top + 15, _BLOCK, _BAR), _text(_BLOCK + 5, top + 27, signs.hidden)]
            continue
        for place, count in enumerate(line.counts):
            width = round((_WIDTH - _ROOM_FOR_NUMBER) * (count or 0) / most, 1)
            if width:
                parts.append(_part(left, top + 15, width, f"{name}-{place}"))
            left += width
        parts.append(_text(round(left + 5), top + 27, str(line.total)))
    top = len(table.lines) * _LINE + 8
    for place, column in enumerate(table.columns):
        parts.append(_part(0, top + place * 20, 20, f"{name}-{place}"))
        parts.append(_text(27, top + place * 20 + 11, _short(column.label)))
    return parts, top + len(table.columns) * 20


def _untold(signs: _Signs, left: float, top: float, width: float, height: float) -> str:
    """Return a block that stands for a number that is not told: an outline in dashes, which no bar has, so that nobody
    takes it for one, or for none."""
    return (
        f'<rect x="{left + 0.5}" y="{top + 0.5}" width="{round(width - 1, 1)}" height="{round(height - 1, 1)}" '
        f'fill="url(#{signs.hatch})" stroke="currentColor" stroke-dasharray="3 2"/>'
    )


def _hatch(name: str) -> str:
    """Return what such a block is filled with: thin lines, in the direction that no part has."""
    return (
        f'<defs><pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<path d="M-1 -1 6 6M-1 4 1 6M4 -1 6 1" stroke="currentColor" stroke-width="0.6"/></pattern></defs>'
    )


def _part(left: float, top: int, width: float, pattern: str) -> str:
    return f'<rect x="{left}" y="{top}" width="{width}" height="{_BAR}" fill="url(#{pattern})" stroke="currentColor"/>'


def _patterns(name: str) -> Iterator[str]:
    """Give what parts are filled with: they differ in black and white too."""
    drawn: Sequence[str] = (
        '<rect width="8" height="8"/>',
        '<path d="M-2 2 2-2M0 8 8 0M6 10l4-4" stroke="currentColor" stroke-width="1.6"/>',
        '<circle cx="4" cy="4" r="1.7"/>',
        '<path d="M0 4h8" stroke="currentColor" stroke-width="1.6"/>',
        '<path d="M0 0 8 8M8 0 0 8" stroke="currentColor" stroke-width="1"/>',
        # Last: an empty part looks as if nothing were there.
        "",
    )
    for number, inside in enumerate(drawn):
        yield (
            f'<pattern id="{name}-{number}" width="8" height="8" patternUnits="userSpaceOnUse">{inside}</pattern>'
        )


def _text(left: float, top: float, said: str, anchor: str = "") -> str:
    how = f" text-anchor={quoteattr(anchor)}" if anchor else ""
    return f'<text x="{left}" y="{top}"{how}>{escape(said)}</text>'


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}\u2026"
