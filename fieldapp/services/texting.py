"""Handing one text message to the landlord's gateway, and what the gateway answered."""

import json

from fieldapp.services.installation import config
from sync.record import client

MOST_ANSWER_BYTES = 10_000
FOR_GOOD = frozenset({400, 404, 410, 413, 422})
"""What the gateway will never take: a number or a text that it does not want. Anything else may pass."""


class RefusedText(Exception):
    """The gateway will never take this message; its status says so."""


def hand_over(mail_id: str, to: str, text: str) -> tuple[str, str]:
    """Post `{"id", "to", "text"}` to `FIELDAPP_SMS_URL`; gives what was answered and the gateway's own number of it.

    The same id at every try, also as `Idempotency-Key`: a gateway that knows it sends nothing twice. Raises `RefusedText`,
    and `NotHeard` and `BadTarget` of `sync.record` for what may pass.
    """
    settings = config()
    if settings.sms_url is None:
        raise AssertionError("no gateway is set")
    body = json.dumps({"id": mail_id, "to": to, "text": text}, ensure_ascii=False).encode()
    headers = {"Idempotency-Key": mail_id, "Accept": "application/json"}
    if settings.sms_token is not None:
        headers["Authorization"] = f"Bearer {settings.sms_token}"
    try:
        status, said = client.exchange(
            settings.sms_url, body, headers, settings.connector_networks, most_bytes=MOST_ANSWER_BYTES
        )
    except client.NotHeard as error:
        if error.status in FOR_GOOD:
            raise RefusedText(str(error.status)) from error
        raise
    return str(status), _number(said) or mail_id


def _number(said: bytes) -> str:
    try:
        found = json.loads(said)["id"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(found)[:200]
