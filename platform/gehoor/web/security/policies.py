"""Who may reach which page, and what it is about. A page without a policy cannot be reached at all.

The policy opens the dossier or the department before the page runs: no page can forget to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.accounts.administration import LimitError, Managed, managed_by, seen_account
from gehoor.services.accounts.second_factor import owed
from gehoor.services.accounts.second_person import to_confirm as confirmable
from gehoor.services.dossiers.tasks import OpenedTask, task_for
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.records import Account, ProposalSummary
from gehoor.services.proposals.looking import SeenProposal, Waiting, see_proposal, waiting_for
from gehoor.services.proposals.rights import NoAgreementsError, makers_of, may_found
from gehoor.services.register.register import reading
from gehoor.services.search.dossier_access import department_for, dossier_for
from gehoor.web.request.addresses import here
from gehoor.web.request.languages import speak_for
from gehoor.web.request.problems import is_api
from gehoor.web.request.session import current_account, ended_for, me
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import refuse_figures
from gehoor.web.security.not_yours import NotYoursToDoError, NotYoursToManageError
from gehoor.web.security.rate_limits import each_quarter, hit, visitor
from gehoor.web.security.within import see_as, see_outside

View = TypeVar("View", bound=Callable[..., Any])
Answer: TypeAlias = Response | tuple[str, int]

_ATTRIBUTE = "gehoor_policy"
_OF_CLIENT: Final = each_quarter(20_000)
"""What one program asks in a quarter of an hour: some twenty times a second."""
_IN_VAIN: Final = each_quarter(200)
"""Tokens that do not count, from one place."""


class Policy(StrEnum):
    """Who may reach a page, by what it is about."""

    PUBLIC = "public"
    STAFF = "staff"
    """Whoever is signed in; what they see is decided by the departments they work in."""
    OWN = "own"
    """One's own account, whoever one is."""
    MANAGES = "manages"
    """Who manages accounts; where the address names one, it exists for them."""
    DEPARTMENT = "department"
    """Who works in the department that the address names."""
    DOSSIER = "dossier"
    """Who may open the dossier that the address names."""
    MAKES = "makes"
    """Who has a part in making agreements."""
    PROPOSAL = "proposal"
    """Who sees the proposal that the address names."""
    COUNTS = "counts"
    """Who does what the page does with figures, in some department; where it says nothing, makes or reads reports."""
    TASK = "task"
    """Who has the task that the address names, in whatever dossier."""


@dataclass(frozen=True)
class Allowed:
    """A policy, and the action that the page does. ``by``: the part of the address that says which of ``actions``."""

    policy: Policy
    action: Action | None = None
    by: str = ""
    actions: Mapping[str, Action] = field(default_factory=dict)

    def wanted(self, parts: Mapping[str, Any]) -> Action | None:
        """Return the action that an address asks for. Raises ``KeyError`` for one that there is not."""
        return self.actions[parts[self.by]] if self.by else self.action


def waits_for_second() -> bool:
    """Say whether something that whoever looks was given waits to be confirmed."""
    return any("role" in one for one in me().waiting)


