-- 0010: on what an agent can be rung, where their calls go otherwise, what they may do, and their PIN (A11-A19).

ALTER TABLE agent
    ADD COLUMN softphone        text COLLATE "C",
    ADD COLUMN ordinary_phone   text COLLATE "C",
    ADD COLUMN app              text COLLATE "C",
    ADD COLUMN default_terminal text CHECK (default_terminal IN ('sip', 'softphone', 'phone', 'app')),
    ADD COLUMN extension        text COLLATE "C",
    ADD COLUMN divert_to        text COLLATE "C",
    ADD COLUMN diverts          boolean,
    ADD COLUMN rights           text NOT NULL DEFAULT 'call',
    ADD COLUMN pin_hash         text,
    ADD CONSTRAINT agent_softphone_fkey FOREIGN KEY (enterprise_id, softphone)
        REFERENCES phone (enterprise_id, extension),
    ADD CONSTRAINT agent_app_fkey FOREIGN KEY (enterprise_id, app) REFERENCES phone (enterprise_id, extension),
    -- Deferred: two agents may swap their extensions in one transaction.
    ADD CONSTRAINT agent_extension_key UNIQUE (enterprise_id, extension) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE enterprise
    ADD COLUMN default_terminal text CHECK (default_terminal IN ('sip', 'softphone', 'phone', 'app')),
    ADD COLUMN diverts          boolean;
COMMENT ON COLUMN enterprise.default_terminal IS
    'Where agents are signed in who have no default of their own and say nothing, if they have such a terminal.';
COMMENT ON COLUMN enterprise.diverts IS
    'Whether calls of agents who say nothing of it themselves are diverted; NULL: they are not.';
COMMENT ON COLUMN agent.softphone IS 'Extension of the program on their computer; NULL: they may not use one.';
COMMENT ON COLUMN agent.ordinary_phone IS
    'Number of a mobile or landline on which they may be rung through the gateway; NULL: they may not use one.';
COMMENT ON COLUMN agent.app IS 'Extension of the program on their mobile; NULL: they may not use one.';
COMMENT ON COLUMN agent.default_terminal IS
    'Where they are signed in who do not say where: sip, softphone, phone or app; NULL: as in the whole enterprise.';
COMMENT ON COLUMN agent.extension IS 'Number by which colleagues call them; NULL: colleagues cannot.';
COMMENT ON COLUMN agent.divert_to IS 'Outside number that is rung in place of a terminal that is not registered.';
COMMENT ON COLUMN agent.diverts IS 'Whether that is to be; NULL: as in the whole enterprise.';
COMMENT ON COLUMN agent.rights IS 'What they may do, with blanks between: call, dial, leader.';
COMMENT ON COLUMN agent.pin_hash IS 'Argon2 hash of the PIN that they type after 0000; NULL: they cannot bind a phone.';
