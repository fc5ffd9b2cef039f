"""Anybody can ask whether a file is the one that was sealed."""

import subprocess
import sys

import pytest
from werkzeug.test import TestResponse

from fieldapp.reports.verdict import Check, Finding, Status, Verdict
from fieldapp.services import verifying
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import TOKEN, Browser, browser


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return browser(quick_estate)


def check(own: Browser, data: bytes) -> TestResponse:
    """Send a file with the page's own form; the body is put together here because the test client would leak a large one."""
    token = TOKEN.search(own.text("/verify"))
    assert token
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token[1].encode(),
        b'--b\r\nContent-Disposition: form-data; name="pdf"; filename="rapport.pdf"\r\n\r\n' + data,
        b"--b--\r\n",
    )
    return own.client.post("/verify", data=b"\r\n".join(parts), content_type="multipart/form-data; boundary=b")


def test_what_is_no_report_is_said_so(own: Browser) -> None:
    for data in (b"not a pdf at all", b"%PDF-1.7\n%%EOF\n", b"\x00" * 1000):
        answer = check(own, data)
        assert answer.status_code == 200
        assert "n’est pas un rapport scellé" in answer.text


def test_an_empty_form_is_asked_again(own: Browser) -> None:
    answer = own.send("/verify", "/verify")
    assert answer.status_code == 400
    assert "Choisissez le fichier PDF à vérifier." in answer.text


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(own: Browser) -> None:
    own.get("/verify")
    announced = {"CONTENT_LENGTH": str(verifying.MOST_BYTES * 2), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = own.client.post("/verify", environ_overrides=announced)
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


def test_a_file_larger_than_a_usual_form_is_taken(own: Browser) -> None:
    assert check(own, b"x" * 5_000_000).status_code == 200


def test_checking_is_limited_for_each_address(own: Browser) -> None:
    answers = [check(own, b"x").status_code for _ in range(22)]
    assert set(answers[:20]) == {200}
    assert set(answers[20:]) == {429}


@pytest.mark.parametrize(
    ("status", "sentence"),
    ((Status.INTACT, "Ce fichier est celui qui a été scellé"), (Status.ALTERED, "Ce fichier a été modifié")),
)
def test_each_check_is_told_in_plain_words(
    own: Browser, monkeypatch: pytest.MonkeyPatch, status: Status, sentence: str
) -> None:
    findings = tuple(Finding(which, ok=status is Status.INTACT) for which in Check)
    verdict = Verdict(status, findings, number="E26-004817", record_sha256="ab" * 32, sealed_by="Le bailleur")
    monkeypatch.setattr(verifying, "verify_file", lambda _pdf: verdict)
    html = check(own, b"%PDF").text
    assert sentence in html
    assert "E26-004817" in html
    assert "abababab abababab" in html
    assert html.count("ne tient pas") == (0 if status is Status.INTACT else len(Check) + 1)


def test_the_web_process_loads_neither_what_lays_out_nor_what_seals_nor_workbooks(quick_estate: Estate) -> None:
    heavy = {"weasyprint", "pyhanko", "pikepdf", "openpyxl"}
    code = f"import sys, fieldapp.web, fieldapp.services.verifying; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
