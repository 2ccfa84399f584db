-- 0001: the configured call centre and the record of its calls.
--
-- Runs on PostgreSQL 15 and later, by itself too: psql -v ON_ERROR_STOP=1 --single-transaction -f sql/0001_initial.sql
-- Every row carries its enterprise. A timestamptz counts whole microseconds, as the program does, so what is stored is
-- exactly what was recorded. Words in text columns (kind, cause, ...) are those of fs_control/records.py.
-- Tables of calls do not refer to agents and groups: what happened stays true when an agent is deleted.

-- --- what an operator configured -----------------------------------------------------------------------------------

CREATE TABLE enterprise (
    id        text COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    name      text NOT NULL,
    time_zone text NOT NULL,
    language  text NOT NULL,
    region    text NOT NULL
);
COMMENT ON TABLE enterprise IS 'A tenant: one call centre with its own numbers, groups, agents and calls.';
COMMENT ON COLUMN enterprise.id IS 'Short key, never changed; the first installation has one: default.';
COMMENT ON COLUMN enterprise.name IS 'What people call it.';
COMMENT ON COLUMN enterprise.time_zone IS 'IANA name such as Asia/Shanghai; "today" begins at its midnight.';
COMMENT ON COLUMN enterprise.language IS 'Language of its prompts and texts: zh or en.';
COMMENT ON COLUMN enterprise.region IS 'ISO 3166 country in which a number without country code is read.';

CREATE TABLE phone (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    extension     text COLLATE "C" NOT NULL CHECK (extension <> ''),
    PRIMARY KEY (enterprise_id, extension)
);
COMMENT ON TABLE phone IS 'A telephone that may register at the switch.';
COMMENT ON COLUMN phone.extension IS 'SIP number under which it registers, such as 1001.';

CREATE TABLE agent (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    number        text COLLATE "C" NOT NULL CHECK (number <> ''),
    name          text NOT NULL,
    phone         text COLLATE "C",
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT agent_number_key UNIQUE (enterprise_id, number),
    -- Deferred: two agents may swap their phones in one transaction.
    CONSTRAINT agent_phone_key UNIQUE (enterprise_id, phone) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT agent_phone_fkey FOREIGN KEY (enterprise_id, phone) REFERENCES phone (enterprise_id, extension)
);
COMMENT ON TABLE agent IS 'A person who takes calls; what they are doing now is not kept here.';
COMMENT ON COLUMN agent.id IS 'Stays the same when number or name change; records of calls refer to it.';
COMMENT ON COLUMN agent.number IS 'Agent number, unique in the enterprise.';
COMMENT ON COLUMN agent.phone IS 'Extension that rings for this agent; a phone belongs to one agent at most.';

CREATE TABLE skill_group (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text NOT NULL CHECK (name <> ''),
    strategy      text NOT NULL,
    ring_s        double precision NOT NULL CHECK (ring_s > 0),
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT skill_group_name_key UNIQUE (enterprise_id, name)
);
COMMENT ON TABLE skill_group IS 'A group of agents with one skill, for which callers wait in line.';
COMMENT ON COLUMN skill_group.id IS 'Stays the same when the group is renamed; records of calls refer to it.';
COMMENT ON COLUMN skill_group.strategy IS 'How an idle agent is chosen, such as longest_idle_time.';
COMMENT ON COLUMN skill_group.ring_s IS 'How many seconds one agent is rung before the next is tried.';

CREATE TABLE group_member (
    enterprise_id text COLLATE "C" NOT NULL,
    group_id      bigint NOT NULL,
    agent_id      bigint NOT NULL,
    position      integer NOT NULL CHECK (position >= 0),
    PRIMARY KEY (enterprise_id, group_id, agent_id),
    CONSTRAINT group_member_group_fkey FOREIGN KEY (enterprise_id, group_id)
        REFERENCES skill_group (enterprise_id, id) ON DELETE CASCADE,
    CONSTRAINT group_member_agent_fkey FOREIGN KEY (enterprise_id, agent_id)
        REFERENCES agent (enterprise_id, id) ON DELETE CASCADE
);
CREATE INDEX group_member_agent_idx ON group_member (enterprise_id, agent_id);
COMMENT ON TABLE group_member IS 'Which agents are in which group; an agent may be in several.';
COMMENT ON COLUMN group_member.position IS 'Order within the group, counted from 0.';

