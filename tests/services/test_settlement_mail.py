"""The files of a settlement travel in as few e-mails as mail servers take."""

from fieldapp.services.mail import ATTACHED_BYTES, Attachment
from fieldapp.services.settlement_mail import parcelled


def file(name: str, size: int) -> Attachment:
    return Attachment("proofs", name * 64, size, name)


def test_what_is_light_travels_in_one_message() -> None:
    files = [file("a", 400_000), file("b", 300_000), file("c", ATTACHED_BYTES - 700_000)]
    assert parcelled(files) == [tuple(files)]


def test_what_is_too_heavy_together_follows_in_further_messages_in_order() -> None:
    letter, photo, scan, quote = (
        file("a", 1),
        file("b", ATTACHED_BYTES),
        file("c", ATTACHED_BYTES - 1),
        file("d", 1),
    )
    assert parcelled([letter, photo, scan, quote]) == [(letter,), (photo,), (scan, quote)]
