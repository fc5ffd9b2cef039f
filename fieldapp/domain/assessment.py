"""The landlord's assessment of a change: its place beside the inventory, never in what is signed."""


class NoSubject(ValueError):
    """An assessment is about a thing that has a UUID of version 7."""


def assessment_id(subject_id: str) -> str:
    """The one id of the assessment about a thing: the thing's UUID with version 8, so that every tablet finds the same.

    Raises `NoSubject`.
    """
    if len(subject_id) != 36 or subject_id[14] != "7":
        raise NoSubject(subject_id)
    return f"{subject_id[:14]}8{subject_id[15:]}"
