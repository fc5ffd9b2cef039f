"""People, addresses and references, looked for by words that never stand in an address."""

from flask import render_template
from wtforms import SearchField
from wtforms.validators import Length

from fieldapp.services import audit, searching
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l

MOST_LETTERS = 120


class Search(Form):
    """What is looked for."""

    words = SearchField(
        _l("Nom, adresse ou référence"),
        validators=[Length(max=MOST_LETTERS)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


@pages.get("/search")
@roles(*READERS)
def search() -> str:
    """An empty question."""
    return render_template("office/search.html", form=Search(formdata=None), found=None)


@pages.post("/search")
@roles(*READERS)
def find() -> str:
    """What answers to every word; the words are sent in the form, because addresses are kept in more places than they may be."""
    form = Search()
    form.words.data = (form.words.data or "").strip()[:MOST_LETTERS]
    found = searching.find(scope(), form.words.data)
    person = reader()
    audit.note_read(person.actor, "search.listed", "landlord", person.landlord_id, person.landlord_id, count=len(found))
    return render_template("office/search.html", form=form, found=found)
