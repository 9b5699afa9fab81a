"""A file that was typed in a browser: what stayed keeps its bytes, also what a browser sends otherwise."""

from __future__ import annotations

from gehoor.core.proposals.kept_lines import kept_lines
from gehoor.core.text.normalise import composed

_MARK = "\ufeff"


def typed_text(content: bytes) -> str:
    """Return a file as a browser is given it to type in: lines end in one sign. Raises ``UnicodeDecodeError``."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def retyped(before: bytes, typed: str) -> bytes:
    """Return a file as it was typed anew. Lines that are the same keep their bytes, new ones end as the others do, and
    a byte order mark stays. Raises ``UnicodeDecodeError`` when the file cannot be read."""
    whole = before.decode()
    mark = _MARK if whole.startswith(_MARK) else ""
    old = whole.removeprefix(_MARK).splitlines(keepends=True)
    ending = "\r\n" if any(line.endswith("\r\n") for line in old) else "\n"
    new = [f"{line}{ending}" for line in typed.replace("\r\n", "\n").split("\n")]
    new[-1] = new[-1].removesuffix(ending)
    if not new[-1]:
        new.pop()
    stayed = {
        at: old[was] for was, at in kept_lines([_plain(one) for one in old], [_plain(one) for one in new])
    }
    made = [stayed.get(at, line) for at, line in enumerate(new)]
    return (mark + "".join(made)).encode()


def _plain(line: str) -> str:
    return composed(line.replace("\r\n", "\n"))
