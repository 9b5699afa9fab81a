"""Stories that may be one story in other words, and stories about the same place that are not."""

from __future__ import annotations

import pytest

from gehoor.core.text.retelling import maybe_retold, telling_words

RETOLD = [
    (
        "Zondag om 11 uur zat mama nog in haar pyjama en op haar bel kwam een uur lang niemand.",
        "Mijn moeder zat zondag om 11 uur nog in pyjama. Niemand kwam toen zij belde, een uur lang.",
    ),
    ("De soep was koud en het vlees was taai, alweer.", "Koude soep, taai vlees. Voor de derde keer."),
    (
        "De verpleegkundige van de nacht snauwde papa af toen hij naar het toilet moest.",
        "Vader moest 's nachts naar toilet en de verpleegster was bot tegen hem.",
    ),
    (
        "De was van kamer 12 is al twee weken zoek, ook het blauwe vest.",
        "Blauw vest en andere kleren van kamer 12 kwijt, twee weken al.",
    ),
    (
        "De lift aan de ingang is voor de derde keer stuk en opa raakt niet naar beneden met zijn rolstoel.",
        "Grootvader zit vast boven: lift aan ingang weer stuk, hij kan met de rolstoel niet beneden geraken.",
    ),
    (
        "Op de factuur van maart staat het supplement voor de kapper twee keer.",
        "Rekening maart: supplement kapper dubbel aangerekend, twee keer dus.",
    ),
    (
        "Dokter Jans beloofde te bellen over de bloedproef en dat is nooit gebeurd.",
        "De bloedproef: dokter Jans zou bellen, beloofd, nooit iets gehoord.",
    ),
    (
        "Gisteren lag er een prik van insuline op de grond in de badkamer van mijn oma.",
        "In de badkamer van bomma lag gisteren insuline op de grond, een prik.",
    ),
    (
        "FW: klacht. Beste, De soep was koud en het vlees was taai, alweer. Groeten, Els",
        "De soep was koud en het vlees was taai, alweer.",
    ),
    (
        "Er werd geen rekening gehouden met de allergie voor noten, hij kreeg een koek met noten.",
        "Ondanks zijn notenallergie kreeg hij een koek met noten; met de allergie hield men geen rekening.",
    ),
    (
        "Dimanche à 11 heures, maman était encore en pyjama et personne n'est venu quand elle a sonné.",
        "Ma mère était encore en pyjama dimanche à 11 heures. Elle a sonné, personne n'est venu.",
    ),
    (
        "La soupe était froide et la viande dure, encore une fois.",
        "Soupe froide et viande dure, pour la troisième fois.",
    ),
    (
        "L'infirmière de nuit a crié sur mon père quand il voulait aller aux toilettes.",
        "La nuit, papa voulait aller aux toilettes et l'infirmière a crié.",
    ),
    (
        "Le linge de la chambre 12 a disparu depuis deux semaines, aussi le gilet bleu.",
        "Gilet bleu et vêtements perdus, chambre 12, depuis deux semaines.",
    ),
    (
        "La facture de mars compte deux fois le supplément pour le coiffeur.",
        "Facture mars : supplément coiffeur compté deux fois.",
    ),
    (
        "On Sunday at 11 mum was still in her pyjamas and for an hour nobody came when she rang.",
        "Mother still in pyjamas Sunday at 11. She rang the bell, one hour, nobody.",
    ),
    ("The soup was cold and the meat was tough, again.", "Cold soup and tough meat, for the third time."),
    (
        "The night nurse shouted at my father when he needed the toilet.",
        "Dad needed the toilet at night; the nurse shouted.",
    ),
    (
        "The laundry of room 12 is missing for two weeks, the blue cardigan too.",
        "Blue cardigan and clothes lost, room 12, two weeks now.",
    ),
    (
        "Dr Jans promised to phone about the blood test and never did.",
        "The blood test: doctor Jans promised a phone call, never phoned.",
    ),
]
OTHERS = [
    ("De soep was koud en het vlees was taai, alweer.", "De soep was zondag te zout en er was geen brood."),
    (
        "Zondag om 11 uur zat mama nog in haar pyjama en op haar bel kwam een uur lang niemand.",
        "Zondag kreeg mama de verkeerde pillen en niemand zei iets aan de familie.",
    ),
    (
        "De verpleegkundige van de nacht snauwde papa af toen hij naar het toilet moest.",
        "De verpleegkundige van de nacht vergat de insuline van mijn vader.",
    ),
    (
        "De was van kamer 12 is al twee weken zoek, ook het blauwe vest.",
        "De verwarming van kamer 12 is al twee weken stuk.",
    ),
    (
        "De lift aan de ingang is voor de derde keer stuk.",
        "De poort aan de ingang gaat 's avonds te vroeg dicht.",
    ),
    (
        "Op de factuur van maart staat het supplement voor de kapper twee keer.",
        "De kapper kwam in maart niet, zonder verwittiging.",
    ),
    (
        "Dokter Jans beloofde te bellen over de bloedproef en dat is nooit gebeurd.",
        "Dokter Jans was onvriendelijk tegen mijn zus aan de balie.",
    ),
    (
        "Er werd geen rekening gehouden met de allergie voor noten.",
        "Er was geen vegetarische maaltijd op het feest.",
    ),
    (
        "La soupe était froide et la viande dure, encore une fois.",
        "La viande était trop salée et le dessert manquait.",
    ),
    (
        "Le linge de la chambre 12 a disparu depuis deux semaines.",
        "Le chauffage de la chambre 12 est en panne depuis deux semaines.",
    ),
    ("The soup was cold and the meat was tough, again.", "The meat was too salty and there was no dessert."),
    (
        "The night nurse shouted at my father when he needed the toilet.",
        "The night nurse forgot my father's insulin on Sunday.",
    ),
]


@pytest.mark.parametrize(("one", "other"), RETOLD)
def test_the_same_in_other_words_may_be_one_story(one: str, other: str) -> None:
    assert maybe_retold(one, other)
    assert maybe_retold(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_what_only_has_the_place_or_the_people_in_common_is_another(one: str, other: str) -> None:
    assert not maybe_retold(one, other)


def test_next_to_nothing_is_like_nothing() -> None:
    assert not maybe_retold("", "De soep was koud.")
    assert not maybe_retold("Koud.", "Koude soep, taai vlees.")


def test_a_story_is_looked_for_by_its_longest_words() -> None:
    assert telling_words("De soep was koud en het vlees was taai, alweer.", 2) == ["vlees", "koud"]
