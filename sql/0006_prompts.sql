-- 0006: the operator's own prompts (N5). Their sound is in the library's folder; here is where it came from.

CREATE TABLE prompt (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    name          text COLLATE "C" NOT NULL CHECK (name <> ''),
    language      text COLLATE "C" NOT NULL CHECK (language <> ''),
    seconds       double precision NOT NULL CHECK (seconds > 0),
    sha256        text NOT NULL,
    says          text,
    source        text NOT NULL,
    added_at      timestamptz NOT NULL,
    added_by      text NOT NULL,
    PRIMARY KEY (enterprise_id, name, language)
);
COMMENT ON TABLE prompt IS 'A recording of the operator''s; it wins over a shipped prompt of the same name and language.';
COMMENT ON COLUMN prompt.language IS 'The language that is spoken in it: zh or en.';
COMMENT ON COLUMN prompt.seconds IS 'How long it lasts.';
COMMENT ON COLUMN prompt.sha256 IS 'SHA-256 of the file in the library, in hexadecimal; another content came from elsewhere.';
COMMENT ON COLUMN prompt.says IS 'What it says, for stories and dry runs; NULL where nobody wrote it down.';
COMMENT ON COLUMN prompt.source IS 'Name of the file that it was made of.';
COMMENT ON COLUMN prompt.added_at IS 'When it was added, or replaced the last time.';
COMMENT ON COLUMN prompt.added_by IS 'Who did that.';
