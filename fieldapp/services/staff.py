"""The landlord's staff: invited, changed, closed, and shown with what protects each account."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.domain.account import Role
from fieldapp.domain.message import Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.landlord import Landlord
from fieldapp.records.second_factor import SecondFactor
from fieldapp.services import attempts, audit, mail, office_sessions, password_links, second_factor
from fieldapp.services.attempts import Limit
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import config
from fieldapp.services.scope import Scope

ASKED_BY_ADDRESS = Limit("reset:address", 20, timedelta(minutes=15))
ASKED_BY_ACCOUNT = Limit("reset:account", 3, timedelta(hours=1))


class UnknownAccount(LookupError):
    """No such account in this scope."""


class AddressTaken(ValueError):
    """Another account has this e-mail address."""


class AgencyNeeded(ValueError):
    """An agent works for an agency; and who administers one agency gives accounts of that agency alone."""


class OwnAccount(Exception):
    """Nobody closes the own account, or takes the own rights away."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator writes of a member of staff; the last three are what an inventory prints of an agent."""

    email: str
    name: str
    role: str
    agency_id: str | None
    language: str
    quality: str = ""
    mandate: str = ""
    domicile: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One account as the administrator sees it; `invited` while no password was chosen."""

    id: str
    details: Details
    agency: str
    active: bool
    invited: bool
    protected: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """An account and the address of its link, when no mail server could carry it: shown once, to who asked."""

    account_id: str
    link: str | None


def listed(scope: Scope) -> tuple[Member, ...]:
    """The accounts in scope: those that open something first, by name."""
    rows = db.session.execute(_wanted(scope).order_by(Account.active.desc(), Account.name, Account.id))
    return tuple(_member(*row) for row in rows)


def one(scope: Scope, account_id: str) -> Member:
    """One account; raises `UnknownAccount`."""
    row = db.session.execute(_wanted(scope).where(Account.id == account_id)).one_or_none()
    if row is None:
        raise UnknownAccount(account_id)
    return _member(*row)


def agencies(scope: Scope) -> tuple[tuple[str, str], ...]:
    """The agencies that an account of this scope may work for."""
    wanted = select(Agency.id, Agency.name).where(*scope.of(Agency.landlord_id, Agency.id)).order_by(Agency.name)
    return tuple((row.id, row.name) for row in db.session.execute(wanted))


def invite(scope: Scope, details: Details, by: str) -> Given:
    """Make an account and send its person a link to choose a password.

    Raises `BadAddress` of `mail`, `AddressTaken` and `AgencyNeeded`.
    """
    session = db.session()
    row = Account(id=new_id(), landlord_id=scope.landlord_id, password_hash=password_links.NO_PASSWORD)
    row.created_at, row.active = datetime.now(UTC), True
    _write(session, scope, row, details)
    session.add(row)
    _flush(session)
    audit.record(session, f"account:{by}", "account.made", "account", row.id, row.landlord_id, role=row.role)
    given = _send_link(session, row, by)
    session.commit()
    return given


def change(scope: Scope, account_id: str, details: Details, by: str) -> None:
    """Change what is known of an account, its role and its agency.

    Raises `UnknownAccount`, `OwnAccount`, `BadAddress` of `mail`, `AddressTaken` and `AgencyNeeded`.
    """
    session = db.session()
    row = _row(session, scope, account_id)
    if account_id == by and (details.role, details.agency_id) != (row.role, row.agency_id):
        raise OwnAccount
    _write(session, scope, row, details)
    _flush(session)
    audit.record(session, f"account:{by}", "account.changed", "account", row.id, row.landlord_id, role=row.role)
    session.commit()


def close(scope: Scope, account_id: str, by: str) -> None:
    """Let an account open nothing any more, at once; what its tablets hold stays there and is received when it is
    opened again. Raises `UnknownAccount` and `OwnAccount`.
    """
    session = db.session()
    row = _row(session, scope, account_id)
    if account_id == by:
        raise OwnAccount
    if row.active:
        row.active = False
        office_sessions.end_all_in(session, account_id)
        audit.record(session, f"account:{by}", "account.closed", "account", account_id, row.landlord_id)
    session.commit()


def reopen(scope: Scope, account_id: str, by: str) -> None:
    """Let a closed account in again, with the password that it had; raises `UnknownAccount`."""
    session = db.session()
    row = _row(session, scope, account_id)
    if not row.active:
        row.active = True
        audit.record(session, f"account:{by}", "account.opened", "account", account_id, row.landlord_id)
    session.commit()


def send_link(scope: Scope, account_id: str, by: str) -> Given:
    """Send a member of staff a new link; raises `UnknownAccount`, also for an account that is closed."""
    session = db.session()
    row = _row(session, scope, account_id)
    if not row.active:
        raise UnknownAccount(account_id)
    given = _send_link(session, row, by)
    session.commit()
    return given


def ask_reset(email: str, address: str) -> None:
    """Send who has this address a link, if there is an account; the caller answers the same in every case.

    Raises `TooManyAttempts`, for accounts that exist and others alike.
    """
    wanted = email.strip().lower()
    attempts.count(ASKED_BY_ADDRESS, address)
    attempts.count(ASKED_BY_ACCOUNT, wanted)
    session = db.session()
    row = session.scalars(select(Account).where(Account.email == wanted, Account.active.is_(True))).one_or_none()
    if row is not None and config().smtp_url is not None:
        _send_link(session, row, None)
    session.commit()


def forget_second_factor(scope: Scope, account_id: str, by: str) -> None:
    """Take the second factor off an account whose person has lost telephone and codes; raises `UnknownAccount`."""
    session = db.session()
    row = _row(session, scope, account_id)
    second_factor.erase_in(session, row.id)
    audit.record(session, f"account:{by}", "account.second_factor_removed", "account", row.id, row.landlord_id)
    session.commit()


def end_session(scope: Scope, account_id: str, session_id: str, by: str) -> None:
    """End one sign-in of a member of staff; raises `UnknownAccount` and `UnknownSession`."""
    one(scope, account_id)
    office_sessions.end(account_id, session_id, by)


def who_needs_second_factor(landlord_id: str) -> str:
    """`admin` or `office`: who is not let in without a second factor."""
    return db.session.get_one(Landlord, landlord_id).second_factor_for


def must_have_second_factor(account_id: str) -> bool:
    """Whether this account is not let in without a second factor; nobody is forced in a demonstration."""
    account = db.session.get_one(Account, account_id)
    landlord = db.session.get_one(Landlord, account.landlord_id)
    return not landlord.demonstration and (account.role == Role.ADMIN or landlord.second_factor_for == "office")


def demand_second_factor(landlord_id: str, who: str, by: str) -> None:
    """Say who is not let in without a second factor: administrators alone, or everybody in the office."""
    session = db.session()
    session.get_one(Landlord, landlord_id).second_factor_for = who
    audit.record(
        session, f"account:{by}", "landlord.second_factor_demanded", "landlord", landlord_id, landlord_id, of=who
    )
    session.commit()


def _send_link(session: Session, account: Account, by: str | None) -> Given:
    first = account.password_hash == password_links.NO_PASSWORD
    lives = password_links.INVITATION_LIVES if by is not None else password_links.RESET_LIVES
    link = password_links.new_in(session, account, lives)
    done = "account.invited" if first else "account.reset_asked"
    audit.record(session, f"account:{by}" if by else "server", done, "account", account.id, account.landlord_id)
    if config().smtp_url is None:
        return Given(account.id, config().public_url + password_links.path_of(link.id))
    landlord = session.get_one(Landlord, account.landlord_id)
    with force_locale(account.language):
        if first:
            subject, why = _("Votre compte"), _("%(landlord)s vous a ouvert un compte.", landlord=landlord.name)
        else:
            subject = _("Votre mot de passe")
            why = _("Quelqu’un a demandé un nouveau mot de passe pour votre compte.")
        until = (
            _("Ce lien sert une fois, pendant %(days)s jours.", days=lives.days)
            if lives.days
            else _("Ce lien sert une fois, pendant une heure.")
        )
        ignore = _("Si vous ne l’attendiez pas, ne faites rien : sans ce lien, rien ne change.")
        body = "\n\n".join(
            (
                _("Bonjour %(name)s,", name=account.name),
                why,
                _("Choisissez votre mot de passe :"),
                mail.LINK,
                until,
                ignore,
            )
        )
    mail.write_in(
        session,
        mail.Draft(
            landlord_id=account.landlord_id,
            agency_id=account.agency_id,
            purpose=Purpose.INVITATION if first else Purpose.PASSWORD_RESET,
            to=account.email,
            language=account.language,
            subject=subject,
            body=body,
            topic=Topic.ACCOUNT,
            topic_id=account.id,
            recipient_id=account.id,
            link_id=link.id,
            account_id=by,
        ),
    )
    return Given(account.id, None)


def _write(session: Session, scope: Scope, row: Account, details: Details) -> None:
    if details.agency_id is None and (scope.agency_id is not None or details.role == Role.AGENT):
        raise AgencyNeeded
    if details.agency_id is not None:
        agency = session.get(Agency, details.agency_id)
        if agency is None or agency.landlord_id != scope.landlord_id:
            raise AgencyNeeded
        if scope.agency_id not in {None, details.agency_id}:
            raise AgencyNeeded
    row.email, row.name, row.role = mail.checked(details.email).lower(), details.name, details.role
    row.agency_id, row.language = details.agency_id, details.language
    row.quality, row.mandate, row.domicile = details.quality, details.mandate, details.domicile


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        session.rollback()
        raise AddressTaken from error


def _row(session: Session, scope: Scope, account_id: str) -> Account:
    wanted = select(Account).where(Account.id == account_id, *scope.of(Account.landlord_id, Account.agency_id))
    row = session.scalars(wanted.with_for_update()).one_or_none()
    if row is None:
        session.rollback()
        raise UnknownAccount(account_id)
    return row


def _wanted(scope: Scope) -> Select[Account, str, datetime]:
    return (
        select(Account, Agency.name, SecondFactor.since)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .outerjoin(SecondFactor, SecondFactor.account_id == Account.id)
        .where(*scope.of(Account.landlord_id, Account.agency_id))
    )


def _member(row: Account, agency: str | None, since: datetime | None) -> Member:
    details = Details(
        row.email, row.name, row.role, row.agency_id, row.language, row.quality, row.mandate, row.domicile
    )
    invited = row.password_hash == password_links.NO_PASSWORD
    return Member(row.id, details, agency or "", row.active, invited, since is not None, row.created_at)
