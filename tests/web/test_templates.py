"""Every template compiles and uses what it imports."""

import re
from pathlib import Path

from tests.fieldwork.estate import Estate

ROOT = Path(__file__).resolve().parents[2]


def test_every_template_compiles_and_names_only_what_is_there(quick_estate: Estate) -> None:
    environment = quick_estate.app.jinja_env
    for name in environment.list_templates(filter_func=lambda name: not name.startswith("report/")):
        environment.get_template(name)
        source = (ROOT / "fieldapp/templates" / name).read_text()
        for imported in re.findall(r'{% from "[^"]+" import ([^%]+?)(?: with context)? %}', source):
            for macro in (part.strip() for part in imported.split(",")):
                assert len(re.findall(rf"\b{macro}\b", source)) > 1, f"{name} imports {macro} and does not use it"
