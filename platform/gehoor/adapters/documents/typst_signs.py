"""What every document made by Typst has in common: its signs, of which each has to be in a font, and how it is made."""

from __future__ import annotations

import json
from typing import Final

from gehoor.core.text.steering import unsteered

_BOX: Final = "\u25a1"
"""Stands for a sign that no font has."""
_EUROPEAN: Final = "\u0250"
"""Every font has the signs before this one."""
_MOST_TRIES: Final = 60
"""How many documents are made to learn which signs of one can be shown: each takes some 10 ms. What is not known by
then gets a box in that document; people write none with so many signs that no font has."""
_TRIAL: Final = b'#set document(title: "x")\n#text(json(bytes(sys.inputs.letter)))'


class Signs:
    """Which signs can be shown, learnt by trying: a document that is to be read aloud may have none that fonts lack."""

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}
        """Sign -> whether it can be shown."""

    def shown(self, said: str) -> str:
        """Return a text with a box in the place of each sign that no font has."""
        signs = {one for one in said if one >= _EUROPEAN}
        self._learn(signs)
        return said.translate({ord(one): _BOX for one in signs if not self._known.get(one, False)})

    def unshown(self, said: str) -> tuple[str, ...]:
        """Return the signs of a text that no font has, each once."""
        signs = dict.fromkeys(said)
        self._learn({one for one in signs if one >= _EUROPEAN})
        return tuple(one for one in signs if one >= _EUROPEAN and not self._known.get(one, False))

    def _learn(self, signs: set[str]) -> None:
        """Learn which signs can be shown, those that are used most first."""
        tries = _MOST_TRIES
        waiting = [sorted(signs - self._known.keys())]
        while waiting and tries:
            some = waiting.pop(0)
            if not some:
                continue
            tries -= 1
            if not self._is_shown(some):
                half = len(some) // 2
                waiting[:0] = [some[:half], some[half:]] if half else []

    def _is_shown(self, signs: list[str]) -> bool:
        """Try signs all at once; where that succeeds, or there is one, it is known."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        try:
            compiled(_TRIAL, json.dumps("".join(signs), ensure_ascii=False))
        except typst.TypstError:
            if len(signs) == 1:
                self._known[signs[0]] = False
            return False
        self._known |= dict.fromkeys(signs, True)
        return True


def drawn(text: str) -> str:
    """Return a text without signs that steer a machine."""
    return unsteered(text).replace("\n", " ").replace("\t", " ")


def compiled(template: bytes, said: str) -> bytes:
    """Return a tagged PDF document of a template with what it says (JSON). Raises what Typst raises."""
    import typst  # noqa: PLC0415 - 30 MB that most processes never need

    made = typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"letter": said},
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        raise AssertionError("it is one document")
    return made
