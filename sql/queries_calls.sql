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

-- name: calls_behind
-- The calls behind a place in the list, newest first, narrowed by whatever is not NULL.
SELECT *
FROM call
WHERE enterprise_id = :enterprise
    AND (CAST(:behind_call AS text) IS NULL OR (started_at, call_id) < (CAST(:behind_at AS timestamptz), :behind_call))
    AND (CAST(:started_from AS timestamptz) IS NULL OR started_at >= :started_from)
    AND (CAST(:started_before AS timestamptz) IS NULL OR started_at < :started_before)
    AND (CAST(:number AS text) IS NULL OR number = :number)
    AND (CAST(:caller AS text) IS NULL OR caller_e164 = :caller OR caller_raw = :caller)
    AND (CAST(:disposition AS text) IS NULL OR disposition = :disposition)
    AND (
        CAST(:agent AS bigint) IS NULL
        OR EXISTS (
            SELECT FROM call_segment
            WHERE (call_segment.enterprise_id, call_segment.call_id) = (call.enterprise_id, call.call_id)
                AND agent_id = :agent
        )
        OR EXISTS (
            SELECT FROM call_offer
            WHERE (call_offer.enterprise_id, call_offer.call_id) = (call.enterprise_id, call.call_id)
                AND agent_id = :agent
        )
    )
    AND (
        CAST(:group AS bigint) IS NULL
        OR EXISTS (
            SELECT FROM call_segment
            WHERE (call_segment.enterprise_id, call_segment.call_id) = (call.enterprise_id, call.call_id)
                AND group_id = :group
        )
    )
ORDER BY started_at DESC, call_id DESC
LIMIT :limit;
