"""What was found right, and is right again where the same is said: departments share most of what they agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any, Final

from gehoor.core.agreement.parse import Parts
from gehoor.core.text.problems import Problem

_TEXTS: Final = 4


def digest_of(said: Any) -> bytes:
    """Return what stands for plain data, all of it: one and yes are not the same, and neither is another order."""
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=20).digest()


class Sound:
    """What one check after another found nothing wrong with. Of what was wrong nothing is kept: it is told again, at
    the place where it stands then."""

    def __init__(self, known: frozenset[tuple[str, bytes]] = frozenset()) -> None:
        self.known: Final = known
        """What was found right before, elsewhere: by check, the digest of what it went by."""
        self.fields: Final[dict[tuple[str, str], Any]] = {}
        """What was made of fields to hold answers against, by their name and all that they say."""
        self.settled: Final[dict[tuple[Any, ...], tuple[Any, bytes]]] = {}
        """Things of which the values got the type of their field, and the digests of those; not to be changed. By their
        place, what they said before, and what the fields say that they name."""
        self.words: Final[dict[bytes, frozenset[str]]] = {}
        """The words in a thing, by its digest."""
        self.logic: Final[dict[tuple[Any, ...], bytes]] = {}
        """What a thing comes to without the words that are only read, by its place and digest."""
        self._parts: Final[dict[tuple[str, str], Parts]] = {}
        self._texts: Final[dict[str, dict[bytes, str]]] = {}
        self._languages: Final[dict[tuple[Any, bytes], frozenset[str]]] = {}
        self._right = set(known)
        self._asked: set[tuple[str, bytes]] = set()

    @property
    def asked(self) -> frozenset[tuple[str, bytes]]:
        """All that was asked about and is right."""
        return frozenset(self._asked & self._right)

    def parts_of(self, organisation: str, department: str) -> Parts:
        """Return what was built of the agreement of a department before."""
        return self._parts.setdefault((organisation, department), Parts())

    def text_of(self, section: str, digest: bytes, write: Callable[[], str]) -> str:
        """Return a section as a text: as it was written before where it says the same, of the last few."""
        written = self._texts.setdefault(section, {})
        if digest not in written:
            while len(written) >= _TEXTS:
                written.pop(next(iter(written)))
            written[digest] = write()
        return written[digest]

    def languages_of(
        self, thing: tuple[Any, bytes], find: Callable[[], Iterable[tuple[Any, str]]]
    ) -> frozenset[str]:
        """Return the languages in which a thing, by its place and digest, says something too."""
        if thing not in self._languages:
            self._languages[thing] = frozenset(language for _, language in find())
        return self._languages[thing]

    def unless(self, check: str, said: Any, find: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what a check finds, unless it found nothing in the same before. ``said``: all that it goes by."""
        # The digest stands for the text: what is kept of a look is little, however much was looked at.
        key = check, digest_of(said)
        self._asked.add(key)
        if key in self._right:
            return []
        found = [*find()]
        if not found:
            self._right.add(key)
        return found