def allow(
    policy: Policy, action: Action | None = None, *, by: str = "", actions: Mapping[str, Action] | None = None
) -> Callable[[View], View]:
    """Say who may reach a page, and for which action."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, Allowed(policy, action, by, actions or {}))
        return view

    return mark


def policy_of(view: Callable[..., Any]) -> Allowed | None:
    """Return the policy of a page, if it has one."""
    return getattr(view, _ATTRIBUTE, None)


def guard(app: Flask, too_late: Callable[[], Answer]) -> None:
    """Hold every request against the policy of its page: deny by default.

    ``too_late`` answers a form that was sent after the session of its sender ended.
    """
    allow(Policy.PUBLIC)(app.view_functions["static"])

    def not_allowed(error: NotAllowedError) -> Answer:
        return app.make_response(app.handle_user_exception(NotYoursToDoError(error.action, error.roles)))

    def limited(error: LimitError) -> Answer:
        return app.make_response(app.handle_user_exception(NotYoursToManageError(error.limit)))

    app.before_request(lambda: _held(too_late))
    app.register_error_handler(LimitError, limited)
    app.register_error_handler(NotAllowedError, not_allowed)
    app.jinja_env.globals.update(
        may=may,
        may_here=may_here,
        manages=manages,
        makes=makes,
        approved=approved,
        to_approve=to_approve,
        to_confirm=to_confirm,
        waits_for_second=waits_for_second,
    )


def _held(too_late: Callable[[], Answer]) -> Answer | None:
    """Return what answers a request instead of its page; None where somebody may reach that. Raises
    ``HTTPException``."""
    if request.endpoint is None:
        # No such page; the router answers that itself. What stands around its answer is for who looks.
        if (account := current_account()) is not None:
            see_as(account)
        return None
    allowed = policy_of(current_app.view_functions[request.endpoint])
    if allowed is None:
        raise Forbidden
    if allowed.policy is Policy.PUBLIC:
        see_outside(request.view_args or {})
        return None
    if is_api():
        _refuse_unknown_client()
        see_as(me())
    elif instead := _signs_in_first(allowed, too_late):
        return instead
    _open(allowed, request.view_args or {})
    return None


def _signs_in_first(allowed: Allowed, too_late: Callable[[], Answer]) -> Answer | None:
    """Return what leads somebody to sign in, or to settle something of their own account first; None when they did."""
    if current_account() is None:
        # What one types about one's own account is secret, and does not travel.
        if request.method == "POST" and allowed.policy is not Policy.OWN and ended_for():
            return too_late()
        onward = "" if request.method == "POST" else here()
        return redirect(url_for("signing_in.sign_in", naar=onward or None))
    see_as(me(), makes=allowed.policy in (Policy.MAKES, Policy.PROPOSAL))
    if allowed.policy is not Policy.OWN and (first := _comes_first()):
        return redirect(first, 303)
    return None


def _refuse_unknown_client() -> None:
    """Refuse a program without a token that counts, and one that asks so often that others would wait for it. Raises
    ``Unauthorized`` and ``TooManyRequests``."""
    client = current_account()
    if client is not None:
        hit(_OF_CLIENT, "api", client.name)
        return
    if request.authorization is not None:
        hit(_IN_VAIN, "api", visitor())
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "Gehoor"}))


def _comes_first() -> str:
    """Return the address where somebody settles something of their own account before all else; empty when nothing."""
    # Who signs in elsewhere has no use for the password that was made here.
    if me().one_time and site().tools.single_sign_on is None:
        return url_for("my_account.show")
    return url_for("second_step.show") if owed(site().runtime, me(), now()) else ""


def opened_dossier() -> OpenedDossier:
    """Return the dossier that this page is about, as its policy opened it for who is signed in."""
    opened: OpenedDossier = g.opened
    return opened


def opened_task() -> OpenedTask:
    """Return the task that this page is about, as its policy opened it for who is signed in."""
    opened: OpenedTask = g.task
    return opened


def may(action: str) -> bool:
    """Say whether who is signed in may do something with the dossier that this page is about."""
    return "opened" not in g or opened_dossier().rights.may(action)


def may_here(organisation: str, department: str, action: str) -> bool:
    """Say whether who is signed in may do something in a department where they work."""
    _agreement, barred = department_for(site().runtime, me(), (organisation, department), now())
    return Action(action) not in barred


def manages() -> bool:
    """Say whether who is signed in manages any accounts."""
    return bool(managed())


def makes() -> bool:
    """Say whether who is signed in has a part in making agreements."""
    if site().drafter is None:
        return False
    if "makes" not in g:
        with reading(site().runtime.store) as register:
            runtime, name = site().runtime, me().name
            g.makes = bool(makers_of(runtime, register, name, now())) or may_found(
                runtime, register, name, now()
            )
    return bool(g.makes)


def to_approve() -> Sequence[ProposalSummary]:
    """Return the proposals that wait for who is signed in to approve them."""
    return _waiting().to_approve


def approved() -> Sequence[ProposalSummary]:
    """Return the proposals that who is signed in wrote in, and that somebody else approved."""
    return _waiting().approved


def _waiting() -> Waiting:
    if "waiting" not in g:
        g.waiting = waiting_for(site().runtime, me().name, now()) if makes() else Waiting()
    return cast(Waiting, g.waiting)


def opened_proposal() -> SeenProposal:
    """Return the proposal that this page is about, as its policy opened it for who is signed in."""
    opened: SeenProposal = g.proposal
    return opened


def managed() -> Managed:
    """Return what who is signed in manages."""
    if "managed" not in g:
        with reading(site().runtime.store) as register:
            g.managed = managed_by(site().runtime, register, me().name, now())
    found: Managed = g.managed
    return found


def to_confirm() -> list[Account]:
    """Return the accounts for which something waits that who is signed in may confirm."""
    if "to_confirm" not in g:
        found: list[Account] = []
        if managed():
            with reading(site().runtime.store) as register:
                staff = site().runtime.staff.of(register, now())
                waiting = (register.account(one.name) for one in staff.accounts.values() if one.waiting)
                found = confirmable(managed(), filter(None, waiting), staff, now())
        g.to_confirm = found
    known: list[Account] = g.to_confirm
    return known


def _open_workbench(parts: Mapping[str, Any]) -> None:
    if not makes():
        abort(404)
    if "proposal" in parts:
        try:
            g.proposal = see_proposal(site().runtime, parts["proposal"], me().name, now())
        except NoAgreementsError:
            abort(404)


def _open_managed(parts: Mapping[str, Any]) -> None:
    if not manages():
        abort(404)
    if "account" in parts:
        with reading(site().runtime.store) as register:
            seen_account(site().runtime, register, parts["account"], me().name, now())


def _open(allowed: Allowed, parts: Mapping[str, Any]) -> None:
    """Open what the page is about. What someone may not know of does not exist for them; what they may not do is
    refused."""
    match allowed.policy:
        case Policy.DOSSIER:
            g.opened = dossier_for(site().runtime, me(), parts["dossier_id"], now())
            agreement, barred = g.opened.agreement, g.opened.rights.barred
        case Policy.TASK:
            of = (parts["dossier_id"], parts["task"], parts.get("row", ""))
            g.task = task_for(site().runtime, me(), of, now())
            speak_for(g.task.agreement)
            return
        case Policy.DEPARTMENT:
            place = (parts["organisation"], parts["department"])
            agreement, barred = department_for(site().runtime, me(), place, now())
        case Policy.MANAGES:
            _open_managed(parts)
            return
        case Policy.MAKES | Policy.PROPOSAL:
            _open_workbench(parts)
            return
        case Policy.COUNTS:
            refuse_figures(allowed.action)
            return
        case _:
            return
    speak_for(agreement)
    try:
        wanted = allowed.wanted(parts)
    except KeyError:
        abort(404)
    if wanted is Action.REGISTER and allowed.policy is Policy.DEPARTMENT:
        # Where a department was ended, no role would help.
        site().runtime.library.in_force_now(site().runtime.store, *place, now())
    if wanted is not None and wanted in barred:
        refused = NotAllowedError(agreement, wanted)
        raise NotYoursToDoError(refused.action, refused.roles)
