-- Customers and what is remembered of calls. Each query: its name, one sentence, then the statement.

-- name: customers
-- Customers whose name or number holds every one of some words, by number.
SELECT customer.*, agent.number AS owner, agent.name AS owner_name
FROM customer
JOIN agent ON (agent.enterprise_id, agent.id) = (customer.enterprise_id, owner_id)
WHERE customer.enterprise_id = :enterprise
  AND (CAST(:owner AS text) IS NULL OR agent.number = :owner)
  AND customer.priority >= :least_priority
  AND NOT EXISTS (
      SELECT
      FROM unnest(CAST(:names AS text[]), CAST(:digits AS text[]), CAST(:whole AS text[])) AS word (name, digits, whole)
      WHERE strpos(lower(customer.name), word.name) = 0
        AND (word.digits = '' OR strpos(customer.number, word.digits) = 0)
        AND customer.number <> word.whole
  )
ORDER BY customer.number
LIMIT :limit;

-- name: owners
-- The agents who have customers, by number.
SELECT agent.number
FROM agent
WHERE agent.enterprise_id = :enterprise
  AND EXISTS (
      SELECT
      FROM customer
      WHERE (customer.enterprise_id, customer.owner_id) = (agent.enterprise_id, agent.id)
  )
ORDER BY agent.number;

-- name: customers_by_number
-- The customers who have these numbers.
SELECT customer.*, agent.number AS owner, agent.name AS owner_name
FROM customer
JOIN agent ON (agent.enterprise_id, agent.id) = (customer.enterprise_id, owner_id)
WHERE customer.enterprise_id = :enterprise AND customer.number = ANY (:numbers);

-- name: customer_numbers_like
-- Numbers of customers that begin or end as this one does.
SELECT number
FROM customer
WHERE enterprise_id = :enterprise
  AND (left(number, 8) = left(:number, 8) OR right(number, 6) = right(:number, 6))
LIMIT 100;

-- name: renumber_customer
-- Gives a customer another number; the id stays.
UPDATE customer
SET number = :new
WHERE enterprise_id = :enterprise AND number = :old;

-- name: memories
-- What is remembered of calls with numbers that hold every one of some words or belong to such customers, newest first.
SELECT memory.*, agent.number AS agent, agent.name AS agent_name, customer.name AS customer_name
FROM memory
JOIN agent ON (agent.enterprise_id, agent.id) = (memory.enterprise_id, agent_id)
LEFT JOIN customer ON (customer.enterprise_id, customer.number) = (memory.enterprise_id, memory.number)
WHERE memory.enterprise_id = :enterprise
  AND (CAST(:agent AS text) IS NULL OR agent.number = :agent)
  AND NOT EXISTS (
      SELECT
      FROM unnest(CAST(:names AS text[]), CAST(:digits AS text[]), CAST(:whole AS text[])) AS word (name, digits, whole)
      WHERE (customer.name IS NULL OR strpos(lower(customer.name), word.name) = 0)
        AND (word.digits = '' OR strpos(memory.number, word.digits) = 0)
        AND memory.number <> word.whole
  )
ORDER BY remembered_at DESC, memory.number
LIMIT :limit;

-- name: memories_by_number
-- What is remembered of calls with these numbers.
SELECT memory.*, agent.number AS agent, agent.name AS agent_name, customer.name AS customer_name
FROM memory
JOIN agent ON (agent.enterprise_id, agent.id) = (memory.enterprise_id, agent_id)
LEFT JOIN customer ON (customer.enterprise_id, customer.number) = (memory.enterprise_id, memory.number)
WHERE memory.enterprise_id = :enterprise AND memory.number = ANY (:numbers);

-- name: forget_memories
-- Forgets what is remembered of calls with these numbers, and answers with those that were remembered.
DELETE FROM memory
WHERE enterprise_id = :enterprise AND number = ANY (:numbers)
RETURNING number;

