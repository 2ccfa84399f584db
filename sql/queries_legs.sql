-- Legs as the switch told them. Each query: its name, one sentence, then the statement.

-- name: legs_named
-- Those of some legs that are there.
SELECT call_leg.*
FROM call_leg
WHERE enterprise_id = :enterprise AND leg_id = ANY (:legs)
ORDER BY created_at, leg_id;

-- name: legs_of_call
-- The legs of a call, as they began.
SELECT call_leg.*
FROM call_leg
WHERE enterprise_id = :enterprise AND call_id = :call
ORDER BY created_at, leg_id;
