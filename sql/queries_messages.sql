-- Messages that callers left. Each query: its name, one sentence, then the statement.

-- name: messages_of_calls
-- The messages of these calls, in their order.
SELECT call_message.*
FROM call_message
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, position;

-- name: messages
-- Messages with their callers and agents, the newest first; of one call, box, agent or state, or all.
SELECT
    call_message.*,
    call.number,
    call.caller_raw,
    call.caller_kind,
    call.caller_e164,
    call.caller_name,
    agent.number AS agent,
    agent.name AS agent_name
FROM call_message
JOIN call USING (enterprise_id, call_id)
LEFT JOIN agent ON (agent.enterprise_id, agent.id) = (call_message.enterprise_id, call_message.agent_id)
WHERE call_message.enterprise_id = :enterprise
  AND (CAST(:message AS bigint) IS NULL OR call_message.id = :message)
  AND (CAST(:call AS text) IS NULL OR call_message.call_id = :call)
  AND (CAST(:box AS text) IS NULL OR call_message.box = :box)
  AND (CAST(:agent AS text) IS NULL OR agent.number = :agent)
  AND (
      CAST(:status AS text) IS NULL
      OR :status = CASE
          WHEN call_message.done_at IS NOT NULL THEN 'done'
          WHEN agent.id IS NOT NULL THEN 'assigned'
          ELSE 'new'
      END
  )
ORDER BY call_message.left_at DESC, call_message.id DESC
LIMIT :limit;

-- name: assign_message
-- Gives a message to an agent, or with no agent to nobody; it is to be seen to again.
UPDATE call_message
SET agent_id = :agent, assigned_at = :now, assigned_by = :who, done_at = NULL, done_by = NULL
WHERE enterprise_id = :enterprise AND id = :message;

-- name: finish_message
-- Notes that a message was seen to.
UPDATE call_message
SET done_at = :now, done_by = :who
WHERE enterprise_id = :enterprise AND id = :message;

-- name: remove_message
-- Removes a message from the list; its call stays.
DELETE FROM call_message
WHERE enterprise_id = :enterprise AND id = :message;
