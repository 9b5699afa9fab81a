"""The rules that handling complaints well asks for stand in the files of the examples, or are the platform's own work.

``rules.csv``: a rule, where it stands (a file and its key there, or ``platform``), and what shows that it holds (an
example in the files, or a test).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.shipped.examples import SHIPPED
from tests.shipped.founding.agreed import agreement, organisations, table, warned
from tests.support.places import CHECKOUT

RULES = table("rules.csv")


def test_all_fifty_are_there() -> None:
    assert {row["rule"] for row in RULES} == {f"R{number:02}" for number in range(1, 51)}


@pytest.mark.parametrize("row", RULES, ids=lambda row: f"{row['rule']}-{row['where'].rpartition(':')[2]}")
def test_each_is_where_the_table_says_and_something_shows_it(row: dict[str, str]) -> None:
    if row["where"] != "platform":
        file, _, key = row["where"].partition(":")
        assert key in _named(file), row
    kind, _, proof = row["proof"].partition(": ")
    if kind == "example":
        assert proof in _cases(row["where"].partition(":")[0]), row
    else:
        file, _, name = proof.partition("::")
        assert kind == "test"
        assert name in _tests(file), row


@cache
def _read(file: str) -> dict[str, Any]:
    return dict(YAML(typ="safe", pure=True).load((SHIPPED / file).read_text("utf-8")))


def _named(file: str) -> set[str]:
    groups = ("regels", "tabellen", "termijnen", "properties")
    return {name for group in groups for name in _read(file).get(group, {})}


def _cases(file: str) -> set[str]:
    """Return the examples of a file, or of the rules beside a file of terms."""
    told = _read(file) if "voorbeelden" in _read(file) else _read(file.replace("termijnen", "regels"))
    return {one["geval"] for one in told["voorbeelden"]}


@cache
def _tests(file: str) -> frozenset[str]:
    return frozenset(_functions(ast.parse((CHECKOUT / file).read_text("utf-8"))))


def _functions(tree: ast.AST) -> Iterator[str]:
    return (one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


# What an example in the files cannot say: of a warning it is silent


SERIOUS: list[Mapping[str, Any]] = [{"acuut_gevaar": True}, {"ernst": 4}]


def test_a_nameless_complaint_is_warned_about_unless_it_is_serious() -> None:
    rule = "anoniem-alleen-bij-ernstige-feiten"
    assert rule in warned("bruggeveld", type_bericht="klacht", anoniem=True)
    for serious in SERIOUS:
        assert rule not in warned("bruggeveld", type_bericht="klacht", anoniem=True, **serious)


def test_a_letter_without_an_address_is_asked_about() -> None:
    letter = {"type_bericht": "klacht", "indieningsvorm": "schriftelijk", "anoniem": False}
    assert "schriftelijk-vraagt-een-adres" in warned("bruggeveld", **letter)
    assert "schriftelijk-vraagt-een-adres" not in warned("bruggeveld", **letter, klager_straat_nr="Vaart 1")


def test_policy_gets_an_explanation() -> None:
    refused = {"type_bericht": "klacht", "ontvankelijkheid": "niet_behandeld"}
    assert "beleid-krijgt-uitleg" in warned(
        "bruggeveld", **refused, reden_niet_ontvankelijk="beleid_en_regelgeving"
    )
    assert "beleid-krijgt-uitleg" not in warned(
        "bruggeveld", **refused, reden_niet_ontvankelijk="geen_belang"
    )


def test_every_answer_tells_where_to_go_next() -> None:
    for organisation in organisations():
        assert agreement(organisation).second_line
        assert "tweede_lijn_vermeld" in agreement(organisation).dossier_form.fields


def test_who_answers_is_reminded_to_leave_out_names() -> None:
    about = {"type_bericht": "klacht", "voorwerp": "persoon"}
    assert "geen-namen-in-het-antwoord" in warned("de-linde", **about)
    assert "geen-namen-in-het-antwoord" not in warned("de-linde", **about, geen_namen_nagekeken=True)


def test_who_a_complaint_is_about_hears_of_a_longer_term() -> None:
    extending = agreement("waterhof").terms["antwoord"].extending
    assert extending
    assert "aangeklaagde" in extending.tell


def test_who_gives_a_name_hears_what_is_kept() -> None:
    told = {"anoniem": False, "klager_email": "an@voorbeeld.example", "ontvangstmelding_op": "2026-03-04"}
    for organisation in organisations():
        assert "wat-wij-bewaren" in warned(organisation, **told)
        assert "wat-wij-bewaren" not in warned(organisation, **told, privacy_info_gegeven_op="2026-03-04")


def test_telling_it_again_may_be_a_complaint() -> None:
    assert "herhaalde-melding" in warned("de-linde", type_bericht="melding", **{"earlier-messages": 1})
    assert "herhaalde-melding" not in warned("de-linde", type_bericht="melding", **{"earlier-messages": 0})
