-- What leaders did. Each query: its name, one sentence, then the statement.

-- name: supervision_log
-- The newest entries, newest first; of one leader, agent or call, or all.
SELECT supervision_log.*
FROM supervision_log
WHERE enterprise_id = :enterprise
  AND (CAST(:leader AS text) IS NULL OR leader = :leader)
  AND (CAST(:agent AS text) IS NULL OR agent = :agent)
  AND (CAST(:call AS text) IS NULL OR starts_with(call_id, :call))
ORDER BY began_at DESC, entry_id DESC
LIMIT :limit;
