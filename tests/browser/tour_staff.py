"""Every page for staff, in every state it has: a walk that stops wherever there is something to look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pyotp
from playwright.sync_api import Page

from gehoor.adapters.hooks.poster import HttpPoster
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.exchange.hooks import NewHook, pause, subscribe
from gehoor.services.ports.hooks import HookEvent
from gehoor.services.relations.linking import link
from gehoor.services.relations.merging import MergeWanted, merge
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere
from gehoor.services.retention.carrying_out import carry_out
from tests.browser.served import Served
from tests.browser.steps import WORK, dossier_page, press, send, sign_in, unfold
from tests.browser.tour_figures import tour_figures
from tests.scenarios.public.test_pages import every_state
from tests.support.belonging import belonging, ready
from tests.support.de_linde import STORY, fill, open_by_web, publish_change
from tests.support.letters import add_letters
from tests.support.retention import keeping
from tests.support.site import PASSWORD
from tests.support.tasks import measure, with_measures, with_tasks

ACCOUNT = f"{WORK}mijn-account"
ROLES = ("onthaal", "kwaliteitscoordinator", "algemeen-directeur")
DEPARTMENT = f"{WORK}de-linde/beukenhof"
STATES = ("anonymous", "danger", "remark", "answered", "closed", "serious", "registered", "investigated")


def tour(page: Page, linde: Served) -> Iterator[str]:
    """Stop at each state of each page, with its name."""
    linde.site.clock.to("2026-06-20 09:00")
    page.goto(WORK)
    yield "sign-in"
    sign_in(page, "niemand")
    yield "sign-in-refused"
    while page.locator(".summary >> text=te vaak").count() == 0:
        sign_in(page, "niemand")
    yield "sign-in-throttled"
    linde.site.add_staff("ria", *ROLES)
    linde.site.add_staff("koen", "de-linde/*:teamverantwoordelijke")
    sign_in(page)
    yield "work-empty"
    yield from _lists(page, every_state(linde.site))
    yield from _search(page)
    yield from _handbook(page)
    yield from _dossiers(page, linde)
    yield from _letters(page, linde)
    yield from _relations(page, linde)
    yield from _tasks(page, linde)
    yield from _registering(page)
    yield from _privacy(page, linde)
    yield from tour_figures(page, linde)
    yield from _administration(page, linde)
    yield from _account(page, linde)


def _tasks(page: Page, linde: Served) -> Iterator[str]:
    page.goto(f"{WORK}taken/")
    yield "tasks-none"
    publish_change(linde.site.runtime, with_tasks, "2026-02-01 10:00")
    dossier = with_measures(
        linde.site.runtime, measure("ria"), measure("ria", "koen", omschrijving="De bel.")
    )
    page.goto(f"{WORK}taken/")
    yield "tasks"
    press(page, "main h2 a >> nth=0")
    yield "task"
    page.fill("#v_verslag", "Nog bezig.")
    send(page)
    yield "task-kept"
    page.fill("#v_uitgevoerd_op", "2026-06-19")
    send(page)
    yield "task-done"
    page.goto(f"{WORK}taken/")
    yield "tasks-done"
    page.goto(dossier_page(dossier))
    yield "dossier-with-tasks"


def _lists(page: Page, dossiers: list[str]) -> Iterator[str]:
    for name in ("", "mijn", "niet-toegewezen", "te-laat", "afgesloten", "alle"):
        page.goto(f"{WORK}?toon={name}" if name else WORK)
        yield f"work-{name or 'all'}"
    page.goto(f"{WORK}?soort=klacht&van=2026-05-01")
    page.fill("#naam", "Klachten van mei")
    press(page, ".keep button")
    page.goto(f"{WORK}?soort=klacht&van=2026-05-01")
    yield "work-filters"
    page.goto(f"{WORK}?soort=anders")
    yield "work-nothing-fits"
    page.goto(WORK)
    press(page, ".bulk button")
    yield "work-nobody-chosen"
    page.goto(WORK)
    page.check("table.work input[type=checkbox] >> nth=0")
    page.select_option(".bulk select", "ria")
    press(page, ".bulk button")
    yield "work-assigned"
    page.goto(f"{DEPARTMENT}/afspraken")
    yield "staff-agreement"
    page.goto(f"{WORK}berichten")
    yield "messages-all-gone"
    for name, dossier in zip(STATES, dossiers, strict=True):
        page.goto(dossier_page(dossier))
        if name == "serious":
            yield "dossier-folded"
        unfold(page)
        yield f"dossier-{name}"
        if name in ("answered", "closed"):
            page.goto(f"{dossier_page(dossier)}/afdruk")
            yield f"print-{name}"


def _search(page: Page) -> Iterator[str]:
    page.goto(f"{WORK}zoeken")
    yield "search-empty"
    page.goto(f"{WORK}zoeken?q=bel")
    yield "search"
    page.goto(f"{WORK}zoeken?q=olifant")
    yield "search-none"
    press(page, "a[href*=in-nood]")
    yield "emergency"
    page.fill("#reden", "Er is gevaar.")
    send(page)
    yield "emergency-refused"


def _handbook(page: Page) -> Iterator[str]:
    page.goto(WORK)
    page.locator("header").get_by_role("link", name="Handleiding").click()
    yield "handbook"
    page.get_by_role("link", name="Cijfers en verslagen").click()
    yield "handbook-page"
    for words in ("kwartaal", "zeppelin"):
        page.get_by_label("Zoek in de handleiding").fill(words)
        page.get_by_label("Zoek in de handleiding").press("Enter")
        yield f"handbook-{words}"


def _dossiers(page: Page, linde: Served) -> Iterator[str]:
    runtime = linde.site.runtime
    dossier = open_by_web(runtime, "2026-06-19 13:00").dossier
    write_to_us(runtime, dossier, "Komt er nog iemand langs?", "k", linde.site.clock())
    for room in ("overzicht", "afsluiten", "berichten", "verloop"):
        page.goto(f"{dossier_page(dossier)}/{room}")
        yield f"dossier-{room}"
    page.goto(dossier_page(dossier))
    yield "dossier"
    press(page, "a[href$=inzage]")
    yield "readers"
    page.goto(dossier_page(dossier))
    unfold(page)
    page.fill("#v_onderwerp", "De bel bleef rinkelen")
    page.wait_for_selector("[data-kept]:not(:empty)")
    page.goto(dossier_page(dossier))
    yield "dossier-unsaved"
    unfold(page)
    fill(runtime, dossier, "2026-06-20 08:59", actor="koen", onderwerp="Bel stuk")
    page.fill("#v_onderwerp", "De bel bleef rinkelen tot elf uur")
    page.wait_for_selector("[data-others] li")
    yield "dossier-others"
    press(page, ".sticky button")
    yield "dossier-conflict"
    unfold(page)
    press(page, "button[name=afronden] >> nth=0")
    yield "dossier-refused"
    page.goto(f"{dossier_page(dossier)}/berichten")
    unfold(page)
    press(page, ".conversation button")
    yield "message-refused"
    page.goto(f"{dossier_page(dossier)}/overzicht")
    unfold(page)
    press(page, "form[action$=verlengen] button >> nth=0")
    yield "term-refused"
    page.goto(f"{WORK}dossiers/bestaat-niet")
    yield "staff-not-there"


def _letters(page: Page, linde: Served) -> Iterator[str]:
    publish_change(linde.site.runtime, add_letters, "2026-06-20 08:30")
    dossier = open_by_web(linde.site.runtime, "2026-06-20 08:40").dossier
    letters = f"{dossier_page(dossier)}/brieven"
    page.goto(f"{letters}/antwoord")
    yield "letter"
    page.fill("#brief-tekst", "Nog niet af.")
    page.wait_for_selector("[data-kept]:not(:empty)")
    page.goto(f"{letters}/antwoord")
    yield "letter-unsaved"
    press(page, "form[action$=weg] button")
    page.fill("#brief-tekst", "")
    press(page, "main button[type=submit] >> nth=0")
    yield "letter-refused"
    page.goto(f"{letters}/antwoord")
    press(page, "main button[type=submit] >> nth=0")
    yield "letter-open"
    page.goto(f"{letters}/stand-van-zaken")
    press(page, "main button[type=submit] >> nth=0")
    yield "letter-check"
    page.check("input[name=weg][value=post]")
    press(page, "form[action$=versturen] button >> nth=0")
    yield "letter-sent"
    press(page, "a[href$=afdruk]")
    yield "letter-paper"
    page.goto(dossier_page(dossier))
    yield "dossier-letters"


def _relations(page: Page, linde: Served) -> Iterator[str]:
    runtime, now = linde.site.runtime, linde.site.clock()
    publish_change(runtime, belonging, "2026-06-20 08:42")
    main, double, other = (open_by_web(runtime, f"2026-06-20 08:4{minute}") for minute in (3, 4, 5))
    ready(runtime, double.dossier, "2026-06-20 08:50")
    fill(runtime, main.dossier, "2026-06-20 08:51", actor="ria", mag_weg="ja")
    link(runtime, main.dossier, other.number, "Over dezelfde bel.", "ria", now)
    page.goto(dossier_page(double.dossier))
    unfold(page)
    yield "dossier-to-merge"
    wanted = MergeWanted(double.dossier, main.number, "Over dezelfde bel.", False, "ria")
    merge(runtime, wanted, now)
    page.goto(dossier_page(double.dossier))
    unfold(page)
    yield "dossier-merged"
    send_elsewhere(runtime, SendWanted(main.dossier, "Zorginspectie", "Zij zijn bevoegd.", "ria"), now)
    page.goto(dossier_page(main.dossier))
    unfold(page)
    yield "dossier-took-in"
    page.goto(f"{dossier_page(main.dossier)}/doorgestuurd/0")
    yield "sent-on"
    page.goto(f"{dossier_page(main.dossier)}/lijkt-op")
    yield "alike"


def _registering(page: Page) -> Iterator[str]:
    page.goto(f"{DEPARTMENT}/registreren")
    yield "register"
    send(page)
    yield "register-refused"
    page.goto(f"{DEPARTMENT}/registreren/telefoon")
    yield "phone"
    press(page, "button[value=verder]")
    yield "phone-refused"
    page.fill("#v_uiteenzetting", STORY)
    while "voorlezen" not in page.url:
        if page.locator("input[name=v_anoniem][value=ja]").count():
            page.check("input[name=v_anoniem][value=ja]")
        press(page, "button[value=verder]")
        yield f"phone-{page.url.rsplit('/', 1)[-1]}"
    send(page)
    yield "registered"


def _privacy(page: Page, linde: Served) -> Iterator[str]:
    def shortly(document: dict[str, Any]) -> None:
        keeping(document)
        document["retention"] = {"kort": {"name": "Kort", "keep-for": "1 weeks", "from": "afgesloten"}}

    publish_change(linde.site.runtime, shortly, "2026-06-20 08:00")
    page.goto(WORK)
    yield "work-of-who-approves"
    page.goto(f"{WORK}bewaring")
    yield "retention"
    page.check("input[name=dossier] >> nth=0")
    press(page, "button[value=tegenhouden]")
    yield "retention-refused"
    page.check("input[name=dossier] >> nth=0")
    press(page, "button[value=goedkeuren]")
    yield "retention-approved"
    carry_out(linde.site.runtime, None, linde.site.clock())
    page.goto(f"{WORK}bewaring")
    yield "retention-done"
    press(page, "main h2 + ul a >> nth=0")
    yield "dossier-anonymised"
    page.goto(f"{WORK}inzage")
    yield "disclosure"
    send(page)
    yield "disclosure-refused"


def _administration(page: Page, linde: Served) -> Iterator[str]:
    publish_change(linde.site.runtime, _managing, "2026-06-20 08:00")
    linde.site.add_staff("jan", "onthaal", "sociale-dienst")
    page.goto(f"{WORK}beheer")
    yield "accounts"
    page.goto(f"{WORK}beheer/nieuw")
    yield "account-new"
    page.fill("#volledig", "Nel Claes")
    page.fill("#naam", "N")
    page.fill("#adres", "nel@voorbeeld.be")
    page.select_option("#rol", "de-linde/beukenhof:onthaal")
    send(page)
    yield "account-new-refused"
    page.fill("#naam", "nel")
    send(page)
    yield "account-password"
    page.goto(f"{WORK}beheer/accounts/nel")
    yield "account-waiting"
    yield from _programs(page, linde)
    page.goto(f"{WORK}beheer/accounts/jan")
    yield "account-managed"
    page.fill("#weg-tot", "2020-01-01")
    press(page, "form[action$=afwezig] button")
    yield "account-managed-refused"
    page.goto(f"{WORK}beheer/accounts/ria")
    yield "account-managed-own"
    page.goto(f"{WORK}beheer/accounts/jan")
    page.fill("#weg-tot", "2031-01-01")
    press(page, "form[action$=afwezig] button")
    page.locator("details summary").last.click()
    yield "account-away"
    page.goto(f"{WORK}beheer/accounts/jan/afsluiten")
    yield "account-leaving"
    press(page, "main form button")
    yield "account-closed"
    linde.site.add_staff("mia", "kwaliteitscoordinator")
    more = AccountChange("jan", more=("de-linde/beukenhof:algemeen-directeur",), last=date(2031, 1, 1))
    change_account(linde.site.runtime, more, "mia", linde.site.clock.now)
    page.goto(f"{WORK}beheer")
    yield "accounts-to-confirm"
    page.goto(f"{WORK}beheer/accounts/jan")
    yield "account-to-confirm"
    page.goto(f"{WORK}beheer/accounts/mia")
    press(page, "form[action$=afwezig] button")
    yield "account-sure"
    page.goto(f"{WORK}beheer/accounts/mia/afsluiten")
    yield "account-leaving-last"
    page.goto(f"{WORK}beheer/wijzigingen?wie=jan&van=2026-01-01")
    yield "account-changes"
    page.goto(f"{WORK}beheer/inzage")
    yield "dossier-viewers"


def _programs(page: Page, linde: Served) -> Iterator[str]:
    page.goto(f"{WORK}beheer/nieuwe-koppeling")
    yield "client-new"
    page.fill("#volledig", "Website van de gemeente")
    page.fill("#naam", "w")
    page.select_option("#rol", "de-linde/beukenhof:onthaal")
    send(page)
    yield "client-new-refused"
    page.fill("#naam", "website")
    send(page)
    yield "client-token"
    page.goto(f"{WORK}beheer/accounts/website")
    yield "client"
    page.goto(f"{WORK}beheer/webhooks")
    yield "webhooks-none"
    wanted = NewHook("de-linde", "Portaal", "https://portaal.example/gehoor", (HookEvent.CLOSED.value,))
    runtime, moment = linde.site.runtime, linde.site.clock.now
    hook, _secret = subscribe(runtime, (SecretBox(), HttpPoster()), wanted, Operator(""), moment)
    pause(runtime, hook.id, Operator(""), moment)
    page.goto(f"{WORK}beheer/webhooks")
    yield "webhooks"


def _managing(document: dict[str, Any]) -> None:
    document["rights"] = {**document.get("rights", {}), "manage-accounts": ["kwaliteitscoordinator"]}


def _account(page: Page, linde: Served) -> Iterator[str]:
    page.goto(ACCOUNT)
    yield "account"
    press(page, "form[action$=agenda] button")
    yield "calendar-address"
    page.goto(ACCOUNT)
    yield "account-with-calendar"
    page.fill("#oud", "fout")
    page.fill("#nieuw", "kort")
    press(page, "form[action$=wachtwoord] button")
    yield "account-refused"
    page.goto(f"{ACCOUNT}?gedaan=wachtwoord")
    yield "account-done"
    yield from _away(page)
    yield from _second_step(page, linde)


def _away(page: Page) -> Iterator[str]:
    page.goto(f"{ACCOUNT}/afwezig")
    yield "away"
    page.fill("#tot", "2020-01-01")
    press(page, "form:has(#van) button")
    yield "away-refused"
    page.fill("#tot", "2031-01-01")
    page.select_option("#vervanger", "koen")
    press(page, "form:has(#van) button")
    yield "away-sure"
    press(page, "text=Toch doen")
    yield "away-kept"
    press(page, "form[action$=terug] button")
    yield "back"


def _second_step(page: Page, linde: Served) -> Iterator[str]:
    page.goto(f"{ACCOUNT}/tweede-stap")
    yield "second-step-off"
    page.fill("#wachtwoord", PASSWORD)
    send(page)
    yield "second-step-begun"
    phone = pyotp.TOTP(page.inner_text(".key").replace(" ", ""))
    page.fill("#code", "000000")
    send(page)
    yield "second-step-refused"
    page.fill("#code", phone.at(linde.site.clock.now))
    send(page)
    yield "recovery-codes"
    page.goto(f"{ACCOUNT}/tweede-stap")
    yield "second-step-on"
    linde.site.clock.now += timedelta(minutes=1)
    press(page, "text=Afmelden")
    sign_in(page)
    yield "give-code"
    page.fill("#code", "000000")
    send(page)
    yield "give-code-refused"
    page.fill("#code", phone.at(linde.site.clock.now))
    send(page)
    # The session ends while something was typed.
    press(page, "table.work th a")
    linde.site.clock.now += timedelta(hours=13)
    press(page, ".sheet .sticky button")
    yield "sign-in-ended"
    sign_in(page, goto=False)
    page.fill("#code", phone.at(linde.site.clock.now))
    send(page)
    yield "go-on"
