"""What changes in a report, said as people do it: a chapter is called otherwise, moved, left out, or new."""

from __future__ import annotations

from gehoor.core.wording.chapters import Chapter, Item, Part, Sentence
from gehoor.core.wording.nl.agreement.change.changes import changes

COUNTS = ("Hoeveel er binnenkwam", ("Berichten per soort", "Klachten per maand"))
RIGHT = ("Gegrond of niet", ("Gegrondheid",))
LEARNED = ("Wat wij leerden", ())
OWN = ("Onze wachtlijst", ("Antwoorden per maand",))


def report(
    *chapters: tuple[str, tuple[str, ...]], called: dict[str, str] | None = None
) -> tuple[Chapter, ...]:
    """Return a report in words. ``called``: what chapters are called that have another name in the report that is
    adapted."""
    said = []
    for key, tables in chapters:
        title = (called or {}).get(key, key)
        part = Part(key, title, f"met {len(tables)} tabellen")
        said.append(Sentence(f"reports/jaarverslag/chapters/{key}", f"Hoofdstuk “{title}”.", part=part))
        for table in tables:
            at = f"reports/jaarverslag/chapters/{key}/{table}"
            said.append(Sentence(at, f"“{table}”: hoeveel.", part=part))
    item = Item("reports/jaarverslag", "Jaarverslag", tuple(said))
    return (Chapter("reports", "Verslagen", (item,)),)


def told(before: tuple[Chapter, ...], after: tuple[Chapter, ...], *names: str) -> list[str]:
    found = changes(before, after, (names[0], names[1]) if names else ("", ""))
    return [one.sentence.removeprefix("Bij “Jaarverslag”. ") for one in found]


def test_a_chapter_that_is_called_otherwise_is_one_line() -> None:
    after = report(COUNTS, RIGHT, LEARNED, called={COUNTS[0]: "Wat wij hoorden"})
    assert told(report(COUNTS, RIGHT, LEARNED), after) == [
        "Hoofdstuk “Hoeveel er binnenkwam” heet nu “Wat wij hoorden”."
    ]


def test_a_chapter_of_ones_own_that_is_called_otherwise_is_known_by_what_it_says() -> None:
    after = report(RIGHT, ("Wie wachtte", OWN[1]))
    assert told(report(RIGHT, OWN), after) == ["Hoofdstuk “Onze wachtlijst” heet nu “Wie wachtte”."]


def test_a_chapter_that_comes_elsewhere() -> None:
    assert told(report(COUNTS, RIGHT, LEARNED), report(RIGHT, LEARNED, COUNTS)) == [
        "Hoofdstuk “Hoeveel er binnenkwam” staat nu na “Wat wij leerden”."
    ]
    assert told(report(COUNTS, RIGHT, LEARNED), report(LEARNED, COUNTS, RIGHT)) == [
        "Hoofdstuk “Wat wij leerden” staat nu vooraan."
    ]


def test_a_chapter_that_is_left_out_and_one_that_is_new() -> None:
    assert told(report(COUNTS, RIGHT), report(COUNTS, OWN)) == [
        "Nieuw hoofdstuk “Onze wachtlijst”, met 1 tabellen.",
        "Hoofdstuk “Gegrond of niet” is weggelaten.",
    ]


def test_a_table_more_and_a_table_less_in_a_chapter_that_stays() -> None:
    after = report((COUNTS[0], ("Berichten per soort", "Berichten per jaar")))
    assert told(report(COUNTS), after) == [
        "Hoofdstuk “Hoeveel er binnenkwam”. Nieuw: “Berichten per jaar”: hoeveel.",
        "Hoofdstuk “Hoeveel er binnenkwam”. Weg: “Klachten per maand”: hoeveel.",
    ]


def test_a_table_that_is_called_as_its_chapter_is_another_thing() -> None:
    whole = ("Gegrond", ("Gegrond",))
    assert told(report(whole), report(whole)) == []
    assert told(report(whole), report(("Gegrond", ()))) == ["Hoofdstuk “Gegrond”. Weg: “Gegrond”: hoeveel."]


def test_of_two_that_hold_beside_each_other_each_is_named() -> None:
    found = told(report(COUNTS, RIGHT), report(RIGHT, COUNTS, OWN), "Thuis", "Beukenhof")
    assert found == [
        "Alleen bij Beukenhof: hoofdstuk “Onze wachtlijst”, met 1 tabellen.",
        "Hoofdstuk “Hoeveel er binnenkwam” staat bij Beukenhof na “Gegrond of niet”.",
    ]


def test_of_a_table_that_only_becomes_internal_that_alone_is_said() -> None:
    def said(end: str) -> tuple[Chapter, ...]:
        part = Part(RIGHT[0], RIGHT[0], "met 1 tabel")
        at = f"reports/jaarverslag/chapters/{RIGHT[0]}/Gegrondheid"
        sentence = Sentence(at, f"“Gegrondheid”: hoeveel dossiers.{end}", part=part)
        return (Chapter("reports", "Verslagen", (Item("reports/jaarverslag", "Jaarverslag", (sentence,)),)),)

    inside = said(" Dit staat niet in de openbare versie.")
    named = "Hoofdstuk “Gegrond of niet”. “Gegrondheid”."
    assert told(said(""), inside) == [f"{named} Nieuw: Dit staat niet in de openbare versie."]
    assert told(inside, said("")) == [f"{named} Weg: Dit staat niet in de openbare versie."]
    (beside,) = told(said(""), inside, "Beukenhof", "Eikenrode")
    assert beside.startswith("Bij Beukenhof: “Gegrondheid”"), "two that hold beside each other are said whole"
