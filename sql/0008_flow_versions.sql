-- 0008: which version of its name a flow's text is, where it came from, why, and what was accepted with it (N10).

-- --- flow versions -------------------------------------------------------------------------------------------------

ALTER TABLE flow_version
    ADD COLUMN version      integer,
    ADD COLUMN from_version integer,
    ADD COLUMN file_digest  text COLLATE "C",
    ADD COLUMN reason       text NOT NULL DEFAULT '',
    ADD COLUMN accepted     jsonb NOT NULL DEFAULT '[]';

-- What is there was counted when somebody looked; from now on the number is kept. Every text came from a file.
UPDATE flow_version
SET version = counted.version, file_digest = flow_version.digest
FROM (
    SELECT enterprise_id, id, row_number() OVER (PARTITION BY enterprise_id, name ORDER BY id) AS version
    FROM flow_version
) AS counted
WHERE (flow_version.enterprise_id, flow_version.id) = (counted.enterprise_id, counted.id);

ALTER TABLE flow_version
    ALTER COLUMN version SET NOT NULL,
    ALTER COLUMN file_digest SET NOT NULL,
    ADD CONSTRAINT flow_version_version_key UNIQUE (enterprise_id, name, version),
    ADD CONSTRAINT flow_version_version_from_1 CHECK (version > 0),
    ADD CONSTRAINT flow_version_from_an_earlier CHECK (from_version > 0 AND from_version < version),
    ADD CONSTRAINT flow_version_accepted_is_a_list CHECK (jsonb_typeof(accepted) = 'array');
COMMENT ON COLUMN flow_version.version IS 'The how manieth of its name it is, from 1; the highest is the active one.';
COMMENT ON COLUMN flow_version.from_version IS
    'The earlier version whose text a rollback made active again; NULL: the text is not from a rollback.';
COMMENT ON COLUMN flow_version.file_digest IS
    'SHA-256 of the text that the file had when a file was last taken over: a start leaves such a file alone.';
COMMENT ON COLUMN flow_version.reason IS 'Why, in the words of who activated it; empty where nobody said.';
COMMENT ON COLUMN flow_version.accepted IS 'The rules of the proof that were accepted, as a list of their names.';

-- --- calls ---------------------------------------------------------------------------------------------------------

ALTER TABLE call ADD COLUMN flow_version integer CHECK (flow_version > 0);
COMMENT ON COLUMN call.flow_version IS 'Version of that flow, as in flow_version; NULL where none answered or none was kept.';
