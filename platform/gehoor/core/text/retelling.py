"""Whether two stories may be one story, told in other words: a hint for people, by which nothing is ever decided.

Words that say little are left out, those of one family are one word, and a slip of the pen is forgiven. Words for
family members and meals are what complaints are full of, so that those that mean the same are the same here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

from gehoor.core.text.normalise import normalised_words
from gehoor.core.text.similarity import nearly_same

_LITTLE_WORDS: Final = """
aan al alles als altijd andere ben bent bij dan dat de deze die dit doen door dus een eens en er ergens even
ging haar had hadden heb hebben heeft heel hem hen het hier hij hoe hun iemand iets ik in is ja je jij jou
jullie kan kon kreeg krijgt kwam kwamen maar me meer men met mij mijn moest moet mocht na naar net niemand
niet niets nog nu of om omdat ons onze ook op over pas te ten ter toen toch tot u uit uw van veel voor waar
wanneer want was waren wat we weer wel werd werden wie wij wil worden wordt wou zal ze zei zelf zich zij zijn
zo zonder zou alweer klacht
a ai alors au aucun aussi autre avec avait avons aux avoir bien c ce cela ces cet cette comme d dans de des
donc du elle elles en encore est et etait eu fait il ils j je l la le les leur lui m ma mais me mes moi mon n
ne nous on ou par pas personne peu plus pour qu que qui rien s sa sans se ses si son sont sur t toujours tous
tout tres trop un une vous y ete fois
about after again all also am an and any are as at be because been before but by came come could did do does
for from get got had has have he her here him his how i if into it its just me more my never no nobody not now
of off on one or our out over she so some somebody still than that the their them then there they this to too
up us very was we went were what when where which who will with would you your
kamer week weken dag dagen twee drie keer gisteren nacht nachts chambre semaine semaines jour jours deux trois
hier nuit depuis room week weeks day days two three time times yesterday night
"""
_LITTLE: Final = frozenset(_LITTLE_WORDS.split())
"""Words that say little, in Dutch, French and English; at the end those of how often, how long and in which room, which
many stories have in common."""
_ALIKE: Final = (
    "moeder mama ma moederke moemoe mere maman mother mum mom",
    "vader papa pa pere father dad",
    "oma bomma grootmoeder grand granny grandmother",
    "opa bompa grootvader grandfather",
    "uur uren heure heures hour hours",
    "soep soepe soupe potage soup",
    "koud koude kou kil kille lauw ijskoud ijskoude froid froide glacee cold lukewarm",
    "bel belde bellen gebeld bellleke sonnette sonne sonner alarme bell rang ring rings buzzer",
    "verpleegster verpleegkundige verpleger infirmiere infirmier nurse",
    "zondag dimanche sunday",
    "was wasgoed kleren kleding linge vetements laundry clothes",
    "kwijt zoek verdwenen weg verloren perdu perdus disparu disparus lost missing gone",
    "onbeleefd bot kortaf snauwde snauwt grof impoli impolie rude snapped",
    "factuur rekening facture invoice bill",
)
"""Words that mean the same in a complaint, whatever the language."""
_MEANT: Final = "="
"""Before what several words mean."""
_STEM: Final = 5
"""So many letters say which family a word is of."""
_PIECE: Final = 3
_SLIP: Final = 0.5
"""Two words with such a share of their pieces in common differ by a slip of the pen."""
_FEW: Final = 3
"""With fewer words in common nothing is said."""
_WITHIN: Final = 0.6
"""Such a share of the shorter story stands in the longer."""
_READ: Final = 8000
_MOST: Final = 120
"""So many words of a story are compared, the first."""


def _families() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _ALIKE:
        first, *_ = words = line.split()
        found |= dict.fromkeys(words, f"{_MEANT}{first}")
    return found


_FAMILY: Final = _families()


def maybe_retold(one: str, other: str) -> bool:
    """Say whether two texts may tell the same: in another order, in other words here and there, or in short."""
    if nearly_same(one, other):
        return True
    fewer, more = sorted((_telling(one[:_READ]), _telling(other[:_READ])), key=lambda told: len(told.words))
    shared = sum(map(more.has, fewer.words))
    return shared >= _FEW and shared / len(fewer.words) >= _WITHIN


class PlainLikeness:
    """What says of two stories whether they may be one, without any model of a language."""

    def maybe_retold(self, one: str, other: str) -> bool:
        """Say whether two texts may tell the same."""
        return maybe_retold(one, other)


def telling_words(text: str, most: int) -> list[str]:
    """Return the longest words of a text that say something: by those it is looked for among others."""
    words = {word for word in normalised_words(text[:_READ]) if word not in _LITTLE}
    return sorted(words, key=lambda word: (-len(word), word))[:most]


class _Telling:
    """The words of a story that say something, by their families and their pieces: so that those that are like another
    are found without comparing each with each."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        plain = [word for word in self.words if not word.startswith(_MEANT)]
        self._stems = {word[:_STEM] for word in plain if len(word) >= _STEM}
        self._by_piece: dict[str, list[str]] = defaultdict(list)
        for word in plain:
            for piece in _pieces(word):
                self._by_piece[piece].append(word)

    def has(self, word: str) -> bool:
        """Say whether a word is one of these: the same, of its family, or with a slip of the pen."""
        if word in self.words:
            return True
        if word.startswith(_MEANT):
            return False
        if len(word) >= _STEM and word[:_STEM] in self._stems:
            return True
        pieces = _pieces(word)
        common = Counter(like for piece in pieces for like in self._by_piece.get(piece, ()))
        return any(2 * n / (len(pieces) + len(_pieces(like))) >= _SLIP for like, n in common.items())


@lru_cache(maxsize=200)
def _telling(text: str) -> _Telling:
    words = (word for word in normalised_words(text) if word not in _LITTLE and not word.isdigit())
    return _Telling(islice(dict.fromkeys(_FAMILY.get(word, word) for word in words), _MOST))


def _pieces(word: str) -> frozenset[str]:
    return frozenset(word[index : index + _PIECE] for index in range(len(word) - _PIECE + 1))
