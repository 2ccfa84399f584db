-- 0015: each leg as the switch itself told it, one row per leg (D1).
--
-- Filled from the files that the switch writes when a leg is over (mod_json_cdr), and never changed. It does not
-- reference `call`: a leg's row may come before its call's, and the truth of the switch stays whatever happens to ours.

CREATE TABLE call_leg (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    leg_id        text COLLATE "C" NOT NULL,
    call_id       text COLLATE "C",
    core          text NOT NULL,
    direction     text NOT NULL,
    caller        text NOT NULL,
    number        text NOT NULL,
    created_at    timestamptz NOT NULL,
    answered_at   timestamptz,
    ended_at      timestamptz NOT NULL,
    cause         text NOT NULL,
    disposition   text NOT NULL,
    talked_to     text COLLATE "C",
    PRIMARY KEY (enterprise_id, leg_id)
);
CREATE INDEX call_leg_call_idx ON call_leg (enterprise_id, call_id) WHERE call_id IS NOT NULL;
CREATE INDEX call_leg_ended_idx ON call_leg (enterprise_id, ended_at);
COMMENT ON TABLE call_leg IS 'Each leg as the switch told it when it was over; the judge of our own records.';
COMMENT ON COLUMN call_leg.call_id IS 'The call whose name we had put on the leg; NULL: no call of ours was on it.';
COMMENT ON COLUMN call_leg.core IS 'The run of the switch (Core-UUID) in which the leg lived.';
COMMENT ON COLUMN call_leg.direction IS 'inbound: it came to the switch; outbound: the switch made it.';
COMMENT ON COLUMN call_leg.cause IS 'FreeSWITCH''s name of the cause, such as NORMAL_CLEARING.';
COMMENT ON COLUMN call_leg.disposition IS
    'FreeSWITCH''s sip_hangup_disposition: who ended it on the wire (recv_bye, send_bye, recv_cancel, ...); '''' if none.';
COMMENT ON COLUMN call_leg.talked_to IS 'The last leg that it was joined with.';
