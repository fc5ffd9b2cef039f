"""What may be written down of a failure: which one and where, and not what a person had entered.

The message of an error may quote a row, an address or a name: SQLAlchemy adds the parameters, PostgreSQL the row.
"""

import traceback

from sqlalchemy.exc import DBAPIError

OWN = ("fieldapp.reports.", "fieldapp.services.sealing")
"""Modules whose errors say what they say in our own words, about files, certificates and servers."""


def told(error: BaseException) -> str:
    """One line for the office: the kind of error, with its sentence when it is one of ours."""
    kind = type(error)
    name = kind.__name__
    if kind.__module__.startswith(OWN) and str(error):
        return f"{name}: {error}"
    if isinstance(error, DBAPIError) and error.orig is not None:
        return f"{name}: {type(error.orig).__name__}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    return name


def traced(error: BaseException) -> str:
    """Several lines for the log: the error, those that led to it, and the places in the code."""
    lines = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(told(link))
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)
