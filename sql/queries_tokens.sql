-- The tokens of the API. Each query: its name, one sentence, then the statement.

-- name: tokens
-- The tokens of an enterprise by name.
SELECT *
FROM api_token
WHERE enterprise_id = :enterprise
ORDER BY name;

-- name: revoke_token
-- Takes a token away for good.
DELETE FROM api_token
WHERE enterprise_id = :enterprise AND name = :name
RETURNING name;

-- name: note_token_used
-- Notes when a token was last used.
UPDATE api_token
SET last_used_at = greatest(:now, last_used_at)
WHERE enterprise_id = :enterprise AND id = :id;
