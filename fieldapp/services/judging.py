"""Whether one operation may be applied, judged alone: whose it is, what it writes, whether its act was signed."""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.act import Decision, Method
from fieldapp.domain.root_vocabulary import BadValue, RootVocabulary, UnknownField, UnknownKind
from fieldapp.domain.visit_vocabulary import VISIT
from fieldapp.domain.vocabulary import INVENTORY
from fieldapp.services import signature
from fieldapp.services.header import Header
from fieldapp.services.tablet import Tablet
from sync import canonical
from sync.envelope import Change

VOCABULARIES: Mapping[str, RootVocabulary] = {words.root: words for words in (INVENTORY, VISIT)}


class Refused(ValueError):
    """An operation is not taken; `code` is what the tablet is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def judge(op: Change, device: Tablet, headers: Mapping[str, Header]) -> str:
    """Give the value in canonical JSON text, or raise `Refused`: `not_yours`, `unknown_kind`, `unknown_field`,
    `bad_value`, `sealed` or `bad_signature`.
    """
    root = headers.get(op.root_id)
    if root is None or not device.may_write(root.landlord_id, root.agency_id, root.agent_id):
        raise Refused("not_yours")
    if op.device_id != device.id or op.actor_id != device.actor_id:
        raise Refused("not_yours")
    words = VOCABULARIES[root.kind]
    text = _value(op, words)
    if (op.kind, op.field) in words.server_only:
        raise Refused("not_yours")
    if (op.kind == words.root) != (op.entity_id == op.root_id):
        raise Refused("bad_value")
    if root.fixed and op.kind not in words.after_closing:
        raise Refused("sealed")
    if op.kind == "act":
        _judge_act(op, device)
    return text


def _value(op: Change, words: RootVocabulary) -> str:
    try:
        words.check(op.kind, op.field, op.value)
        return canonical.dumps(op.value).decode()
    except UnknownKind as error:
        raise Refused("unknown_kind") from error
    except UnknownField as error:
        raise Refused("unknown_field") from error
    except (BadValue, canonical.NotCanonical) as error:
        raise Refused("bad_value") from error


def _judge_act(op: Change, device: Tablet) -> None:
    act: Mapping[str, Any] = op.value
    about = act["visit_id"] if "visit_id" in act else act["inventory_id"]
    if (act["act_id"], about, act["device_id"]) != (op.entity_id, op.root_id, device.id):
        raise Refused("bad_value")
    if not _is_expressed(act):
        raise Refused("bad_value")
    if not signature.is_genuine(act, device.public_key):
        raise Refused("bad_signature")


def _is_expressed(act: Mapping[str, Any]) -> bool:
    """Whether a signature has a line or a name, and a refusal or an absence its reason."""
    if Decision(act["decision"]).is_signature:
        if act["method"] == Method.DRAWN:
            return any(len(stroke) >= 2 for stroke in act["strokes"] or ())
        return act["method"] == Method.TYPED and bool((act["typed_name"] or "").strip())
    return act["method"] == Method.NONE and bool((act["reason"] or "").strip())
