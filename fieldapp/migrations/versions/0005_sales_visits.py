"""Sales visits: candidates, proposals, sheets, surroundings, works requests, calendars; roots that are visits."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Change the shape."""
    op.create_table(
        "visit_criterion",
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label_fr", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_visit_criterion_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("landlord_id", "code", name=op.f("pk_visit_criterion")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("unique_number", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "need IN ('step_free', 'wheelchair', 'low_floor', 'adapted_bathroom', 'large_print', 'sign_language')",
            name=op.f("ck_candidate_need_known"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_candidate_agency_id_agency")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_candidate_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
    )
    with op.batch_alter_table("candidate") as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_erased_at"), ["erased_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_landlord_id"), ["landlord_id"], unique=False)

    op.create_table(
        "calendar_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["account.id"], name=op.f("fk_calendar_link_agent_id_account")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_calendar_link_created_by_account")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_calendar_link_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_calendar_link_secret_sha256")),
    )
    with op.batch_alter_table("calendar_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_link_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_link_landlord_id"), ["landlord_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("lat_e7", sa.Integer(), nullable=True),
        sa.Column("lon_e7", sa.Integer(), nullable=True),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('stop', 'school', 'creche', 'health', 'shop', 'public_service', 'coverage', 'risk')",
            name=op.f("ck_place_kind_known"),
        ),
        sa.CheckConstraint(
            "(lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (distance_m IS NULL)",
            name=op.f("ck_place_point_whole"),
        ),
        sa.CheckConstraint("distance_m >= 0", name=op.f("ck_place_distance_natural")),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_place_building_id_building")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_place_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    with op.batch_alter_table("place") as batch_op:
        batch_op.create_index(batch_op.f("ix_place_building_id"), ["building_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_landlord_id"), ["landlord_id"], unique=False)

    op.create_table(
        "dwelling_picture",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('photo', 'plan')", name=op.f("ck_dwelling_picture_kind_known")),
        sa.ForeignKeyConstraint(
            ["dwelling_id"], ["dwelling.id"], name=op.f("fk_dwelling_picture_dwelling_id_dwelling")
        ),
        sa.ForeignKeyConstraint(
            ["landlord_id"], ["landlord.id"], name=op.f("fk_dwelling_picture_landlord_id_landlord")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dwelling_picture")),
        sa.UniqueConstraint("dwelling_id", "position", name=op.f("uq_dwelling_picture_dwelling_id_position")),
    )
    with op.batch_alter_table("dwelling_picture") as batch_op:
        batch_op.create_index(batch_op.f("ix_dwelling_picture_landlord_id"), ["landlord_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dwelling_picture_sha256"), ["sha256"], unique=False)

    op.create_table(
        "dwelling_sheet",
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("rent", sa.Integer(), nullable=False),
        sa.Column("charges", sa.Integer(), nullable=False),
        sa.Column("deposit", sa.Integer(), nullable=False),
        sa.Column("aids", sa.Integer(), nullable=True),
        sa.Column("available_on", sa.Date(), nullable=True),
        sa.Column("floor", sa.Integer(), nullable=True),
        sa.Column("lift", sa.Boolean(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("adapted_bathroom", sa.Boolean(), nullable=False),
        sa.Column("climate_class", sa.String(length=1), nullable=True),
        sa.Column("planned_works", sa.Text(), nullable=False),
        sa.Column("key_place", sa.String(length=200), nullable=False),
        sa.Column("risks_on", sa.Date(), nullable=True),
        sa.Column("energy_sheet", sa.JSON(), nullable=False),
        sa.Column("contradicted", sa.String(length=24), nullable=True),
        sa.Column("override_reason", sa.String(length=300), nullable=True),
        sa.Column("override_by", sa.String(length=36), nullable=True),
        sa.Column("override_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "climate_class IN ('A', 'B', 'C', 'D', 'E', 'F', 'G')", name=op.f("ck_dwelling_sheet_climate_class_known")
        ),
        sa.CheckConstraint(
            "(override_reason IS NULL) = (override_at IS NULL)", name=op.f("ck_dwelling_sheet_override_whole")
        ),
        sa.CheckConstraint(
            "rent >= 0 AND charges >= 0 AND deposit >= 0 AND aids >= 0",
            name=op.f("ck_dwelling_sheet_amounts_not_negative"),
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_dwelling_sheet_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_dwelling_sheet_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["override_by"], ["account.id"], name=op.f("fk_dwelling_sheet_override_by_account")),
        sa.PrimaryKeyConstraint("dwelling_id", name=op.f("pk_dwelling_sheet")),
    )
    with op.batch_alter_table("dwelling_sheet") as batch_op:
        batch_op.create_index(batch_op.f("ix_dwelling_sheet_landlord_id"), ["landlord_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("dalo", sa.Boolean(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('attribution', 'attribution_ranked', 'attribution_conditional', 'non_attribution', 'rejection')",
            name=op.f("ck_proposal_decision_known"),
        ),
        sa.CheckConstraint("stage IN ('before', 'after')", name=op.f("ck_proposal_stage_known")),
        sa.CheckConstraint("state <> 'offered' OR notified_on IS NOT NULL", name=op.f("ck_proposal_offer_notified")),
        sa.CheckConstraint("state <> 'signed' OR signed_on IS NOT NULL", name=op.f("ck_proposal_signature_dated")),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'accepted', 'refused', 'lapsed', 'withdrawn', 'signed')",
            name=op.f("ck_proposal_state_known"),
        ),
        sa.CheckConstraint("(notified_on IS NULL) = (reply_by IS NULL)", name=op.f("ck_proposal_delay_whole")),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_proposal_rank_from_one")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_proposal_candidate_id_candidate")),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_proposal_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_proposal_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_dwelling_id_rank"), ["dwelling_id", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_landlord_id_state"), ["landlord_id", "state"], unique=False)

    op.create_table(
        "vacancy",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("monthly", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('commercial', 'technical')", name=op.f("ck_vacancy_kind_known")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_vacancy_ends_after_start")),
        sa.CheckConstraint("monthly >= 0", name=op.f("ck_vacancy_monthly_not_negative")),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_vacancy_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_vacancy_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
    )
    with op.batch_alter_table("vacancy") as batch_op:
        batch_op.create_index(batch_op.f("ix_vacancy_dwelling_id"), ["dwelling_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_vacancy_landlord_id_starts_on"), ["landlord_id", "starts_on"], unique=False
        )

    op.create_table(
        "appointment_candidate",
        sa.Column("appointment_id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("proposal_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_appointment_candidate_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_appointment_candidate_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_appointment_candidate_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("appointment_id", "candidate_id", name=op.f("pk_appointment_candidate")),
        sa.UniqueConstraint(
            "appointment_id", "position", name=op.f("uq_appointment_candidate_appointment_id_position")
        ),
    )
    with op.batch_alter_table("appointment_candidate") as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_candidate_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_candidate_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=False),
        sa.Column("appointment_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("slot", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missing_photos", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("slot IN ('individual', 'group')", name=op.f("ck_visit_slot_known")),
        sa.CheckConstraint(
            "state IN ('planned', 'in_progress', 'done', 'cancelled')", name=op.f("ck_visit_state_known")
        ),
        sa.CheckConstraint(
            "missing_photos >= 0 AND conflicts >= 0 AND rejections >= 0", name=op.f("ck_visit_counts_natural")
        ),
        sa.CheckConstraint("received_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_visit_received_once_closed")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_visit_agency_id_agency")),
        sa.ForeignKeyConstraint(["agent_id"], ["account.id"], name=op.f("fk_visit_agent_id_account")),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_visit_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_visit_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_visit_landlord_id_landlord")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("appointment_id", name=op.f("uq_visit_appointment_id")),
    )
    with op.batch_alter_table("visit") as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_dwelling_id"), ["dwelling_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_landlord_id_state"), ["landlord_id", "state"], unique=False)

    op.create_table(
        "visit_outcome",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("candidate_id", sa.String(length=36), nullable=False),
        sa.Column("proposal_id", sa.String(length=36), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("principal_reason", sa.String(length=24), nullable=True),
        sa.CheckConstraint(
            "result IN ('accepts', 'interested', 'thinking', 'refuses', 'absent_excused', 'absent_unexcused', 'unreachable', 'impossible', 'cancelled')",
            name=op.f("ck_visit_outcome_result_known"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_visit_outcome_agency_id_agency")),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_visit_outcome_building_id_building")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_visit_outcome_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_visit_outcome_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_visit_outcome_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_visit_outcome_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_outcome_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_outcome")),
    )
    with op.batch_alter_table("visit_outcome") as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_outcome_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_outcome_landlord_id_day"), ["landlord_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_outcome_proposal_id"), ["proposal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_outcome_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "works_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("landlord_id", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.String(length=36), nullable=False),
        sa.Column("building_id", sa.String(length=36), nullable=False),
        sa.Column("dwelling_id", sa.String(length=36), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("room_kind", sa.String(length=64), nullable=True),
        sa.Column("element_kind", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.String(length=64), nullable=True),
        sa.Column("where", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("routed_to", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("raised_by", sa.String(length=36), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("source IN ('snag', 'request')", name=op.f("ck_works_request_source_known")),
        sa.CheckConstraint("state IN ('new', 'ordered', 'done', 'dropped')", name=op.f("ck_works_request_state_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_works_request_agency_id_agency")),
        sa.ForeignKeyConstraint(["building_id"], ["building.id"], name=op.f("fk_works_request_building_id_building")),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_works_request_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["landlord_id"], ["landlord.id"], name=op.f("fk_works_request_landlord_id_landlord")),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_works_request_raised_by_account")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_works_request_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_request")),
    )
    with op.batch_alter_table("works_request") as batch_op:
        batch_op.create_index(batch_op.f("ix_works_request_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_request_building_id"), ["building_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_request_dwelling_id"), ["dwelling_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_request_landlord_id_state"), ["landlord_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_works_request_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_reason",
        sa.Column("outcome_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["visit_outcome.id"], name=op.f("fk_visit_reason_outcome_id_visit_outcome")
        ),
        sa.PrimaryKeyConstraint("outcome_id", "reason", name=op.f("pk_visit_reason")),
    )
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.add_column(sa.Column("cancel_reason", sa.String(length=300), nullable=False, server_default=""))
        batch_op.alter_column("tenancy_id", existing_type=sa.String(length=36), nullable=True)
        batch_op.alter_column("inventory_id", existing_type=sa.String(length=36), nullable=True)
        batch_op.drop_constraint(op.f("ck_appointment_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_appointment_kind_known"), "kind IN ('move_in', 'move_out', 'pre_exit', 'sales_visit')"
        )
        batch_op.create_check_constraint(
            op.f("ck_appointment_inventory_unless_visit"),
            "(kind = 'sales_visit') = (inventory_id IS NULL) AND (kind = 'sales_visit') = (tenancy_id IS NULL)",
        )
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.alter_column("cancel_reason", existing_type=sa.String(length=300), server_default=None)
    with op.batch_alter_table("building") as batch_op:
        batch_op.add_column(sa.Column("lat_e7", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("lon_e7", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_building_point_whole"), "(lat_e7 IS NULL) = (lon_e7 IS NULL)")
    # A root is an inventory or a visit: what points at it is held by the header that every write locks first.
    for table in ("change", "conflict", "holding"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_root_id_inventory"), type_="foreignkey")
    with op.batch_alter_table("field_state", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.drop_constraint(op.f("fk_field_state_root_id_inventory"), type_="foreignkey")


def downgrade() -> None:
    """Change it back: what was written about visits goes with their tables, for nothing older can hold it."""
    for table in ("change", "conflict", "field_state", "holding", "photo_use"):
        op.execute(f"DELETE FROM {table} WHERE root_id IN (SELECT id FROM visit)")  # noqa: S608 - names of our own
    for table in (
        "visit_reason",
        "works_request",
        "visit_outcome",
        "visit",
        "appointment_candidate",
        "vacancy",
        "proposal",
        "dwelling_sheet",
        "dwelling_picture",
        "place",
        "calendar_link",
        "candidate",
        "visit_criterion",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM appointment WHERE kind = 'sales_visit'")
    for table in ("change", "conflict", "holding"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_foreign_key(op.f(f"fk_{table}_root_id_inventory"), "inventory", ["root_id"], ["id"])
    with op.batch_alter_table("field_state", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.create_foreign_key(op.f("fk_field_state_root_id_inventory"), "inventory", ["root_id"], ["id"])
    with op.batch_alter_table("building") as batch_op:
        batch_op.drop_constraint(op.f("ck_building_point_whole"), type_="check")
        batch_op.drop_column("lon_e7")
        batch_op.drop_column("lat_e7")
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_constraint(op.f("ck_appointment_inventory_unless_visit"), type_="check")
        batch_op.drop_constraint(op.f("ck_appointment_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_appointment_kind_known"), "kind IN ('move_in', 'move_out', 'pre_exit')"
        )
        batch_op.alter_column("inventory_id", existing_type=sa.String(length=36), nullable=False)
        batch_op.alter_column("tenancy_id", existing_type=sa.String(length=36), nullable=False)
        batch_op.drop_column("cancel_reason")
