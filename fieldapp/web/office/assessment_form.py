"""What the office answers about one line of an assessment."""

from collections.abc import Iterable
from decimal import Decimal

from flask_babel import gettext as _
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length

from fieldapp.domain import catalogue
from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_sheet import Basis, Decision, Pricing, SheetLine, fitting, priced
from fieldapp.domain.charge_words import basis_words, cause_words
from fieldapp.domain.condition import State
from fieldapp.domain.money import plain
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.settlement import Proof
from fieldapp.domain.table_row import VAT_RATES
from fieldapp.domain.wear_grid import WearGrid
from fieldapp.domain.wording import Wording
from fieldapp.domain_words import in_language
from fieldapp.services.charging import Answer
from fieldapp.web.amounts import money, percent
from fieldapp.web.form import Form
from fieldapp.web.language import current
from fieldapp.web.office.amount_field import AmountField
from fieldapp.web.office.import_form import DayField
from fieldapp.web.wording import UNITS
from fieldapp.web.words import later as _l

LISTED = "list:"
ACCEPTANCE = (State.NEW, State.GOOD, State.WORN, State.POOR, State.OUT_OF_ORDER)


class LineForm(Form):
    """Cause, work, age; and an amount where the rules leave it to a person."""

    cause = SelectField(_l("Cause"), validate_choice=True)
    work = SelectField(_l("Travaux et prix"), validate_choice=True)
    quantity = AmountField(_l("Quantité"))
    label = StringField(_l("Travaux, sur le devis ou la facture"), validators=[Length(max=200)])
    price = AmountField(_l("Prix unitaire hors taxes"))
    unit = SelectField(_l("Unité"))
    vat = SelectField(_l("TVA"))
    wear_kind = SelectField(_l("Ligne de la grille"))
    reference = StringField(_l("Numéro du devis ou de la facture"), validators=[Length(max=200)])
    basis = SelectField(_l("L’âge compte depuis"))
    started_on = DayField(_l("Le"))
    entry_state = SelectField(_l("État à la réception des travaux"))
    decided = AmountField(_l("Montant décidé, TTC"))
    decided_why = TextAreaField(
        _l("Pourquoi ce montant"),
        validators=[Length(max=500, message=_l("500 caractères au plus."))],
        render_kw={"rows": 2},
    )

    def answer(self, items: Iterable[PriceItem]) -> Answer | None:
        """What was answered; None, with sentences at the fields, when something does not fit together."""
        pricing = self._pricing({item.code: item for item in items})
        if self.decided.data is not None and not (self.decided_why.data or "").strip():
            self.decided_why.errors = [_("Écrivez pourquoi : le locataire le lira.")]
        if self.decided.data is not None and self.decided.data < 0:
            self.decided.errors = [_("Le montant ne peut pas être négatif.")]
        if any(field.errors for field in self):
            return None
        accepted = self.entry_state.data if "entry_state" in self else ""
        decision = Decision(
            pricing=pricing,
            started_on=self.started_on.data,
            basis=Basis(self.basis.data) if self.basis.data else None,
            entry_state=State(accepted) if accepted else None,
            decided=self.decided.data,
            decided_why=(self.decided_why.data or "").strip() if self.decided.data is not None else "",
        )
        return Answer(Cause(self.cause.data) if self.cause.data else None, decision)

    def _pricing(self, items: dict[str, PriceItem]) -> Pricing | None:
        work = self.work.data or ""
        if not work:
            return None
        amount = self.quantity.data
        if amount is None or amount <= 0:
            self.quantity.errors = [_("Donnez la quantité : la surface abîmée, ou combien de pièces.")]
            return None
        if work.startswith(LISTED):
            return priced(items[work.removeprefix(LISTED)], amount)
        if self.price.data is None or self.price.data < 0:
            self.price.errors = [_("Donnez le prix hors taxes.")]
        if not (self.label.data or "").strip():
            self.label.errors = [_("Écrivez quels travaux.")]
        if not (self.reference.data or "").strip():
            self.reference.errors = [_("Donnez le numéro du devis ou de la facture.")]
        if self.price.errors or self.label.errors or self.reference.errors or self.price.data is None:
            return None
        return Pricing(
            label=(self.label.data or "").strip(),
            quantity=amount,
            unit=Unit(self.unit.data),
            price=self.price.data,
            vat=Decimal(self.vat.data),
            wear_kind=self.wear_kind.data or "",
            proof=Proof(work),
            reference=(self.reference.data or "").strip(),
        )