CREATE TABLE service_number (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    number        text COLLATE "C" NOT NULL CHECK (number <> ''),
    flow          text,
    max_calls     integer CHECK (max_calls > 0),
    PRIMARY KEY (enterprise_id, number),
    -- The dialled number alone decides whose call it is.
    CONSTRAINT service_number_number_key UNIQUE (number)
);
COMMENT ON TABLE service_number IS 'A number that customers dial; it takes calls once a flow is bound to it.';
COMMENT ON COLUMN service_number.flow IS 'Name of the flow that answers; NULL: calls are refused with a sentence.';
COMMENT ON COLUMN service_number.max_calls IS 'How many calls at once it takes; NULL: as many as the centre takes.';

CREATE TABLE flow_version (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text NOT NULL CHECK (name <> ''),
    digest        text COLLATE "C" NOT NULL,
    text          text NOT NULL,
    activated_at  timestamptz NOT NULL DEFAULT now(),
    activated_by  text NOT NULL,
    PRIMARY KEY (enterprise_id, id)
);
CREATE INDEX flow_version_name_idx ON flow_version (enterprise_id, name, id);
COMMENT ON TABLE flow_version IS 'Every activation of an IVR flow, never changed; the newest of a name is the active one.';
COMMENT ON COLUMN flow_version.digest IS 'SHA-256 of the text in UTF-8, in hexadecimal.';
COMMENT ON COLUMN flow_version.text IS 'The flow as the admin wrote it (YAML).';
COMMENT ON COLUMN flow_version.activated_by IS 'Who activated it.';

-- --- what happened to the calls ------------------------------------------------------------------------------------

CREATE TABLE call (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    call_id       text COLLATE "C" NOT NULL CHECK (call_id <> ''),
    leg_id        text COLLATE "C" NOT NULL,
    number        text NOT NULL,
    caller_raw    text NOT NULL,
    caller_kind   text NOT NULL,
    caller_e164   text COLLATE "C",
    caller_name   text NOT NULL,
    flow          text,
    started_at    timestamptz NOT NULL,
    answered_at   timestamptz,
    ended_at      timestamptz CHECK (ended_at >= started_at),
    ended_by      text,
    cause         text,
    disposition   text,
    PRIMARY KEY (enterprise_id, call_id)
);
CREATE INDEX call_started_idx ON call (enterprise_id, started_at, call_id);
CREATE INDEX call_caller_idx ON call (enterprise_id, caller_e164, started_at) WHERE caller_e164 IS NOT NULL;
CREATE INDEX call_number_idx ON call (enterprise_id, number, started_at);
COMMENT ON TABLE call IS 'One row for each call of a customer, written once when the call has ended.';
COMMENT ON COLUMN call.leg_id IS 'Unique-ID of the caller''s channel on the switch.';
COMMENT ON COLUMN call.number IS 'The number that the caller dialled.';
COMMENT ON COLUMN call.caller_raw IS 'The caller''s number exactly as the switch gave it.';
COMMENT ON COLUMN call.caller_kind IS 'What that number is: regular, short, internal, anonymous, missing.';
COMMENT ON COLUMN call.caller_e164 IS 'The caller''s number in international form with +; NULL where it has none.';
COMMENT ON COLUMN call.caller_name IS 'The name that the carrier sent; what PostgreSQL cannot hold is shown as U+FFFD.';
COMMENT ON COLUMN call.flow IS 'Name of the flow that answered.';
COMMENT ON COLUMN call.answered_at IS 'When we picked up for the flow; an agent''s answer is in call_offer.';
COMMENT ON COLUMN call.ended_by IS 'Who ended the call: caller, agent, flow, centre, switch.';
COMMENT ON COLUMN call.cause IS 'Hang-up cause as the switch names it, such as NORMAL_CLEARING.';
COMMENT ON COLUMN call.disposition IS 'What became of the call in one word; answered means by a human.';

