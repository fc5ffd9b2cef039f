"""A file of any size that somebody gives."""

from flask_wtf.file import FileField

from fieldapp.web.form import Form
from fieldapp.web.words import later as _l


class BringFile(Form):
    """One file, CSV or XLSX."""

    file = FileField(_l("Fichier CSV ou XLSX"), render_kw={"accept": ".csv,.txt,.tsv,.xlsx,text/csv"})
