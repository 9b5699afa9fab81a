"""Making again what lists and search keep, for a register of an earlier Gehoor."""

from __future__ import annotations

from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.jobs.reindex import is_behind, reindex
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Tab, Wish
from tests.support.cli_run import run
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, staff

NOW = at("2026-05-13 12:00")


def everything(runtime: Runtime) -> dict[str, list[dict[str, object]]]:
    with reading_projection(runtime) as register:
        return {name: register.tables.select(name) for name in ("dossiers", "texts", "exclusions", "events")}


def forget(runtime: Runtime) -> None:
    """Make of a register one of before lists, search and conflicts of interest."""
    with writing(runtime.store) as register:
        for document in register.tables.select("dossiers"):
            document["handler"] = ""
            for member in ("excluded", "changed_at"):
                document.pop(member, None)
            register.tables.put("dossiers", document["id"], document)
        for name in ("texts", "exclusions"):
            for document in register.tables.select(name):
                last = document["audience" if name == "texts" else "account"]
                register.tables.delete(name, f"{document['dossier']}/{last}")


def test_everything_is_as_if_it_had_been_kept_all_along() -> None:
    runtime = de_linde()
    els = staff(runtime, "els", "kwaliteitscoordinator")
    koen = staff(runtime, "koen", "teamverantwoordelijke")
    first = open_by_phone(runtime, "2026-05-12 14:00").dossier
    second = open_by_phone(runtime, "2026-05-12 14:00", klager_telefoon="0470 00 00 01").dossier
    assign(runtime, Assigning(first, "els", "els"), at("2026-05-12 15:00"))
    fill(
        runtime,
        second,
        "2026-05-12 16:00",
        actor="els",
        voorwerp="persoon",
        aangeklaagde_medewerkers=["koen"],
    )
    before = everything(runtime)
    assert not is_behind(runtime)
    forget(runtime)
    assert is_behind(runtime)
    assert work_list(runtime, els, NOW, Wish(Tab.MINE)).total == 0
    assert reindex(runtime, NOW).done == 2
    after = everything(runtime)
    assert {name: sorted(map(repr, rows)) for name, rows in after.items()} == {
        name: sorted(map(repr, rows)) for name, rows in before.items()
    }
    assert work_list(runtime, els, NOW, Wish(Tab.MINE)).total == 1
    assert [search(runtime, one, "pyjama", NOW).total for one in (els, koen)] == [2, 1]


def test_one_dossier_that_cannot_be_read_does_not_keep_the_others() -> None:
    runtime = de_linde()
    open_by_phone(runtime, "2026-05-12 14:00")
    broken = open_by_phone(runtime, "2026-05-12 14:00", klager_telefoon="0470 00 00 01").dossier
    with writing(runtime.store) as register:
        register.tables.delete("events", f"{broken}/000001")
    result = reindex(runtime, NOW)
    assert (result.done, list(result.failed)) == (1, [broken])


def test_the_command_says_how_many_it_did(number: str) -> None:
    done = run("reindex", "--now", "2026-05-13")
    assert (done.code, done.out) == (0, "1 dossier bijgewerkt.\n"), number
    assert run("reindex", "--format", "json").json() == {"done": 1, "failed": []}
