"""Every keyword of JSON Schema 2020-12: where it may stand in a form, or our word for the same purpose.

The texts are Dutch. What stands in them between braces is a keyword of ours, written as the reader's file writes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gehoor.loading.keywords.vocabulary import Vocabulary

_FORM: Final = "bovenaan het formulier"
_FIELD: Final = "bij een veld"
_MEMBER: Final = "bij een veld of een lid van een rij"
_LIST: Final = "bij een veld met type: array"
_NUMBER: Final = "bij een getal (type: integer of number)"
_TEXT: Final = "bij een tekst (type: string)"
_EVERYWHERE: Final = "overal in een formulier"


@dataclass(frozen=True, slots=True)
class JsonSchemaWord:
    """What Gehoor does with a keyword. ``place``: where it may stand; empty: it is refused. ``says``: what it means
    here, or what to write for it."""

    place: str
    says: str

    @property
    def supported(self) -> bool:
        """Whether it may stand in a form."""
        return bool(self.place)

    def told(self, vocabulary: Vocabulary) -> str:
        """Return what it means, or what to write for it, with the keywords of a file in this language."""
        return re.sub(r"\{([a-z-]+)\}", lambda found: vocabulary.word(found[1]), self.says)


def _no(says: str) -> JsonSchemaWord:
    return JsonSchemaWord("", says)


_ONE_TYPE: Final = "Elk veld heeft een vast type. Maak er een veld per soort antwoord van, met '{show-if}'."
_ONLY_WHAT_IS_THERE: Final = "Een formulier neemt altijd alleen de velden aan die er staan."
_FILES: Final = (
    "Een bestand is een veld met type: array en '{widget}: bijlagen'; de soorten staan bij '{file-kinds}'."
)
_ROWS: Final = "Elke rij van een lijst vraagt hetzelfde. Schrijf dat bij items, onder properties."
_CONDITION: Final = (
    "Schrijf '{show-if}' bij het veld dat van een ander afhangt, '{if}' bij een keuze, "
    "of een regel met '{require}'."
)
_ANCHOR: Final = "Verwijs met $ref naar een bestand en een plek: keuzes.schema.yaml#/$defs/naam."
_COUNT_ROWS: Final = "Tel rijen in een voorwaarde met '{count}', of zet minItems en maxItems bij de lijst."

WORDS: Final[Mapping[str, JsonSchemaWord]] = {
    "$schema": JsonSchemaWord(_FORM, "Zegt dat dit een formulier van Gehoor is: urn:gehoor:formulier:1."),
    "$id": _no("Een formulier heet naar zijn bestand. Laat $id weg."),
    "$ref": JsonSchemaWord(
        _MEMBER,
        "Neemt een veld of keuzelijst over uit een bestand. Wat ernaast staat, geldt ook: het strengste telt.",
    ),
    "$anchor": _no(_ANCHOR),
    "$dynamicRef": _no(_ANCHOR),
    "$dynamicAnchor": _no(_ANCHOR),
    "$vocabulary": _no("Dat staat in het dialect waar $schema naar verwijst. Laat het weg."),
    "$comment": JsonSchemaWord(_EVERYWHERE, "Een opmerking voor wie het bestand leest. Ze betekent niets."),
    "$defs": JsonSchemaWord(_FORM, "Velden en keuzelijsten om naar te verwijzen."),
    "prefixItems": _no(_ROWS),
    "items": JsonSchemaWord(_LIST, "De keuzes die er kunnen, of wat elke rij vraagt."),
    "contains": _no(_COUNT_ROWS),
    "additionalProperties": _no(_ONLY_WHAT_IS_THERE + " Laat het weg."),
    "properties": JsonSchemaWord(
        "bovenaan het formulier, en bij items van een lijst", "De velden, elk met een eigen naam."
    ),
    "patternProperties": _no(_ONLY_WHAT_IS_THERE + " Geef elk veld een eigen naam onder properties."),
    "dependentSchemas": _no(_CONDITION),
    "propertyNames": _no(_ONLY_WHAT_IS_THERE + " Laat het weg."),
    "if": _no(_CONDITION),
    "then": _no(_CONDITION),
    "else": _no(_CONDITION),
    "allOf": JsonSchemaWord(
        _FORM, "De bestanden met gedeelde velden die dit formulier overneemt, elk met $ref."
    ),
    "anyOf": _no(
        "Moet minstens een van enkele velden ingevuld zijn? Schrijf '{at-least-one}' bovenaan het formulier. "
        "Zijn het keuzes? Schrijf oneOf."
    ),
    "oneOf": JsonSchemaWord(
        _MEMBER,
        "Een keuzelijst: voor elke keuze const met de code en title met de tekst. Bij type: integer een schaal.",
    ),
    "not": _no(
        "Zeg wat wel kan: met enum, pattern of grenzen. Iets verhinderen doet een regel met '{block}', met waarom."
    ),
    "unevaluatedItems": _no(_ROWS),
    "unevaluatedProperties": _no(_ONLY_WHAT_IS_THERE + " Laat het weg."),
    "type": JsonSchemaWord(_MEMBER, "Het soort waarde: string, integer, number, boolean of array."),
    "const": JsonSchemaWord(
        "bij ja of nee (type: boolean), en bij een keuze van oneOf",
        "const: true wil zeggen dat men ja moet antwoorden, zoals akkoord gaan. In oneOf is het de code van de keuze.",
    ),
    "enum": JsonSchemaWord(
        "bij een tekst of een geheel getal", "Een korte keuzelijst. Bij type: integer wordt het een schaal."
    ),
    "multipleOf": JsonSchemaWord(_NUMBER, "Alleen veelvouden van dit getal."),
    "maximum": JsonSchemaWord(_NUMBER, "Het grootste getal."),
    "exclusiveMaximum": JsonSchemaWord(_NUMBER, "Het getal is kleiner dan dit."),
    "minimum": JsonSchemaWord(_NUMBER, "Het kleinste getal."),
    "exclusiveMinimum": JsonSchemaWord(_NUMBER, "Het getal is groter dan dit."),
    "maxLength": JsonSchemaWord(_TEXT, "Hoogstens zoveel tekens."),
    "minLength": JsonSchemaWord(_TEXT, "Minstens zoveel tekens."),
    "pattern": JsonSchemaWord(_TEXT, "Het patroon waaraan de tekst voldoet (RE2)."),
    "maxItems": JsonSchemaWord(_LIST, "Hoogstens zoveel keuzes, rijen of bestanden."),
    "minItems": JsonSchemaWord(_LIST, "Minstens zoveel keuzes, rijen of bestanden, als er iets ingevuld is."),
    "uniqueItems": JsonSchemaWord(_LIST, "Of elke keuze of rij maar een keer kan."),
    "maxContains": _no(_COUNT_ROWS),
    "minContains": _no(_COUNT_ROWS),
    "maxProperties": _no(_ONLY_WHAT_IS_THERE + " Laat het weg."),
    "minProperties": _no(
        "Moet minstens een van enkele velden ingevuld zijn? Schrijf '{at-least-one}' bovenaan het formulier."
    ),
    "required": JsonSchemaWord(
        "bovenaan het formulier, en bij items van een lijst",
        "De velden die altijd ingevuld zijn, als zij getoond worden.",
    ),
    "dependentRequired": JsonSchemaWord(
        _FORM, "Welke velden ook ingevuld moeten zijn als een ander veld dat is."
    ),
    "title": JsonSchemaWord(_EVERYWHERE, "Hoe het op de pagina heet."),
    "description": JsonSchemaWord(_EVERYWHERE, "De uitleg onder de naam."),
    "default": JsonSchemaWord(_FIELD, "Wat er al ingevuld staat; met readOnly wat er altijd staat."),
    "deprecated": JsonSchemaWord(
        "bij een keuze van oneOf", "Mag niet meer gekozen worden; blijft leesbaar in oude dossiers."
    ),
    "readOnly": JsonSchemaWord(_FIELD, "Niemand kan het veld invullen of wijzigen: het staat er als tekst."),
    "writeOnly": _no("Wie een veld mag zien, zegt '{seen-by}' bij het veld."),
    "examples": JsonSchemaWord(
        _MEMBER, "Voorbeelden van een antwoord. Zij staan onder het veld, en passen erbij."
    ),
    "format": JsonSchemaWord(
        _TEXT, "date, time, date-time, email of uri. Wat er niet aan voldoet, wordt geweigerd."
    ),
    "contentEncoding": _no(_FILES),
    "contentMediaType": _no(_FILES),
    "contentSchema": _no(_FILES),
}
"""Keyword -> what Gehoor does with it, in the order of the standard."""
