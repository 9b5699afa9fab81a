"""The page with every keyword of JSON Schema 2020-12: what it does in a form, or which word of ours does that."""

from __future__ import annotations

from typing import Final

from gehoor.loading.keywords.json_schema import WORDS, JsonSchemaWord
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary

_HEAD: Final = """# JSON Schema in onze formulieren

Deze bladzijde komt uit Gehoor zelf: `gehoor schema json-schema > docs/reference/json-schema.md`.

Een formulier is JSON Schema 2020-12 met onze eigen woorden erbij. Hier staan de {all} woorden van die standaard. Van
{some} zegt de standaard zelf wat zij doen; zij doen dat ook bij ons. De andere {others} weigert `gehoor check` met hun
naam, en met het woord van ons voor hetzelfde doel.

Bij `format` is `date` in een bestand jaar-maand-dag en `time` een uur zoals 17:30. Mensen mogen ze schrijven zoals zij
gewoon zijn. Een getal met cijfers na de komma bewaren wij als tekst, zodat er niets van verloren gaat. Een leeg
antwoord is geen antwoord: minLength en minItems gelden pas als er iets ingevuld is.
"""
_TABLE: Final = "| woord | waar het kan staan | wat het doet |\n|---|---|---|"
_REFUSED: Final = "| woord | wat u dan schrijft |\n|---|---|"


def json_schema_page() -> str:
    """Return the page, in Markdown."""
    taken = {word: about for word, about in WORDS.items() if about.supported}
    refused = {word: about for word, about in WORDS.items() if not about.supported}
    return "\n".join(
        [
            _HEAD.format(all=len(WORDS), some=len(taken), others=len(refused)),
            "## Wat werkt zoals de standaard zegt\n",
            _TABLE,
            *(f"| `{word}` | {about.place} | {_told(about)} |" for word, about in taken.items()),
            "\n## Wat bij ons anders heet\n",
            _REFUSED,
            *(f"| `{word}` | {_told(about)} |" for word, about in refused.items()),
            "",
        ]
    )


def _told(about: JsonSchemaWord) -> str:
    return about.told(load_vocabulary(DEFAULT_LANGUAGE)).replace("'", "`")
