-- 0007: messages that callers left (N7), and who is to see to each.

CREATE TABLE call_message (
    enterprise_id text COLLATE "C" NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    call_id       text COLLATE "C" NOT NULL,
    position      integer NOT NULL,
    box           text NOT NULL,
    file          text NOT NULL,
    left_at       timestamptz NOT NULL,
    length_us     bigint NOT NULL CHECK (length_us > 0),
    agent_id      bigint,
    assigned_at   timestamptz,
    assigned_by   text,
    done_at       timestamptz,
    done_by       text,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT call_message_position_key UNIQUE (enterprise_id, call_id, position),
    CONSTRAINT call_message_call_fkey FOREIGN KEY (enterprise_id, call_id)
        REFERENCES call (enterprise_id, call_id) ON DELETE CASCADE
);
CREATE INDEX call_message_left_idx ON call_message (enterprise_id, left_at);
COMMENT ON TABLE call_message IS 'A message that a caller left; its sound is a file in the folder of recordings.';
COMMENT ON COLUMN call_message.position IS 'The first message of a call is 0.';
COMMENT ON COLUMN call_message.box IS 'Whom it is for: the word of the step in the flow, mostly a group.';
COMMENT ON COLUMN call_message.file IS 'Name of the file, without its folder.';
COMMENT ON COLUMN call_message.left_at IS 'When the caller began to speak.';
COMMENT ON COLUMN call_message.length_us IS 'How long it is, in microseconds.';
COMMENT ON COLUMN call_message.agent_id IS 'Agent who is to see to it; stays when that agent is deleted, and is nobody then.';
COMMENT ON COLUMN call_message.done_at IS 'When it was seen to; NULL: it is still to be.';
