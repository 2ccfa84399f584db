-- Reading the records of ended calls. Each query: its name, one sentence, then the statement.

-- name: recent_calls
-- The newest calls of an enterprise, newest first.
SELECT *
FROM call
WHERE enterprise_id = :enterprise
ORDER BY started_at DESC, call_id DESC
LIMIT :limit;

-- name: calls_by_prefix
-- The newest calls whose id begins with a prefix, newest first.
SELECT *
FROM call
WHERE enterprise_id = :enterprise AND starts_with(call_id, :prefix)
ORDER BY started_at DESC, call_id DESC
LIMIT :limit;

-- name: calls_by_id
-- The calls with these ids as far as they are stored, in the order of their start.
SELECT *
FROM call
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY started_at, call_id;

-- name: segments_of_calls
-- The segments of these calls, each call's in their order.
SELECT *
FROM call_segment
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, position;

-- name: offers_of_calls
-- The offers made for these calls, each call's in their order.
SELECT *
FROM call_offer
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, position;

-- name: steps_of_calls
-- The flow steps of these calls, each call's in their order.
SELECT *
FROM call_step
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, position;
