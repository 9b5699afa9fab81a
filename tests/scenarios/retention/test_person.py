"""What somebody gets who asks what is kept about them: no more than is theirs."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.access.disclosure import Party
from gehoor.services.access.access_log import readers_of
from gehoor.services.access.authorisation import NotAllowedError, Operator
from gehoor.services.agreements.publishing import Validity, publish
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import Disclosed, about_person
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.jobs.sweep import sweep
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from tests.support.belonging import NOW as MERGED
from tests.support.belonging import belonging, house, ready
from tests.support.belonging import told as belonging_told
from tests.support.cli_run import run
from tests.support.clock import at
from tests.support.de_linde import PHONE, fill, open_by_web, proposal, publish_change, staff
from tests.support.retention import TOLD, closed_complaint, keeping, keeping_de_linde
from tests.support.site import new_site

NOW = at("2026-07-01 09:00")


def sharing(document: dict[str, object]) -> None:
    """Let the file say more: the judgement is for both, the reason of it for who complained, the story for both."""
    keeping(document)
    fields = document["forms"]["dossier"]["properties"]
    fields["gegrondheid"]["disclosed-to"] = "both"
    fields["gegrondheid_motivering"]["disclosed-to"] = "complainant"
    fields["uiteenzetting"]["disclosed-to"] = "both"
    fields["vertrouwelijk_tegenover_aangeklaagde"]["meaning"] = "shielded"


@pytest.fixture
def runtime() -> Runtime:
    runtime = keeping_de_linde(None, sharing)
    for name, role in (("els", "kwaliteitscoordinator"), ("ria", "onthaal"), ("xandrine", "onthaal")):
        staff(runtime, name, role)
    return runtime


def told(runtime: Runtime, person: Person, party: Party, actor: str = "els") -> list[Disclosed]:
    return [*about_person(runtime, "de-linde", person, party, actor, NOW).dossiers]


def answers(one: Disclosed) -> dict[str, str]:
    return {field: text for field, _, text in one.answers}


@pytest.mark.parametrize(
    "person",
    [
        Person(name="vermaerckt zwaantje"),
        Person(email="Zwaantje.Vermaerckt@voorbeeld.be"),
        Person(phone="+32 471 98 76 54"),
    ],
)
def test_who_complained_is_found_however_they_are_known(runtime: Runtime, person: Person) -> None:
    dossier = closed_complaint(runtime)
    open_by_web(runtime, "2026-06-01 09:00", klager_naam="Iemand Anders", klager_email="iemand@anders.be")
    assert [one.dossier for one in told(runtime, person, Party.COMPLAINANT)] == [dossier]


def test_who_complained_gets_their_own_words_and_not_those_of_others(runtime: Runtime) -> None:
    closed_complaint(runtime)
    (one,) = told(runtime, Person(email=TOLD["klager_email"]), Party.COMPLAINANT)
    given = answers(one)
    assert given["uiteenzetting"] == TOLD["uiteenzetting"]
    assert given["gegrondheid"] == "Gegrond"
    assert given["gegrondheid_motivering"] == "Xandrine was die dag kortaf."
    assert (
        not {"ernst_motivering", "gesignaleerde_feiten", "omstandigheden", "bewaarblokkering"} & given.keys()
    )
    assert "Odilon huilde" not in repr(one)
    assert "Kunigonde" not in repr(one)
    assert [text for _, _, text in one.written] == [
        "Bel mijn zus Petronella Zoetewey.",
        "Wij belden Petronella.",
    ]
    assert one.withheld


def test_whom_it_is_about_does_not_hear_who_complained_when_that_was_promised(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    fill(
        runtime, dossier, "2026-06-11 09:00", actor="els", voorwerp="persoon", aangeklaagde_medewerkers=["xandrine"],
        vertrouwelijk_tegenover_aangeklaagde="ja",
    )  # fmt: skip
    (one,) = told(runtime, Person(account="xandrine"), Party.ACCUSED)
    assert answers(one)["gegrondheid"] == "Gegrond"
    for word in ("Zwaantje", "Vermaerckt", "Petronella", "Odilon", "0471", "els"):
        assert word not in repr(one.answers)
    assert (one.written, one.sent, one.files, one.happened) == ((), (), (), ())
    fill(runtime, dossier, "2026-06-12 09:00", actor="els", vertrouwelijk_tegenover_aangeklaagde="nee")
    (one,) = told(runtime, Person(account="xandrine"), Party.ACCUSED)
    assert answers(one)["uiteenzetting"] == TOLD["uiteenzetting"]
    assert "klager_naam" not in answers(one)


def test_who_only_stands_too_close_is_not_the_one_it_is_about(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    fill(runtime, dossier, "2026-06-11 09:00", actor="els", belangenconflict=["xandrine"])
    assert told(runtime, Person(account="xandrine"), Party.ACCUSED) == []


def test_the_officer_gets_all_of_it_also_where_a_name_is_only_mentioned(runtime: Runtime) -> None:
    closed_complaint(runtime)
    (one,) = told(runtime, Person(name="Quackelbeen"), Party.OFFICER)
    assert one.withheld == 0
    assert {"gesignaleerde_feiten", "klager_naam"} <= answers(one).keys()
    assert one.happened[0][1] == "opened"


def test_who_has_no_role_for_it_gives_nothing(runtime: Runtime) -> None:
    closed_complaint(runtime)
    with pytest.raises(NotAllowedError):
        told(runtime, Person(name="Quackelbeen"), Party.OFFICER, "ria")


def test_who_gives_it_gives_no_dossier_that_does_not_exist_for_them(runtime: Runtime) -> None:
    staff(runtime, "an", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    fill(
        runtime, dossier, "2026-06-11 09:00", actor="els", voorwerp="persoon", aangeklaagde_medewerkers=["an"]
    )
    assert told(runtime, Person(email=TOLD["klager_email"]), Party.COMPLAINANT, "an") == []


def test_once_it_is_anonymised_nothing_is_found(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    later = at("2031-06-11 09:00")
    approve(runtime, [dossier], "els", later)
    carry_out(runtime, None, later)
    for person in (
        Person(email=TOLD["klager_email"]),
        Person(name="Zwaantje Vermaerckt"),
        Person(name="Odilon"),
    ):
        assert told(runtime, person, Party.OFFICER) == []


def test_the_command_writes_a_folder_that_others_cannot_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime = keeping_de_linde(store, sharing)
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    closed_complaint(runtime)
    store.close()
    monkeypatch.setenv("GEHOOR_STORE", str(tmp_path / "register.db"))
    folder = tmp_path / "inzage"
    asked = ("person", "de-linde", "--email", TOLD["klager_email"], "--as", "klager", "--to", folder)
    assert "Volgens de afspraken is dit voor: Kwaliteitscoördinator" in run(*asked, "--by", "ria").err
    ran = run(*asked, "--by", "els")
    assert (ran.code, ran.out, ran.err) == (0, f"1 dossier in {folder}.\n", "")
    text = (folder / "inzage.txt").read_text("utf-8")
    assert TOLD["uiteenzetting"] in text
    assert "Weggelaten, omdat" in text
    assert json.loads((folder / "inzage.json").read_text("utf-8"))["dossiers"][0]["number"] == "BEU-2026-0001"
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert "bestaat al" in run(*asked, "--by", "els").err


def test_it_says_where_nobody_looked_and_makes_no_folder_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime = keeping_de_linde(store, sharing)
    publish_change(runtime, sharing, "2026-05-01 09:00", "eikenrode")
    staff(runtime, "els", "kwaliteitscoordinator")
    closed_complaint(runtime)
    store.close()
    monkeypatch.setenv("GEHOOR_STORE", str(tmp_path / "register.db"))
    folder = tmp_path / "inzage"
    asked = ("person", "de-linde", "--as", "klager", "--by", "els", "--to", folder)
    nothing = run(*asked, "--email", "niemand@voorbeeld.be")
    assert (nothing.code, "niets gevonden" in nothing.err, folder.exists()) == (1, True, False)
    ran = run(*asked, "--email", TOLD["klager_email"])
    assert "Niet gezocht in: WZC Eikenrode." in ran.out
    assert "Niet gezocht in: WZC Eikenrode." in (folder / "inzage.txt").read_text("utf-8")


def test_what_was_told_inside_is_for_the_officer_only(runtime: Runtime) -> None:
    closed_complaint(runtime)
    sweep(runtime, NOW)
    person = Person(email=TOLD["klager_email"])
    sent = {party: told(runtime, person, party)[0].sent for party in (Party.COMPLAINANT, Party.OFFICER)}
    assert sent[Party.COMPLAINANT] == ()
    assert sent[Party.OFFICER]


def test_on_a_page_it_is_given_as_one_file() -> None:
    site = new_site("2026-05-02 09:00")
    publish_change(site.runtime, sharing, "2026-05-01 09:00")
    site.clock.to("2026-07-01 09:00")
    closed_complaint(site.runtime)
    els, ria = site.staff("els", "kwaliteitscoordinator"), site.staff("ria", "onthaal")
    assert ria.get("/medewerker/inzage").status_code == 403
    assert "Inzage geven" not in ria.page("/medewerker/").text
    assert "Inzage geven" in els.page("/medewerker/").text
    page = "/medewerker/inzage"
    assert els.send(page, voor="klager").status_code == 422
    nobody = els.send(page, voor="klager", email="niemand@voorbeeld.be")
    assert (nobody.status_code, "Over deze persoon is niets gevonden." in nobody.text) == (422, True)
    answer = els.send(page, voor="klager", email=TOLD["klager_email"])
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.namelist() == ["inzage.txt", "inzage.json"]
        assert TOLD["uiteenzetting"] in packed.read("inzage.txt").decode()


def test_giving_access_is_reading_and_stands_in_the_log(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    told(runtime, Person(email=TOLD["klager_email"]), Party.COMPLAINANT)
    assert [(one.access.reader, one.access.way) for one in readers_of(runtime, dossier, NOW)] == [
        ("els", "disclosure")
    ]


def test_who_may_not_know_of_a_confidential_dossier_gives_none_of_it(runtime: Runtime) -> None:
    def for_dirk(document: dict[str, Any]) -> None:
        sharing(document)
        document["rights"]["export-person"] = ["dagelijks-verantwoordelijke"]

    publish_change(runtime, for_dirk, "2026-01-02 09:00")
    staff(runtime, "dirk", "dagelijks-verantwoordelijke")
    staff(runtime, "an", "algemeen-directeur")
    dossier = closed_complaint(runtime)
    person = Person(email=TOLD["klager_email"])
    assert [one.dossier for one in told(runtime, person, Party.OFFICER, "dirk")] == [dossier]
    fill(runtime, dossier, "2026-06-11 09:00", actor="els", vertrouwelijkheid="streng")
    assert told(runtime, person, Party.OFFICER, "dirk") == []


def test_the_officer_looks_for_a_name_and_not_for_how_words_begin(runtime: Runtime) -> None:
    dossier = closed_complaint(runtime)
    found = {
        name: [one.dossier for one in told(runtime, Person(name=name), Party.OFFICER)]
        for name in ("Zwaantje Vermaerckt", "quackelbeen", "Zwaan", "ver", " ")
    }
    assert found == {
        "Zwaantje Vermaerckt": [dossier], "quackelbeen": [dossier], "Zwaan": [], "ver": [], " ": [],
    }  # fmt: skip


def test_who_gives_access_is_who_does_so_today_whatever_was_planned(runtime: Runtime) -> None:
    def later(document: dict[str, Any]) -> None:
        sharing(document)
        document["rights"]["export-person"] = ["onthaal"]

    planned = Validity(valid_from=date(2027, 1, 1))
    publish(runtime, [proposal("beukenhof", later)], NOW, "coordinator", planned)
    closed_complaint(runtime)
    asked = Person(email=TOLD["klager_email"])
    assert len(told(runtime, asked, Party.COMPLAINANT, "els")) == 1
    with pytest.raises(NotAllowedError):
        told(runtime, asked, Party.COMPLAINANT, "ria")


def test_who_is_complained_about_gets_nothing_as_if_they_had_told_it(runtime: Runtime) -> None:
    closed_complaint(runtime)
    assert told(runtime, Person(account="xandrine"), Party.COMPLAINANT) == []
    assert told(runtime, Person(email=TOLD["klager_email"]), Party.ACCUSED) == []


def test_a_household_is_not_one_person(runtime: Runtime) -> None:
    mine = open_by_web(
        runtime, "2026-06-01 09:00", klager_naam="Lieve Wouters", klager_email="thuis@voorbeeld.be"
    )
    open_by_web(runtime, "2026-06-02 09:00", klager_naam="Piet Claes", klager_email="thuis@voorbeeld.be")
    asked = Person(name="Lieve Wouters", email="thuis@voorbeeld.be")
    assert [one.dossier for one in told(runtime, asked, Party.COMPLAINANT)] == [mine.dossier]


def merged_by_another() -> tuple[Runtime, str, str]:
    """Jan Claes told the same as Els Peeters: his dossier goes on in hers."""
    runtime = house()
    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, _with_access, "2026-02-02 09:00", department)
    main = belonging_told(runtime, "2026-05-04 10:00")
    double = belonging_told(
        runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    )
    ready(runtime, double.dossier)
    merge(runtime, MergeWanted(double.dossier, main.number, "Dezelfde bel.", False, "els"), at(MERGED))
    return runtime, main.dossier, main.number


def _with_access(document: dict[str, Any]) -> None:
    belonging(document)
    document["rights"]["export-person"] = ["kwaliteitscoordinator"]


@pytest.mark.parametrize("address", ["els@voorbeeld.be", "jan@voorbeeld.be"])
def test_who_told_something_does_not_read_that_others_told_the_same(address: str) -> None:
    runtime, _, number = merged_by_another()
    (one,) = told(runtime, Person(email=address), Party.COMPLAINANT)
    assert "te_vertellen" not in answers(one)
    assert "nummer_daar" not in answers(one)
    assert number == one.number or number not in str(one)


def test_the_officer_reads_of_no_dossier_that_does_not_exist_for_who_gives_access() -> None:
    runtime, main, number = merged_by_another()
    fill(runtime, main, "2026-05-07 09:00", voorwerp="persoon", aangeklaagde_medewerkers=["els"])
    (one,) = told(runtime, Person(email="jan@voorbeeld.be"), Party.OFFICER)
    assert number not in str(one.answers)
    (all_of_it,) = told(runtime, Person(email="jan@voorbeeld.be"), Party.OFFICER, "an")
    assert number in str(all_of_it.answers)


def test_a_department_of_the_same_name_elsewhere_is_another(runtime: Runtime) -> None:
    def elsewhere(document: dict[str, Any]) -> None:
        sharing(document)
        document["organisation"]["id"], document["department"]["code"] = "ander-huis", "AND"

    there = replace(proposal("beukenhof", elsewhere), organisation="ander-huis")
    publish(runtime, [there], at("2026-01-20 09:00"), "coordinator")
    staff(runtime, "els", "kwaliteitscoordinator", "ander-huis/beukenhof:onthaal")
    staff(runtime, "xandrine", "ander-huis/beukenhof:onthaal")
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["xandrine"]}
    opening = Opening("ander-huis", "beukenhof", "dossier", {**PHONE, **about}, "een", Operator("ria"), "Ria")
    open_dossier(runtime, opening, at("2026-05-12 14:00"))
    assert told(runtime, Person(account="xandrine"), Party.ACCUSED) == []
