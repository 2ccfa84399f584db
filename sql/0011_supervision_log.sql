-- 0011: who was on whose call as a leader, and how (C7).

CREATE TABLE supervision_log (
    enterprise_id text COLLATE "C" NOT NULL,
    entry_id      text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C" NOT NULL,
    leader_id     bigint NOT NULL,
    leader        text NOT NULL,
    agent_id      bigint NOT NULL,
    agent         text NOT NULL,
    mode          text NOT NULL CHECK (mode IN ('listen', 'whisper', 'join', 'take')),
    asked_by      text NOT NULL,
    began_at      timestamptz NOT NULL,
    ended_at      timestamptz NOT NULL,
    PRIMARY KEY (enterprise_id, entry_id),
    CONSTRAINT supervision_log_check CHECK (ended_at >= began_at)
);
CREATE INDEX supervision_log_began_idx ON supervision_log (enterprise_id, began_at);
COMMENT ON TABLE supervision_log IS 'Every use that leaders made of the calls of others: one row for each mode.';
COMMENT ON COLUMN supervision_log.call_id IS 'The call; its record may be stored later than this.';
COMMENT ON COLUMN supervision_log.leader IS 'Number of the leader at that moment; it stays whatever becomes of them.';
COMMENT ON COLUMN supervision_log.agent IS 'Number of the agent whose call it was.';
COMMENT ON COLUMN supervision_log.mode IS 'take: the customer was taken over, which is a moment.';
COMMENT ON COLUMN supervision_log.asked_by IS 'Who asked for it: a user of the system, a token, or the leader''s own phone.';
