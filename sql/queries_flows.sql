-- Flows and their versions (N1, N10). Each query: its name, one sentence, then the statement.

-- name: active_flows
-- The active version of each flow of an enterprise, by name.
SELECT DISTINCT ON (name) *
FROM flow_version
WHERE enterprise_id = :enterprise
ORDER BY name, version DESC;

-- name: versions_of_flow
-- Every version of one flow of an enterprise, the newest first.
SELECT *
FROM flow_version
WHERE enterprise_id = :enterprise AND name = :name
ORDER BY version DESC;

-- name: add_flow_version
-- Makes a text the active version of a flow.
INSERT INTO flow_version (
    enterprise_id, name, version, digest, text, activated_by, from_version, file_digest, reason, accepted
)
VALUES (
    :enterprise,
    :name,
    :version,
    :digest,
    :text,
    :by,
    :from_version,
    :file_digest,
    :reason,
    CAST(:accepted AS jsonb)
);
