"""The landlord's criteria: what candidates are asked their opinion on."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.services import criteria
from fieldapp.services.criteria import MOST, Criterion
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import KEEPERS, pages
from fieldapp.web.office.person import reader

LONGEST = 80
EMPTY = Criterion(None, "", "")


@pages.get("/criteria")
@roles(*KEEPERS)
def edit_criteria() -> str:
    """The criteria as they stand, with empty lines to add more."""
    _insist_on_the_whole()
    return _page(criteria.criteria_of(reader().landlord_id), {})


@pages.post("/criteria")
@roles(*KEEPERS)
def write_criteria() -> Response | tuple[str, int]:
    """Keep all of them in their order."""
    _insist_on_the_whole()
    wanted = [line for line in _lines() if line.label_fr or line.label_en]
    faults = {place: fault for place, line in enumerate(wanted) if (fault := _fault(line, wanted[:place]))}
    if faults or not Form().accepted():
        return _page(wanted, faults), 400
    criteria.write(reader().landlord_id, wanted, reader().account_id)
    flash(_("Les critères sont enregistrés. Les tablettes les recevront à leur prochaine connexion."), "safe")
    return redirect(url_for("office.edit_criteria"))


def _insist_on_the_whole() -> None:
    """What every agency asks is not one agency's to say."""
    if reader().agency_id:
        abort(403)


def _lines() -> list[Criterion]:
    answers = zip(*(request.form.getlist(name)[:MOST] for name in ("code", "fr", "en")), strict=False)
    return [Criterion(code or None, fr.strip(), en.strip()) for code, fr, en in answers]


def _fault(line: Criterion, before: list[Criterion]) -> str:
    if not line.label_fr or not line.label_en:
        return _("Écrivez ce critère dans les deux langues, ou videz la ligne.")
    if max(len(line.label_fr), len(line.label_en)) > LONGEST:
        return _("Quatre-vingts caractères au plus.")
    if any(line.label_fr.casefold() == other.label_fr.casefold() for other in before):
        return _("Ce critère y est déjà.")
    return ""


def _page(lines: list[Criterion] | tuple[Criterion, ...], faults: dict[int, str]) -> str:
    rows = [*lines, *[EMPTY] * (MOST - len(lines))]
    return render_template("office/criteria.html", rows=rows, faults=faults, longest=LONGEST, most=MOST)