-- name: keep_move
-- Keeps which customers, memories and flows of one agent are about to be moved to another.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT CAST(:enterprise AS text),
       'customer_move',
       CAST(:name AS text),
       jsonb_build_object(
           'from', CAST(:source AS bigint),
           'to', CAST(:target AS bigint),
           'customers', (
               SELECT coalesce(jsonb_agg(id), '[]')
               FROM customer
               WHERE enterprise_id = :enterprise AND owner_id = :source
           ),
           'memories', (
               SELECT coalesce(jsonb_agg(number), '[]')
               FROM memory
               WHERE enterprise_id = :enterprise AND agent_id = :source
           ),
           'flows', CAST(:flows AS jsonb)
       ),
       :now,
       :by;

-- name: move_customers
-- Gives the customers of one agent to another.
UPDATE customer
SET owner_id = :target, changed_at = greatest(created_at, :now)
WHERE enterprise_id = :enterprise AND owner_id = :source;

-- name: move_memories
-- Has what is remembered of one agent's calls lead to another.
UPDATE memory
SET agent_id = :target
WHERE enterprise_id = :enterprise AND agent_id = :source;

-- name: source_of_move
-- The number of the agent from whom a step moved customers, if the agent is there still.
SELECT agent.number
FROM undo_step
JOIN agent ON (agent.enterprise_id, agent.id) = (undo_step.enterprise_id, CAST(content ->> 'from' AS bigint))
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: flows_of_move
-- The flows that a step gave a new version, with the text before and after.
SELECT flow.name, flow.before, flow.after
FROM undo_step
CROSS JOIN jsonb_to_recordset(coalesce(content -> 'flows', '[]')) AS flow (name text, before text, after text)
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
ORDER BY flow.name;

-- name: undo_move_of_customers
-- Gives the customers that a step moved back, except those who have got yet another owner since.
UPDATE customer
SET owner_id = CAST(content ->> 'from' AS bigint), changed_at = greatest(created_at, :now)
FROM undo_step
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
  AND customer.enterprise_id = undo_step.enterprise_id
  AND customer.owner_id = CAST(content ->> 'to' AS bigint)
  AND customer.id IN (SELECT CAST(jsonb_array_elements_text(content -> 'customers') AS bigint));

-- name: undo_move_of_memories
-- Has what a step moved lead to the former agent again, except where another agent has dialled since.
UPDATE memory
SET agent_id = CAST(content ->> 'from' AS bigint)
FROM undo_step
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
  AND memory.enterprise_id = undo_step.enterprise_id
  AND memory.agent_id = CAST(content ->> 'to' AS bigint)
  AND memory.number IN (SELECT jsonb_array_elements_text(content -> 'memories'));

-- name: caller_facts
-- What is known of one caller of one service number: the customer, the call memory, and the last talk with an agent.
SELECT customer.id AS customer_id,
       customer.number AS customer_number,
       customer.name AS customer_name,
       customer.owner_id,
       customer.priority AS customer_priority,
       memory.agent_id AS memory_agent_id,
       memory.remembered_at,
       coalesce(service_number.takes_memory, false) AS takes_memory,
       coalesce(service_number.memory_valid_s, enterprise.memory_valid_s) AS memory_valid_s,
       talk.agent_id AS talk_agent_id,
       talk.ended_at AS talk_ended_at
FROM enterprise
LEFT JOIN customer ON (customer.enterprise_id, customer.number) = (enterprise.id, :caller)
LEFT JOIN memory ON (memory.enterprise_id, memory.number) = (enterprise.id, :caller)
LEFT JOIN service_number ON (service_number.enterprise_id, service_number.number) = (enterprise.id, :service_number)
LEFT JOIN LATERAL (
    SELECT call_segment.agent_id, call_segment.ended_at
    FROM call
    JOIN call_segment USING (enterprise_id, call_id)
    JOIN agent ON (agent.enterprise_id, agent.id) = (call_segment.enterprise_id, call_segment.agent_id)
    WHERE call.enterprise_id = enterprise.id
      AND call.caller_e164 = :caller
      AND call_segment.kind = 'talk'
    ORDER BY call.started_at DESC, call_segment.position DESC
    LIMIT 1
) AS talk ON true
WHERE enterprise.id = :enterprise;
