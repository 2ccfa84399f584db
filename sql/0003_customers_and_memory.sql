-- 0003: whose customer a caller is, what is remembered of calls, levels within a group, and what can be taken back.

-- --- settings ------------------------------------------------------------------------------------------------------

ALTER TABLE enterprise
    ADD COLUMN memory_valid_s integer NOT NULL DEFAULT 2592000 CHECK (memory_valid_s > 0);
COMMENT ON COLUMN enterprise.memory_valid_s IS
    'How many seconds a call memory leads a caller to its agent; 2592000 are 30 days.';

ALTER TABLE skill_group ADD COLUMN returning_customer boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN skill_group.returning_customer IS
    'Whether the agent who served a caller before goes first; the strategy decides otherwise.';

ALTER TABLE group_member ADD COLUMN level integer NOT NULL DEFAULT 1 CHECK (level > 0);
COMMENT ON COLUMN group_member.level IS 'For the strategy top_down: a lower level goes first.';

ALTER TABLE service_number
    ADD COLUMN takes_memory boolean NOT NULL DEFAULT false,
    ADD COLUMN memory_valid_s integer CHECK (memory_valid_s > 0),
    ADD COLUMN absent_flow text;
COMMENT ON COLUMN service_number.takes_memory IS 'Whether call memory decides about the callers of this number.';
COMMENT ON COLUMN service_number.memory_valid_s IS 'As enterprise.memory_valid_s for this number; NULL: as there.';
COMMENT ON COLUMN service_number.absent_flow IS
    'Name of the flow for a caller whose own or remembered agent is not signed in; NULL: as if the agent were busy.';

-- --- whose customer a caller is ------------------------------------------------------------------------------------

CREATE TABLE customer (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    number        text COLLATE "C" NOT NULL CHECK (number <> ''),
    name          text NOT NULL,
    owner_id      bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    changed_at    timestamptz NOT NULL CHECK (changed_at >= created_at),
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT customer_number_key UNIQUE (enterprise_id, number),
    -- No cascade: whoever removes an agent says what becomes of the agent's customers.
    CONSTRAINT customer_owner_fkey FOREIGN KEY (enterprise_id, owner_id) REFERENCES agent (enterprise_id, id)
);
CREATE INDEX customer_owner_idx ON customer (enterprise_id, owner_id);
COMMENT ON TABLE customer IS 'A saved customer; a caller who is none of this enterprise''s is a stranger to it.';
COMMENT ON COLUMN customer.id IS 'Stays the same when number, name or owner change.';
COMMENT ON COLUMN customer.number IS 'In international form with +, or a short number such as 10086.';
COMMENT ON COLUMN customer.owner_id IS 'The agent to whom the customer belongs and whose phone rings first.';

CREATE TABLE memory (
    enterprise_id  text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    number         text COLLATE "C" NOT NULL CHECK (number <> ''),
    agent_id       bigint NOT NULL,
    service_number text COLLATE "C",
    remembered_at  timestamptz NOT NULL,
    PRIMARY KEY (enterprise_id, number),
    CONSTRAINT memory_agent_fkey FOREIGN KEY (enterprise_id, agent_id)
        REFERENCES agent (enterprise_id, id) ON DELETE CASCADE
);
CREATE INDEX memory_agent_idx ON memory (enterprise_id, agent_id);
COMMENT ON TABLE memory IS 'Which agent dialled a number last; how long that counts is a setting.';
COMMENT ON COLUMN memory.number IS 'The number that was dialled, written as customer.number is.';
COMMENT ON COLUMN memory.service_number IS 'The service number that the dialled party saw; NULL where it is not known.';
COMMENT ON COLUMN memory.remembered_at IS 'When the agent dialled.';

-- --- what can be taken back ----------------------------------------------------------------------------------------

CREATE TABLE undo_step (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    kind          text NOT NULL,
    name          text NOT NULL,
    content       jsonb NOT NULL,
    done_at       timestamptz NOT NULL,
    done_by       text NOT NULL,
    PRIMARY KEY (enterprise_id, id)
);
CREATE INDEX undo_step_kind_idx ON undo_step (enterprise_id, kind, name, id);
COMMENT ON TABLE undo_step IS 'What was removed or moved during the last 30 days, with all that brings it back.';
COMMENT ON COLUMN undo_step.kind IS 'What was done: agent, group, number, customer (each removed), customer_move.';
COMMENT ON COLUMN undo_step.name IS 'What people called it: the agent''s number, the group''s name and so on.';
COMMENT ON COLUMN undo_step.content IS 'The removed rows as they were, or what was moved.';
COMMENT ON COLUMN undo_step.done_by IS 'Who did it.';
