"""Telephone numbers as people write them, and the form that gateways want (E.164)."""

import re

SEPARATORS = re.compile(r"[\s.\-/()\u00a0\u202f]")
WHOLE = re.compile(r"\+[1-9][0-9]{7,14}")
MOBILES = {
    "0692": "262",
    "0693": "262",
    "0639": "262",
    "0690": "590",
    "0691": "590",
    "0694": "594",
    "0696": "596",
    "0697": "596",
}
"""Mobile prefixes overseas with the country code that replaces the zero (national numbering plan, ARCEP)."""


def mobile(text: str) -> str | None:
    """`06 12 34 56 78` as `+33612345678`; None for what no text message reaches."""
    bare = SEPARATORS.sub("", text.replace("(0)", ""))
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if bare.startswith("+33") and WHOLE.fullmatch(bare):
        return bare if re.fullmatch(r"\+33[67][0-9]{8}", bare) else None
    if WHOLE.fullmatch(bare):
        return bare
    if not re.fullmatch(r"0[67][0-9]{8}", bare):
        return None
    return f"+{MOBILES.get(bare[:4], '33')}{bare[1:]}"


def written(number: str) -> str:
    """An E.164 number as people read it: `+33612345678` as `06 12 34 56 78`, `+262639123456` as `+262 639 12 34 56`; what
    is not French is given back as it came.
    """
    if home := re.fullmatch(r"\+33([1-9])((?:[0-9]{2}){4})", number):
        return f"0{home[1]} {_pairs(home[2])}"
    if overseas := re.fullmatch(r"\+(262|590|594|596)([1-9][0-9]{2})((?:[0-9]{2}){3})", number):
        return f"+{overseas[1]} {overseas[2]} {_pairs(overseas[3])}"
    return number


def _pairs(digits: str) -> str:
    return " ".join(digits[place : place + 2] for place in range(0, len(digits), 2))
