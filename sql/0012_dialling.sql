-- 0012: calls that agents make (O1, O4): ways out, what may be dialled, and how much of it.

ALTER TABLE enterprise ADD COLUMN caller_id text CHECK (caller_id ~ '^\+?[0-9]{2,20}$');
COMMENT ON COLUMN enterprise.caller_id IS
    'The number of ours that whoever is dialled is shown; NULL: the service number, where there is just one.';

ALTER TABLE agent ADD COLUMN caller_id text CHECK (caller_id ~ '^\+?[0-9]{2,20}$');
COMMENT ON COLUMN agent.caller_id IS 'The same for this agent''s own calls; NULL: that of the enterprise.';

ALTER TABLE call ADD COLUMN direction text NOT NULL DEFAULT 'inbound';
ALTER TABLE call ADD COLUMN dialled_by bigint;
ALTER TABLE call ADD COLUMN note text NOT NULL DEFAULT '';
COMMENT ON COLUMN call.direction IS 'Who called whom: inbound, outbound or internal.';
COMMENT ON COLUMN call.dialled_by IS 'Agent who made the call; stays when that agent is deleted.';
COMMENT ON COLUMN call.note IS 'What the agent wrote down when making it.';

CREATE TABLE gateway (
    enterprise_id    text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id               bigint GENERATED ALWAYS AS IDENTITY,
    name             text COLLATE "C" NOT NULL CHECK (name ~ '^[0-9A-Za-z._-]{1,64}$'),
    proxy            text NOT NULL CHECK (proxy <> ''),
    realm            text,
    username         text,
    password         text,
    register         boolean NOT NULL,
    ping_s           integer CHECK (ping_s BETWEEN 5 AND 3600),
    form             text NOT NULL,
    max_calls        integer CHECK (max_calls > 0),
    calls_per_second integer CHECK (calls_per_second > 0),
    enabled          boolean NOT NULL,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT gateway_name_key UNIQUE (name)
);
COMMENT ON TABLE gateway IS 'A way out to a carrier; tried in the order of their ids.';
COMMENT ON COLUMN gateway.proxy IS 'Where the carrier listens: a host or address, with a port or not.';
COMMENT ON COLUMN gateway.realm IS 'What the carrier asks a password for; NULL: the proxy.';
COMMENT ON COLUMN gateway.password IS
    'As the switch needs it to log in, so it is no hash; shown to nobody and written to files that their owner alone reads.';
COMMENT ON COLUMN gateway.register IS 'The switch registers there.';
COMMENT ON COLUMN gateway.ping_s IS 'How often the switch asks whether it is there (OPTIONS), in seconds; NULL: never.';
COMMENT ON COLUMN gateway.form IS 'How numbers are said: dialled, mobile_zero, plus or digits.';

CREATE TABLE dial_rule (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    target        text COLLATE "C" NOT NULL CHECK (target ~ '^(\+[1-9][0-9]{0,14}|[0-9]{2,20}|[A-Z]{2})$'),
    allowed       boolean NOT NULL,
    cost          integer NOT NULL CHECK (cost >= 0),
    gateway       text COLLATE "C",
    PRIMARY KEY (enterprise_id, target)
);
COMMENT ON TABLE dial_rule IS 'Which numbers may be called; the longest target that fits decides.';
COMMENT ON COLUMN dial_rule.target IS 'The beginning of an international number, a short number, or a country.';
COMMENT ON COLUMN dial_rule.cost IS 'Of a minute that has begun, in thousandths of the currency.';
COMMENT ON COLUMN dial_rule.gateway IS 'By which gateway; NULL: by the first that can.';

CREATE TABLE dial_limit (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    scope         text COLLATE "C" NOT NULL CHECK (scope IN ('agent', 'enterprise')),
    per_minute    integer CHECK (per_minute >= 0),
    per_hour      integer CHECK (per_hour >= 0),
    per_day       integer CHECK (per_day >= 0),
    spend_per_day integer CHECK (spend_per_day >= 0),
    PRIMARY KEY (enterprise_id, scope)
);
COMMENT ON TABLE dial_limit IS 'How much each agent, and the whole enterprise, may dial; NULL is no limit. No row: as shipped.';
COMMENT ON COLUMN dial_limit.spend_per_day IS 'By the estimate of dial_rule.cost, in thousandths of the currency.';
