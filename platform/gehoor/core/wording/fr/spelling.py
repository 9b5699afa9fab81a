"""Words to spell by, in French."""

from __future__ import annotations

from typing import Final

from gehoor.core.wording.port import Spelling

_LETTERS: Final = (
    "Anatole", "Berthe", "Camille", "Désiré", "Eugène", "François", "Gaston", "Henri", "Irma", "Joseph", "Kléber",
    "Louis", "Marcel", "Nicolas", "Oscar", "Pierre", "Quintal", "Raoul", "Suzanne", "Thérèse", "Ursule", "Victor",
    "William", "Xavier", "Yvonne", "Zoé",
)  # fmt: skip
_DIGITS: Final = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
SPELLING: Final = Spelling(language="fr", letters=_LETTERS, digits=_DIGITS)