def form_of(line: SheetLine, items: tuple[PriceItem, ...], grid: WearGrid, *, sent: bool = False) -> LineForm:
    """The form of a line, filled in with what is decided, or with what was sent."""
    form = LineForm(prefix=line.line_id, **({} if sent else {"formdata": None}), **_values(line, items))
    say, words = in_language(current()), Wording(catalogue.load(), current())
    form.cause.choices = [("", _("Pas encore décidée")), *((cause.value, cause_words(cause, say)) for cause in Cause)]
    form.work.choices = _works(line, items)
    form.unit.choices = [(unit.value, str(UNITS[unit])) for unit in Unit]
    form.vat.choices = [(plain(rate), percent(rate)) for rate in VAT_RATES]
    form.wear_kind.choices = [
        ("", _("Aucune : une personne décide")),
        *((row.element_kind, row.label) for row in grid.rows.values()),
    ]
    form.basis.choices = [("", _("Pas connu")), *((basis.value, basis_words(basis, say)) for basis in Basis)]
    if line.proposal.replaced:
        form.entry_state.choices = [
            ("", _("Pas connu")),
            *((state.value, words.label("states", state.value)) for state in ACCEPTANCE),
        ]
    else:
        del form.entry_state
    return form


def _values(line: SheetLine, items: tuple[PriceItem, ...]) -> dict[str, object]:
    decision, pricing = line.decision, line.decision.pricing
    fits = fitting(items, line.proposal)
    found: dict[str, object] = {
        "cause": line.cause.value if line.cause else "",
        "basis": decision.basis.value if decision.basis else "",
        "started_on": decision.started_on,
        "entry_state": decision.entry_state.value if decision.entry_state else "",
        "decided": decision.decided,
        "decided_why": decision.decided_why,
        "vat": "10",
    }
    if pricing is None:
        counted = line.proposal.missing * 100 or None
        alone = fits[0] if len(fits) == 1 else None
        return found | {"work": LISTED + alone.code if alone else "", "quantity": counted}
    listed = pricing.proof is Proof.PRICE_LIST
    own = {} if listed else {"label": pricing.label, "price": pricing.price, "reference": pricing.reference}
    return (
        found
        | own
        | {
            "work": LISTED + pricing.reference if listed else pricing.proof.value,
            "quantity": pricing.quantity,
            "unit": pricing.unit.value,
            "vat": plain(pricing.vat),
            "wear_kind": pricing.wear_kind,
        }
    )


def _works(line: SheetLine, items: tuple[PriceItem, ...]) -> list[SelectChoice]:
    """The works that fit first, then quote and invoice, then all the others."""
    fits = fitting(items, line.proposal)
    named = [*fits, *(item for item in items if item not in fits)]
    groups = {
        item.code: _("Bordereau, pour ce constat") if item in fits else _("Bordereau, autres travaux") for item in named
    }
    listed = [
        SelectChoice(
            LISTED + item.code, f"{item.label}, {money(item.price)} / {UNITS[item.unit]}", optgroup=groups[item.code]
        )
        for item in named
    ]
    papers = [
        SelectChoice(Proof.QUOTE.value, _("D’après un devis"), optgroup=_("Autre preuve")),
        SelectChoice(Proof.INVOICE.value, _("D’après une facture"), optgroup=_("Autre preuve")),
    ]
    return [SelectChoice("", _("Pas encore choisi")), *listed[: len(fits)], *papers, *listed[len(fits) :]]
