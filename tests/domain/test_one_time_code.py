"""The codes are those of the standard, and each is good once."""

import base64

from fieldapp.domain.one_time_code import address, at_step, matching_step

SECRET = base64.b32encode(b"12345678901234567890").decode()


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1, the last six of the eight digits."""
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert at_step(SECRET, seconds // 30) == code
        assert matching_step(SECRET, code, seconds) == seconds // 30


def test_a_clock_may_be_half_a_minute_off_and_no_more() -> None:
    code = at_step(SECRET, 100)
    assert [matching_step(SECRET, code, 30 * step) for step in (98, 99, 100, 101, 102)] == [None, 100, 100, 100, None]


def test_a_code_is_good_once() -> None:
    assert matching_step(SECRET, at_step(SECRET, 100), 3000, after=100) is None
    assert matching_step(SECRET, at_step(SECRET, 101), 3000, after=100) == 101


def test_what_is_no_code_is_none() -> None:
    for text in ("", "12345", "é", "1234567"):
        assert matching_step(SECRET, text, 3000) is None


def test_an_authenticator_reads_whose_code_it_is() -> None:
    assert address("ABC", "Office: x", "Rita") == "otpauth://totp/Office%3A%20x%3ARita?secret=ABC&issuer=Office%3A%20x"
