"""The landlord's own catalogue in its versions: kept when an import changes it, given to tablets by its hash."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.house_catalogue import document_of
from fieldapp.records.catalogue_element import CatalogueElement
from fieldapp.records.house_catalogue import HouseCatalogue
from fieldapp.services.identifier import new_id
from sync import canonical


class UnknownCatalogue(LookupError):
    """No version of this landlord's catalogue has this hash."""


def keep_version(session: Session, landlord_id: str) -> None:
    """Keep the catalogue as its lines stand, in the caller's transaction; one that says the same makes no version."""
    rows = session.execute(
        select(
            CatalogueElement.room_kind,
            CatalogueElement.reference,
            CatalogueElement.element_kind,
            CatalogueElement.label,
            CatalogueElement.material,
        )
        .where(CatalogueElement.landlord_id == landlord_id)
        .order_by(CatalogueElement.room_kind, CatalogueElement.position, CatalogueElement.id)
    )
    document = canonical.dumps(
        document_of((room, reference, kind, label, material) for room, reference, kind, label, material in rows)
    )
    sha256, last = canonical.sha256_hex(document), in_force(session, landlord_id)
    if last is not None and last.sha256 == sha256:
        return
    session.add(
        HouseCatalogue(
            id=new_id(),
            landlord_id=landlord_id,
            version=last.version + 1 if last else 1,
            sha256=sha256,
            document=document.decode(),
            made_at=datetime.now(UTC),
        )
    )
    session.flush()


def in_force(session: Session, landlord_id: str) -> HouseCatalogue | None:
    """The newest version; None for a landlord that uses ours."""
    query = select(HouseCatalogue).where(HouseCatalogue.landlord_id == landlord_id)
    return session.scalars(query.order_by(HouseCatalogue.version.desc()).limit(1)).first()


def known(session: Session, landlord_id: str, hashes: Collection[str]) -> list[str]:
    """Which of these hashes are versions of this landlord's."""
    query = select(HouseCatalogue.sha256).where(
        HouseCatalogue.landlord_id == landlord_id, HouseCatalogue.sha256.in_(sorted(hashes))
    )
    return sorted(set(session.scalars(query)))


def document(session: Session, landlord_id: str, sha256: str) -> dict[str, Any]:
    """What a version says; raises `UnknownCatalogue`."""
    query = select(HouseCatalogue.document).where(
        HouseCatalogue.landlord_id == landlord_id, HouseCatalogue.sha256 == sha256
    )
    text = session.scalars(query.limit(1)).first()
    if text is None:
        raise UnknownCatalogue(sha256)
    found: dict[str, Any] = json.loads(text)
    return found
