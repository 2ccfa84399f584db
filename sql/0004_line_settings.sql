-- 0004: how a group treats those who wait, which other groups help out, and which customers go first.

-- --- groups --------------------------------------------------------------------------------------------------------

ALTER TABLE skill_group
    ADD COLUMN colleague text NOT NULL DEFAULT 'random',
    ADD COLUMN own_agent_wait_s double precision CHECK (own_agent_wait_s > 0),
    ADD COLUMN own_agent_ask boolean NOT NULL DEFAULT false,
    ADD COLUMN announce_every_s double precision CHECK (announce_every_s > 0),
    ADD COLUMN announce_estimate boolean NOT NULL DEFAULT false,
    ADD COLUMN max_waiting integer CHECK (max_waiting > 0),
    ADD COLUMN whisper text;
COMMENT ON COLUMN skill_group.colleague IS
    'Who takes a caller whose own agent is busy or does not answer: random or strategy.';
COMMENT ON COLUMN skill_group.own_agent_wait_s IS
    'How many seconds a caller waits for their own busy agent before colleagues are asked; NULL: not at all.';
COMMENT ON COLUMN skill_group.own_agent_ask IS 'Whether such a caller is asked first: own agent or a colleague.';
COMMENT ON COLUMN skill_group.announce_every_s IS
    'After how many seconds each a waiting caller is told the position; NULL: never.';
COMMENT ON COLUMN skill_group.announce_estimate IS 'Whether the estimated waiting time is told with the position.';
COMMENT ON COLUMN skill_group.max_waiting IS 'How many callers may wait at once; NULL: any number.';
COMMENT ON COLUMN skill_group.whisper IS
    'Name of the prompt that an agent hears before being joined with the caller; NULL: none.';

CREATE TABLE group_overflow (
    enterprise_id   text COLLATE "C" NOT NULL,
    group_id        bigint NOT NULL,
    helper_group_id bigint NOT NULL,
    after_s         double precision NOT NULL CHECK (after_s > 0),
    PRIMARY KEY (enterprise_id, group_id, helper_group_id),
    CONSTRAINT group_overflow_group_fkey FOREIGN KEY (enterprise_id, group_id)
        REFERENCES skill_group (enterprise_id, id) ON DELETE CASCADE,
    CONSTRAINT group_overflow_helper_fkey FOREIGN KEY (enterprise_id, helper_group_id)
        REFERENCES skill_group (enterprise_id, id) ON DELETE CASCADE,
    CONSTRAINT group_overflow_not_itself CHECK (helper_group_id <> group_id)
);
CREATE INDEX group_overflow_helper_idx ON group_overflow (enterprise_id, helper_group_id);
COMMENT ON TABLE group_overflow IS 'Which other groups may also take the callers of a group who have waited for long.';
COMMENT ON COLUMN group_overflow.helper_group_id IS 'The group that helps out.';
COMMENT ON COLUMN group_overflow.after_s IS 'After how many seconds in line.';

-- --- customers -----------------------------------------------------------------------------------------------------

ALTER TABLE customer ADD COLUMN priority integer NOT NULL DEFAULT 0 CHECK (priority >= 0);
COMMENT ON COLUMN customer.priority IS 'Where a VIP stands in line: a higher one goes first, 0 is everybody''s.';
