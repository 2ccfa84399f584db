-- 0013: what programs of others show when they ask the API (E3).

CREATE TABLE api_token (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            text COLLATE "C" NOT NULL CHECK (id ~ '^[0-9a-f]{16}$'),
    name          text COLLATE "C" NOT NULL CHECK (name <> ''),
    digest        text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    scopes        jsonb NOT NULL,
    agent_id      bigint,
    created_at    timestamptz NOT NULL,
    created_by    text NOT NULL,
    expires_at    timestamptz NOT NULL CHECK (expires_at > created_at),
    last_used_at  timestamptz,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT api_token_name_key UNIQUE (enterprise_id, name),
    CONSTRAINT api_token_agent_fkey FOREIGN KEY (enterprise_id, agent_id)
        REFERENCES agent (enterprise_id, id) ON DELETE CASCADE,
    CONSTRAINT api_token_scopes_are_a_list CHECK (jsonb_typeof(scopes) = 'array')
);
COMMENT ON TABLE api_token IS 'What a program shows when it asks the API; the token itself is kept nowhere.';
COMMENT ON COLUMN api_token.id IS 'The part of the token by which its row is found.';
COMMENT ON COLUMN api_token.name IS 'What people call it; what it did is noted under token:NAME.';
COMMENT ON COLUMN api_token.digest IS 'SHA-256 of the whole token. A token is 256 random bits, so nothing is gained by a slow hash.';
COMMENT ON COLUMN api_token.scopes IS 'What it allows, such as agents:act.';
COMMENT ON COLUMN api_token.agent_id IS 'The one agent for whom it may act, and with whom it goes; NULL: any agent.';
COMMENT ON COLUMN api_token.expires_at IS 'From this moment on it counts no more.';
COMMENT ON COLUMN api_token.last_used_at IS 'When it was last used, to about ten seconds.';