CREATE TABLE call_segment (
    enterprise_id text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C" NOT NULL,
    position      integer NOT NULL CHECK (position >= 0),
    kind          text NOT NULL,
    started_at    timestamptz NOT NULL,
    ended_at      timestamptz,
    ended_by      text,
    cause         text,
    group_id      bigint,
    agent_id      bigint,
    PRIMARY KEY (enterprise_id, call_id, position),
    CONSTRAINT call_segment_call_fkey FOREIGN KEY (enterprise_id, call_id)
        REFERENCES call (enterprise_id, call_id) ON DELETE CASCADE,
    CONSTRAINT call_segment_not_negative CHECK (ended_at >= started_at)
);
CREATE INDEX call_segment_agent_idx ON call_segment (enterprise_id, agent_id, started_at) WHERE agent_id IS NOT NULL;
COMMENT ON TABLE call_segment IS 'What the time of a call was spent on; the segments of a call add up to the call.';
COMMENT ON COLUMN call_segment.position IS 'Order within the call, counted from 0.';
COMMENT ON COLUMN call_segment.kind IS 'What the time was spent on: ivr, line, ring, talk.';
COMMENT ON COLUMN call_segment.group_id IS 'Group in whose line the caller waited or whose agent was rung.';
COMMENT ON COLUMN call_segment.agent_id IS 'Agent who was rung or talked.';

CREATE TABLE call_offer (
    enterprise_id text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C" NOT NULL,
    position      integer NOT NULL CHECK (position >= 0),
    leg_id        text COLLATE "C" NOT NULL,
    agent_id      bigint NOT NULL,
    group_id      bigint NOT NULL,
    phone         text COLLATE "C" NOT NULL,
    decision      jsonb NOT NULL,
    offered_at    timestamptz NOT NULL,
    ringing_at    timestamptz,
    answered_at   timestamptz,
    ended_at      timestamptz CHECK (ended_at >= offered_at),
    result        text,
    cause         text,
    PRIMARY KEY (enterprise_id, call_id, position),
    CONSTRAINT call_offer_call_fkey FOREIGN KEY (enterprise_id, call_id)
        REFERENCES call (enterprise_id, call_id) ON DELETE CASCADE
);
CREATE INDEX call_offer_agent_idx ON call_offer (enterprise_id, agent_id, offered_at);
COMMENT ON TABLE call_offer IS 'Each attempt to ring one agent for one caller.';
COMMENT ON COLUMN call_offer.position IS 'Order within the call, counted from 0.';
COMMENT ON COLUMN call_offer.leg_id IS 'Unique-ID of the agent''s channel on the switch.';
COMMENT ON COLUMN call_offer.phone IS 'Extension that was rung.';
COMMENT ON COLUMN call_offer.decision IS
    'Why this agent: {"rule", "agent", "passed_over": [{"agent", "reason"}]}, one reason for each member not chosen.';
COMMENT ON COLUMN call_offer.result IS 'How the attempt ended: accepted, no_answer, busy, declined, ...';

CREATE TABLE call_step (
    enterprise_id text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C" NOT NULL,
    position      integer NOT NULL CHECK (position >= 0),
    happened_at   timestamptz NOT NULL,
    step          text NOT NULL,
    kind          text NOT NULL,
    detail        text NOT NULL,
    PRIMARY KEY (enterprise_id, call_id, position),
    CONSTRAINT call_step_call_fkey FOREIGN KEY (enterprise_id, call_id)
        REFERENCES call (enterprise_id, call_id) ON DELETE CASCADE
);
COMMENT ON TABLE call_step IS 'What the caller heard and pressed in the flow.';
COMMENT ON COLUMN call_step.position IS 'Order within the call, counted from 0.';
COMMENT ON COLUMN call_step.step IS 'Name of the step in the flow.';
COMMENT ON COLUMN call_step.kind IS 'What happened: heard, not_heard, pressed, wrong_key, no_key, exit, ended (the flow), told (a sentence of the centre), left_during (hung up while hearing it).';
COMMENT ON COLUMN call_step.detail IS 'Which prompt, which key (masked where it is secret), which exit.';

-- --- the first enterprise ------------------------------------------------------------------------------------------

INSERT INTO enterprise (id, name, time_zone, language, region)
VALUES ('default', 'Default', 'Asia/Shanghai', 'zh', 'CN');
