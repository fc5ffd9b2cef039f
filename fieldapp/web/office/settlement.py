"""The settlement of an exit: its account, its approval, its papers; and the rule of approval."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.message import Channel, Topic
from fieldapp.domain.settlement import CannotSettle
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.extensions import db
from fieldapp.services import assessing, mail, settlement_document, settlement_mail, settling
from fieldapp.services.assessing import Exit, NothingToAssess
from fieldapp.services.charging import Frozen
from fieldapp.services.installation import blobs
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import KEEPERS, PRICERS, READERS, pages
from fieldapp.web.office.file import frame, opened
from fieldapp.web.office.forms import SendMail
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.settlement_form import AccountForm, EstimatesForm, RuleForm, account_form
from fieldapp.web.report_file import send_report


@pages.get("/inventories/<uuid:inventory_id>/settlement")
@roles(*READERS)
def settlement(inventory_id: object) -> str:
    """The account as it stands, and what is left to do."""
    found = _found(inventory_id)
    return _shown(found, account_form(found))


@pages.post("/inventories/<uuid:inventory_id>/settlement")
@roles(*PRICERS)
def save_account(inventory_id: object) -> Response | tuple[str, int]:
    """Keep the account's figures."""
    found, form = _found(inventory_id), AccountForm()
    said = form.answers() if form.accepted() else None
    if said is None:
        return _shown(found, form), 400
    try:
        settling.save_account(scope(), str(inventory_id), said, reader().account_id)
    except Frozen:
        flash(_("Le décompte attend une approbation ou est approuvé : il ne change plus."), "stop")
    else:
        flash(_("Le compte est enregistré."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/settlement/submit")
@roles(*PRICERS)
def submit(inventory_id: object) -> Response:
    """Close the draft."""
    seen = request.form.get("seen", "")
    try:
        state = settling.submit(scope(), str(inventory_id), seen, reader().account_id)
    except NothingToAssess:
        abort(404)
    except (settling.Changed, settling.NotDrawnUp, CannotSettle, Frozen):
        flash(_("Quelque chose a changé, ou manque : relisez le décompte, puis recommencez."), "stop")
    else:
        if state is SettlementState.TO_APPROVE:
            flash(_("Le décompte attend maintenant l’approbation d’une deuxième personne."), "safe")
        else:
            flash(_("Le décompte est approuvé. Ses documents seront prêts dans un instant."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/settlement/approve")
@roles(*PRICERS)
def approve(inventory_id: object) -> Response:
    """Approve what another person prepared."""
    try:
        settling.approve(scope(), str(inventory_id), request.form.get("seen", ""), reader().account_id)
    except NothingToAssess:
        abort(404)
    except settling.SecondPersonNeeded:
        flash(_("Vous avez préparé ce décompte : une autre personne doit l’approuver."), "stop")
    except (settling.Changed, settling.NotDrawnUp, CannotSettle, settling.NotInThisState):
        flash(_("Quelque chose a changé, ou manque : relisez le décompte, puis recommencez."), "stop")
    else:
        flash(_("Le décompte est approuvé. Ses documents seront prêts dans un instant."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/settlement/take-back")
@roles(*PRICERS)
def take_back(inventory_id: object) -> Response:
    """Make it a draft again."""
    try:
        settling.take_back(scope(), str(inventory_id), reader().account_id)
    except NothingToAssess:
        abort(404)
    except settling.NotInThisState:
        flash(_("Ce décompte n’attend pas d’approbation."), "stop")
    else:
        flash(_("Le décompte est de nouveau un brouillon."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/settlement/sent/<any(post, print):how>")
@roles(*PRICERS)
def note_sent(inventory_id: object, how: str) -> Response:
    """Note that the papers went out; for `print`, the letter then opens to be printed."""
    try:
        settling.note_sent(scope(), str(inventory_id), how, reader().account_id)
    except NothingToAssess:
        abort(404)
    except settling.NotInThisState:
        flash(_("Les documents ne sont pas encore prêts."), "stop")
        return _back(inventory_id)
    if how == "print":
        return redirect(url_for("office.settlement_paper", inventory_id=inventory_id, kind="letter"))
    flash(_("L’envoi par la poste est noté."), "safe")
    return _back(inventory_id)


@pages.post("/inventories/<uuid:inventory_id>/settlement/email/<uuid:party_id>")
@roles(*PRICERS)
def email_papers(inventory_id: object, party_id: object) -> Response | tuple[str, int]:
    """Send letter, assessment and proofs to one tenant, or put the messages into the outbox."""
    found, form = _found(inventory_id), SendMail()
    if form.accepted():
        try:
            settlement_mail.send(scope(), found.inventory.id, str(party_id), form.email.data or "", reader().account_id)
        except mail.BadAddress:
            form.email.errors = [_("Cette adresse n’est pas complète : il faut quelque chose comme nom@exemple.fr.")]
        except settlement_mail.NotATenant:
            abort(404)
        except settling.NotInThisState:
            flash(_("Les documents ne sont pas encore prêts."), "stop")
            return _back(inventory_id)
        else:
            flash(_("Le message est dans la boîte d’envoi."), "safe")
            return _back(inventory_id)
    return _shown(found, account_form(found), {str(party_id): form}), 400


@pages.get("/inventories/<uuid:inventory_id>/settlement/<any(assessment, letter):kind>.pdf")
@roles(*READERS)
def settlement_paper(inventory_id: object, kind: str) -> Response:
    """One of the sealed papers, to read here, or to keep with `?download=1`."""
    found = _found(inventory_id)
    row = settling.papers_in(db.session(), found.inventory.id).get(kind)
    if row is None:
        abort(404)
    number = f"{settlement_document.KINDS[kind]}-{found.inventory.number}"
    return send_report(blobs().path(f"reports/{row.sha256}"), number, download="download" in request.args)


@pages.get("/settlements/rule")
@roles(*READERS)
def rule() -> str:
    """From which amount on two persons approve, and whether agents estimate on the spot."""
    return _rule_page()


@pages.post("/settlements/rule")
@roles(*KEEPERS)
def set_rule() -> Response | tuple[str, int]:
    """Set that amount, or lift it with an empty answer."""
    form = RuleForm()
    if not form.accepted():
        return _rule_page(form), 400
    settling.set_rule(reader().landlord_id, form.two_above.data, reader().account_id)
    flash(_("La règle est enregistrée."), "safe")
    return redirect(url_for("office.rule"))


@pages.post("/settlements/estimates")
@roles(*KEEPERS)
def set_estimates() -> Response:
    """Let agents show what an exit may cost, or not."""
    form = EstimatesForm()
    if not form.accepted():
        abort(400)
    settling.set_estimates(reader().landlord_id, reader().account_id, on=form.on.data)
    flash(_("C’est enregistré. Les tablettes le suivent à leur prochaine mise à jour."), "safe")
    return redirect(url_for("office.rule"))


def _rule_page(wrong: RuleForm | None = None) -> str:
    landlord = reader().landlord_id
    amount, on = settling.rule_of(landlord), settling.estimates(landlord)
    return render_template(
        "office/rule.html",
        form=wrong or RuleForm(formdata=None, two_above=amount),
        switch=EstimatesForm(formdata=None, on=on),
        amount=amount,
        on=on,
        may_set=reader().role in KEEPERS,
    )


def _found(inventory_id: object) -> Exit:
    try:
        return assessing.open_exit(scope(), str(inventory_id))
    except NothingToAssess:
        abort(404)


def _shown(found: Exit, form: AccountForm, wrong: Mapping[str, SendMail] | None = None) -> str:
    file = opened(found.inventory.id)
    try:
        drawn, fault = found.drawn(), None
    except CannotSettle as error:
        drawn, fault = None, error
    me, row = reader(), found.row
    tenants = {party["id"] for party in settlement_mail.tenants_of(found)}
    takers = [person for person in file.people if person.id in tenants]
    mails = {one.id: SendMail(formdata=None, email=one.email) for one in takers} | dict(wrong or {})
    return render_template(
        "office/settlement.html",
        file=file,
        found=found,
        form=form,
        drawn=drawn,
        fault=fault,
        seen=settling.digest(found) if drawn else "",
        two=drawn is not None and settling.needs_two(db.session(), found, drawn),
        papers=settling.papers_in(db.session(), file.id),
        edits=me.role in PRICERS and found.state is SettlementState.DRAFT,
        settles=me.role in PRICERS,
        takers=takers,
        mails=mails,
        files=settlement_mail.files_in(db.session(), found),
        messages=mail.about(scope(), Topic.SETTLEMENT, file.id),
        has_server=mail.carried(Channel.EMAIL),
        prepared_by_me=row is not None and row.submitted_by == me.account_id,
        **frame(file),
    )


def _back(inventory_id: object) -> Response:
    return redirect(url_for("office.settlement", inventory_id=inventory_id))
