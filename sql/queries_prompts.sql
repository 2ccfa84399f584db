-- The operator's own prompts. Each query: its name, one sentence, then the statement.

-- name: prompts
-- The operator's prompts, by name and language.
SELECT name, language, seconds, sha256, says, source, added_at, added_by
FROM prompt
WHERE enterprise_id = :enterprise
ORDER BY name, language;

-- name: keep_prompt
-- Notes a prompt, or what took the place of one; words that are not given anew are taken away.
INSERT INTO prompt (enterprise_id, name, language, seconds, sha256, says, source, added_at, added_by)
VALUES (:enterprise, :name, :language, :seconds, :sha256, :says, :source, :now, :by)
ON CONFLICT (enterprise_id, name, language) DO UPDATE
SET seconds = excluded.seconds, sha256 = excluded.sha256, says = excluded.says, source = excluded.source,
    added_at = excluded.added_at, added_by = excluded.added_by;

-- name: remove_prompt
-- Forgets a prompt and answers with its name where there was one.
DELETE FROM prompt
WHERE enterprise_id = :enterprise AND name = :name AND language = :language
RETURNING name;

-- name: whispering_groups
-- The groups whose agents hear this prompt before a caller.
SELECT name
FROM skill_group
WHERE enterprise_id = :enterprise AND whisper = :name
ORDER BY name;
