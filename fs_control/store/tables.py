"""The tables, described once: what the program writes through, and what the schema is compared with.

The truth is sql/*.sql; this is its mirror, without comments, checks and cascades. Whoever changes one changes both: a
test compares this description with a migrated database (`migrations.check_drift`).
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from fs_control.store.column_types import MicrosTime, StoredText

metadata: Final = MetaData()


def _text(name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    return Column(name, StoredText, nullable=nullable, primary_key=primary_key)


def _key(name: str, *, primary_key: bool = True, nullable: bool = False) -> Column[Any]:
    """Return a column for an id, compared byte by byte so that its index answers prefixes too."""
    return Column(name, StoredText(collation="C"), primary_key=primary_key, nullable=nullable)


def _moment(name: str, *, nullable: bool = True) -> Column[Any]:
    return Column(name, MicrosTime, nullable=nullable)


def _position() -> Column[Any]:
    return Column("position", Integer, primary_key=True, autoincrement=False)


def _identity() -> Column[Any]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _enterprise_key() -> Column[Any]:
    return Column("enterprise_id", StoredText(collation="C"), ForeignKey("enterprise.id"), primary_key=True)


def _of_call(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["enterprise_id", "call_id"],
        ["call.enterprise_id", "call.call_id"],
        name=f"{table}_call_fkey",
        ondelete="CASCADE",
    )


enterprise: Final = Table(
    "enterprise",
    metadata,
    _key("id"),
    _text("name"),
    _text("time_zone"),
    _text("language"),
    _text("region"),
    Column("memory_valid_s", Integer, nullable=False),
    Column("wrap_up_s", Double),
    Column("starts_on_break", Boolean),
    _text("default_terminal", nullable=True),
    Column("diverts", Boolean),
    _text("caller_id", nullable=True),
)

phone: Final = Table("phone", metadata, _enterprise_key(), _key("extension"), _text("a1_hash", nullable=True))

agent: Final = Table(
    "agent",
    metadata,
    _enterprise_key(),
    _identity(),
    _key("number", primary_key=False),
    _text("name"),
    _key("phone", primary_key=False, nullable=True),
    Column("wrap_up_s", Double),
    Column("starts_on_break", Boolean),
    _key("softphone", primary_key=False, nullable=True),
    _key("ordinary_phone", primary_key=False, nullable=True),
    _key("app", primary_key=False, nullable=True),
    _text("default_terminal", nullable=True),
    _key("extension", primary_key=False, nullable=True),
    _key("divert_to", primary_key=False, nullable=True),
    Column("diverts", Boolean),
    _text("rights"),
    _text("pin_hash", nullable=True),
    _text("caller_id", nullable=True),
    UniqueConstraint("enterprise_id", "number", name="agent_number_key"),
    UniqueConstraint("enterprise_id", "phone", name="agent_phone_key", deferrable=True, initially="DEFERRED"),
    UniqueConstraint("enterprise_id", "extension", name="agent_extension_key", deferrable=True, initially="DEFERRED"),
    *(
        ForeignKeyConstraint(
            ["enterprise_id", kind], ["phone.enterprise_id", "phone.extension"], name=f"agent_{kind}_fkey"
        )
        for kind in ("phone", "softphone", "app")
    ),
)

skill_group: Final = Table(
    "skill_group",
    metadata,
    _enterprise_key(),
    _identity(),
    _text("name"),
    _text("strategy"),
    Column("ring_s", Double, nullable=False),
    Column("returning_customer", Boolean, nullable=False),
    _text("colleague"),
    Column("own_agent_wait_s", Double),
    Column("own_agent_ask", Boolean, nullable=False),
    Column("announce_every_s", Double),
    Column("announce_estimate", Boolean, nullable=False),
    Column("max_waiting", Integer),
    _text("whisper", nullable=True),
    Column("wrap_up_s", Double),
    UniqueConstraint("enterprise_id", "name", name="skill_group_name_key"),
)

group_member: Final = Table(
    "group_member",
    metadata,
    _key("enterprise_id"),
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("agent_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    ForeignKeyConstraint(
        ["enterprise_id", "group_id"],
        ["skill_group.enterprise_id", "skill_group.id"],
        name="group_member_group_fkey",
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["enterprise_id", "agent_id"],
        ["agent.enterprise_id", "agent.id"],
        name="group_member_agent_fkey",
        ondelete="CASCADE",
    ),
    Index("group_member_agent_idx", "enterprise_id", "agent_id"),
)

group_overflow: Final = Table(
    "group_overflow",
    metadata,
    _key("enterprise_id"),
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("helper_group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("after_s", Double, nullable=False),
    ForeignKeyConstraint(
        ["enterprise_id", "group_id"],
        ["skill_group.enterprise_id", "skill_group.id"],
        name="group_overflow_group_fkey",
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["enterprise_id", "helper_group_id"],
        ["skill_group.enterprise_id", "skill_group.id"],
        name="group_overflow_helper_fkey",
        ondelete="CASCADE",
    ),
    Index("group_overflow_helper_idx", "enterprise_id", "helper_group_id"),
)

service_number: Final = Table(
    "service_number",
    metadata,
    _enterprise_key(),
    _key("number"),
    _text("flow", nullable=True),
    Column("max_calls", Integer),
    Column("takes_memory", Boolean, nullable=False),
    Column("memory_valid_s", Integer),
    _text("absent_flow", nullable=True),
    UniqueConstraint("number", name="service_number_number_key"),
)

flow_version: Final = Table(
    "flow_version",
    metadata,
    _enterprise_key(),
    _identity(),
    _text("name"),
    _key("digest", primary_key=False),
    _text("text"),
    Column("activated_at", MicrosTime, nullable=False, server_default=func.now()),
    _text("activated_by"),
    Column("version", Integer, nullable=False),
    Column("from_version", Integer),
    _key("file_digest", primary_key=False),
    _text("reason"),
    Column("accepted", JSONB, nullable=False),
    Index("flow_version_name_idx", "enterprise_id", "name", "id"),
    UniqueConstraint("enterprise_id", "name", "version", name="flow_version_version_key"),
)

customer: Final = Table(
    "customer",
    metadata,
    _enterprise_key(),
    _identity(),
    _key("number", primary_key=False),
    _text("name"),
    Column("owner_id", BigInteger, nullable=False),
    _moment("created_at", nullable=False),
    _moment("changed_at", nullable=False),
    Column("priority", Integer, nullable=False),
    UniqueConstraint("enterprise_id", "number", name="customer_number_key"),
    ForeignKeyConstraint(
        ["enterprise_id", "owner_id"], ["agent.enterprise_id", "agent.id"], name="customer_owner_fkey"
    ),
    Index("customer_owner_idx", "enterprise_id", "owner_id"),
)

memory: Final = Table(
    "memory",
    metadata,
    _enterprise_key(),
    _key("number"),
    Column("agent_id", BigInteger, nullable=False),
    _key("service_number", primary_key=False, nullable=True),
    _moment("remembered_at", nullable=False),
    ForeignKeyConstraint(
        ["enterprise_id", "agent_id"],
        ["agent.enterprise_id", "agent.id"],
        name="memory_agent_fkey",
        ondelete="CASCADE",
    ),
    Index("memory_agent_idx", "enterprise_id", "agent_id"),
)

undo_step: Final = Table(
    "undo_step",
    metadata,
    _enterprise_key(),
    _identity(),
    _text("kind"),
    _text("name"),
    Column("content", JSONB, nullable=False),
    _moment("done_at", nullable=False),
    _text("done_by"),
    Index("undo_step_kind_idx", "enterprise_id", "kind", "name", "id"),
)

call: Final = Table(
    "call",
    metadata,
    _enterprise_key(),
    _key("call_id"),
    _key("leg_id", primary_key=False),
    _text("number"),
    _text("caller_raw"),
    _text("caller_kind"),
    _key("caller_e164", primary_key=False, nullable=True),
    _text("caller_name"),
    _text("flow", nullable=True),
    _moment("started_at", nullable=False),
    _moment("answered_at"),
    _moment("ended_at"),
    _text("ended_by", nullable=True),
    _text("cause", nullable=True),
    _text("disposition", nullable=True),
    Column("flow_version", Integer),
    _text("direction"),
    Column("dialled_by", BigInteger),
    _text("note"),
    Index("call_started_idx", "enterprise_id", "started_at", "call_id"),
    Index(
        "call_caller_idx",
        "enterprise_id",
        "caller_e164",
        "started_at",
        postgresql_where=text("caller_e164 IS NOT NULL"),
    ),
    Index("call_number_idx", "enterprise_id", "number", "started_at"),
)

call_segment: Final = Table(
    "call_segment",
    metadata,
    _key("enterprise_id"),
    _key("call_id"),
    _position(),
    _text("kind"),
    _moment("started_at", nullable=False),
    _moment("ended_at"),
    _text("ended_by", nullable=True),
    _text("cause", nullable=True),
    Column("group_id", BigInteger),
    Column("agent_id", BigInteger),
    _of_call("call_segment"),
    Index(
        "call_segment_agent_idx",
        "enterprise_id",
        "agent_id",
        "started_at",
        postgresql_where=text("agent_id IS NOT NULL"),
    ),
)

call_offer: Final = Table(
    "call_offer",
    metadata,
    _key("enterprise_id"),
    _key("call_id"),
    _position(),
    _key("leg_id", primary_key=False),
    Column("agent_id", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    _key("phone", primary_key=False),
    Column("decision", JSONB, nullable=False),
    _moment("offered_at", nullable=False),
    _moment("ringing_at"),
    _moment("answered_at"),
    _moment("ended_at"),
    _text("result", nullable=True),
    _text("cause", nullable=True),
    _of_call("call_offer"),
    Index("call_offer_agent_idx", "enterprise_id", "agent_id", "offered_at"),
)

call_step: Final = Table(
    "call_step",
    metadata,
    _key("enterprise_id"),
    _key("call_id"),
    _position(),
    _moment("happened_at", nullable=False),
    _text("step"),
    _text("kind"),
    _text("detail"),
    _of_call("call_step"),
)

prompt: Final = Table(
    "prompt",
    metadata,
    _enterprise_key(),
    _key("name"),
    _key("language"),
    Column("seconds", Double, nullable=False),
    _text("sha256"),
    _text("says", nullable=True),
    _text("source"),
    _moment("added_at", nullable=False),
    _text("added_by"),
)

calendar: Final = Table(
    "calendar",
    metadata,
    _enterprise_key(),
    _identity(),
    _text("name"),
    _text("time_zone", nullable=True),
    _text("public_holidays", nullable=True),
    UniqueConstraint("enterprise_id", "name", name="calendar_name_key"),
)


def _of_calendar(table: str, *key: Column[Any]) -> tuple[Any, ...]:
    """Return the columns by which a row belongs to a calendar, those of its own key, and the reference."""
    return (
        _key("enterprise_id"),
        Column("calendar_id", BigInteger, primary_key=True, autoincrement=False),
        *key,
        ForeignKeyConstraint(
            ["enterprise_id", "calendar_id"],
            ["calendar.enterprise_id", "calendar.id"],
            name=f"{table}_calendar_fkey",
            ondelete="CASCADE",
        ),
    )


def _minute_key(name: str) -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _day_key() -> Column[Any]:
    return Column("day", Date, primary_key=True)


calendar_hours: Final = Table(
    "calendar_hours",
    metadata,
    *_of_calendar("calendar_hours", _minute_key("weekday"), _minute_key("begins")),
    Column("ends", Integer, nullable=False),
)

calendar_special: Final = Table(
    "calendar_special",
    metadata,
    *_of_calendar("calendar_special", _day_key(), _minute_key("begins")),
    Column("ends", Integer, nullable=False),
)

calendar_day: Final = Table(
    "calendar_day",
    metadata,
    *_of_calendar("calendar_day", _day_key()),
    _text("name"),
    Column("acts_as", Integer),
)

call_message: Final = Table(
    "call_message",
    metadata,
    _key("enterprise_id"),
    _identity(),
    _key("call_id", primary_key=False),
    Column("position", Integer, nullable=False),
    _text("box"),
    _text("file"),
    _moment("left_at", nullable=False),
    Column("length_us", BigInteger, nullable=False),
    Column("agent_id", BigInteger),
    _moment("assigned_at"),
    _text("assigned_by", nullable=True),
    _moment("done_at"),
    _text("done_by", nullable=True),
    UniqueConstraint("enterprise_id", "call_id", "position", name="call_message_position_key"),
    _of_call("call_message"),
    Index("call_message_left_idx", "enterprise_id", "left_at"),
)

gateway: Final = Table(
    "gateway",
    metadata,
    _enterprise_key(),
    _identity(),
    _key("name", primary_key=False),
    _text("proxy"),
    _text("realm", nullable=True),
    _text("username", nullable=True),
    _text("password", nullable=True),
    Column("register", Boolean, nullable=False),
    Column("ping_s", Integer),
    _text("form"),
    Column("max_calls", Integer),
    Column("calls_per_second", Integer),
    Column("enabled", Boolean, nullable=False),
    UniqueConstraint("name", name="gateway_name_key"),
)

dial_rule: Final = Table(
    "dial_rule",
    metadata,
    _enterprise_key(),
    _key("target"),
    Column("allowed", Boolean, nullable=False),
    Column("cost", Integer, nullable=False),
    _key("gateway", primary_key=False, nullable=True),
)

dial_limit: Final = Table(
    "dial_limit",
    metadata,
    _enterprise_key(),
    _key("scope"),
    Column("per_minute", Integer),
    Column("per_hour", Integer),
    Column("per_day", Integer),
    Column("spend_per_day", Integer),
)

api_token: Final = Table(
    "api_token",
    metadata,
    _enterprise_key(),
    _key("id"),
    _key("name", primary_key=False),
    _text("digest"),
    Column("scopes", JSONB, nullable=False),
    Column("agent_id", BigInteger),
    _moment("created_at", nullable=False),
    _text("created_by"),
    _moment("expires_at", nullable=False),
    _moment("last_used_at"),
    UniqueConstraint("enterprise_id", "name", name="api_token_name_key"),
    ForeignKeyConstraint(
        ["enterprise_id", "agent_id"],
        ["agent.enterprise_id", "agent.id"],
        name="api_token_agent_fkey",
        ondelete="CASCADE",
    ),
)

break_reason: Final = Table(
    "break_reason",
    metadata,
    _enterprise_key(),
    _key("code"),
    Column("position", Integer, nullable=False),
    _text("name_en"),
    _text("name_zh"),
)
schedule: Final = Table(
    "schedule",
    metadata,
    _enterprise_key(),
    _identity(),
    _text("name"),
    Column("agent_ids", ARRAY(BigInteger), nullable=False),
    Column("sign_in", Integer),
    Column("sign_out", Integer),
    Column("weekdays", ARRAY(Integer), nullable=False),
    Column("dates", ARRAY(Date), nullable=False),
    Column("calendar_id", BigInteger),
    _text("terminal"),
    Column("enabled", Boolean, nullable=False),
    UniqueConstraint("enterprise_id", "name", name="schedule_name_key"),
    ForeignKeyConstraint(
        ["enterprise_id", "calendar_id"],
        ["calendar.enterprise_id", "calendar.id"],
        name="schedule_calendar_fkey",
    ),
)

supervision_log: Final = Table(
    "supervision_log",
    metadata,
    _key("enterprise_id"),
    _key("entry_id"),
    _key("call_id", primary_key=False),
    Column("leader_id", BigInteger, nullable=False),
    _text("leader"),
    Column("agent_id", BigInteger, nullable=False),
    _text("agent"),
    _text("mode"),
    _text("asked_by"),
    _moment("began_at", nullable=False),
    _moment("ended_at", nullable=False),
    Index("supervision_log_began_idx", "enterprise_id", "began_at"),
)

call_leg: Final = Table(
    "call_leg",
    metadata,
    _enterprise_key(),
    _key("leg_id"),
    _key("call_id", primary_key=False, nullable=True),
    _text("core"),
    _text("direction"),
    _text("caller"),
    _text("number"),
    _moment("created_at", nullable=False),
    _moment("answered_at"),
    _moment("ended_at", nullable=False),
    _text("cause"),
    _text("disposition"),
    _key("talked_to", primary_key=False, nullable=True),
    Index("call_leg_call_idx", "enterprise_id", "call_id", postgresql_where=text("call_id IS NOT NULL")),
    Index("call_leg_ended_idx", "enterprise_id", "ended_at"),
)

call_correction: Final = Table(
    "call_correction",
    metadata,
    _key("enterprise_id"),
    _identity(),
    _key("call_id", primary_key=False),
    _text("field"),
    _text("stored", nullable=True),
    _text("corrected", nullable=True),
    _text("why"),
    _text("source"),
    _moment("corrected_at", nullable=False),
    _text("corrected_by"),
    _of_call("call_correction"),
    UniqueConstraint(
        *("enterprise_id", "call_id", "field", "stored", "corrected"),
        name="call_correction_once",
        postgresql_nulls_not_distinct=True,
    ),
)
"""Read through three views as well (`call_corrected` and its kin), which are for reports."""
