"""The candidate's national number (numéro unique d'enregistrement): checked to warn, never to block."""

LENGTH = 18


def as_kept(text: str) -> str:
    """What is kept of what was typed: capitals, no spaces."""
    return "".join(text.split()).upper()


def is_plausible(number: str) -> bool:
    """Whether it has the form of a numéro unique: 18 letters or digits (arrêté du 14 juin 2010)."""
    return len(number) == LENGTH and number.isascii() and number.isalnum()
