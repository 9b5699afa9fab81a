"""A key or an item in another place among its own, with its remarks."""

from __future__ import annotations

from itertools import pairwise

from gehoor.loading.editing.lines import column, is_first_on_line, line_end, put, with_remarks
from gehoor.loading.editing.removing import index_of, places_of
from gehoor.loading.editing.spans import NoSpansError, Path, Scalar, node_at, spans_of
from gehoor.loading.editing.values import Style


def text_moved(text: str, path: Path, to: int) -> str:
    """Return the text with a key or item at another index among its own."""
    parent = node_at(spans_of(text), path[:-1])
    at = index_of(parent, path[-1])
    places = places_of(text, parent)
    assert not isinstance(parent, Scalar)
    if to == at:
        return text
    if parent.flow:
        texts = [text[start:end] for start, end in places]
        texts.insert(to, texts.pop(at))
        for (start, end), new in reversed(list(zip(places, texts, strict=True))):
            text = put(text, start, end, new)
        return text
    style = Style.of(text)
    bounds = [
        (with_remarks(text, start, first=index == 0), line_end(text, end))
        for index, (start, end) in enumerate(places)
    ]
    blank = ""
    if not is_first_on_line(text, places[0][0]):
        # The first stands behind the dash of an item.
        bounds[0] = (places[0][0], bounds[0][1])
        blank = " " * column(text, places[0][0])
    ended = text.endswith("\n")
    if not ended:
        text += style.newline
        bounds[-1] = (bounds[-1][0], len(text))
    blocks = [text[start:end] for start, end in bounds]
    blocks[0] = blank + blocks[0]
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(bounds)]
    blocks.insert(to, blocks.pop(at))
    if blank and not blocks[0].startswith(blank):
        raise NoSpansError("first")
    blocks[0] = blocks[0].removeprefix(blank)
    if blank and blocks[0].startswith(("#", " ")):
        raise NoSpansError("first")
    moved = "".join(block + gap for block, gap in zip(blocks, [*gaps, ""], strict=True))
    made = text[: bounds[0][0]] + moved + text[bounds[-1][1] :]
    return made if ended else made.removesuffix(style.newline)
