-- Removing what is configured or saved, and bringing it back. Each query: its name, one sentence, then the statement.

-- name: undo_steps
-- What of one kind can be taken back still, the newest first.
SELECT id, kind, name, done_at, done_by
FROM undo_step
WHERE enterprise_id = :enterprise AND kind = :kind AND done_at > :since
ORDER BY id DESC;

-- name: forget_undo_step
-- Forgets one step that was taken back.
DELETE FROM undo_step
WHERE enterprise_id = :enterprise AND id = :step;

-- name: purge_undo_steps
-- Forgets for good what was done too long ago to be taken back.
DELETE FROM undo_step
WHERE enterprise_id = :enterprise AND done_at <= :since;

-- name: weight_of_agents
-- These agents with what hangs on each of them.
SELECT number,
       name,
       phone,
       (SELECT count(*) FROM customer WHERE (enterprise_id, owner_id) = (agent.enterprise_id, agent.id)) AS customers,
       (SELECT count(*) FROM memory WHERE (enterprise_id, agent_id) = (agent.enterprise_id, agent.id)) AS memories,
       ARRAY(
           SELECT skill_group.name
           FROM group_member
           JOIN skill_group ON (skill_group.enterprise_id, skill_group.id)
               = (group_member.enterprise_id, group_member.group_id)
           WHERE (group_member.enterprise_id, group_member.agent_id) = (agent.enterprise_id, agent.id)
           ORDER BY skill_group.name
       ) AS groups
FROM agent
WHERE enterprise_id = :enterprise AND number = ANY (:names)
ORDER BY number;

-- name: keep_agents
-- Keeps these agents, their places in groups, their customers and what is remembered of their calls.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT enterprise_id,
       'agent',
       number,
       jsonb_build_object(
           'agent', to_jsonb(agent),
           'members', (
               SELECT coalesce(jsonb_agg(to_jsonb(group_member)), '[]')
               FROM group_member
               WHERE (group_member.enterprise_id, agent_id) = (agent.enterprise_id, agent.id)
           ),
           'customers', (
               SELECT coalesce(jsonb_agg(to_jsonb(customer)), '[]')
               FROM customer
               WHERE (customer.enterprise_id, owner_id) = (agent.enterprise_id, agent.id)
           ),
           'memories', (
               SELECT coalesce(jsonb_agg(to_jsonb(memory)), '[]')
               FROM memory
               WHERE (memory.enterprise_id, agent_id) = (agent.enterprise_id, agent.id)
           )
       ),
       :now,
       :by
FROM agent
WHERE enterprise_id = :enterprise AND number = ANY (:names);

-- name: remove_customers_of_agents
-- Removes the customers of these agents.
DELETE FROM customer
USING agent
WHERE (customer.enterprise_id, owner_id) = (agent.enterprise_id, agent.id)
  AND agent.enterprise_id = :enterprise AND agent.number = ANY (:names);

-- name: remove_agents
-- Removes these agents, and with them their places in groups and what is remembered of their calls.
DELETE FROM agent
WHERE enterprise_id = :enterprise AND number = ANY (:names);

-- name: restore_agent
-- Brings an agent back under the old id, with phones and extension as far as they are there and nobody else's.
INSERT INTO agent (
    enterprise_id, id, number, name, phone, softphone, ordinary_phone, app, default_terminal, extension, divert_to,
    diverts, rights, pin_hash, wrap_up_s, starts_on_break
)
OVERRIDING SYSTEM VALUE
SELECT kept.enterprise_id,
       kept.id,
       kept.number,
       kept.name,
       free.phone,
       free.softphone,
       kept.ordinary_phone,
       free.app,
       CASE
           WHEN kept.default_terminal = 'sip' AND free.phone IS NULL THEN NULL
           WHEN kept.default_terminal = 'softphone' AND free.softphone IS NULL THEN NULL
           WHEN kept.default_terminal = 'app' AND free.app IS NULL THEN NULL
           ELSE kept.default_terminal
       END,
       (
           SELECT kept.extension
           WHERE NOT EXISTS (
               SELECT
               FROM agent
               WHERE agent.enterprise_id = kept.enterprise_id AND kept.extension IN (agent.extension, agent.number)
           )
       ),
       kept.divert_to,
       kept.diverts,
       coalesce(kept.rights, 'call'),
       kept.pin_hash,
       kept.wrap_up_s,
       kept.starts_on_break
FROM undo_step
CROSS JOIN jsonb_populate_record(NULL::agent, content -> 'agent') AS kept
CROSS JOIN LATERAL (
    SELECT max(extension) FILTER (WHERE extension = kept.phone) AS phone,
           max(extension) FILTER (WHERE extension = kept.softphone) AS softphone,
           max(extension) FILTER (WHERE extension = kept.app) AS app
    FROM phone
    WHERE phone.enterprise_id = kept.enterprise_id
      AND NOT EXISTS (
          SELECT
          FROM agent
          WHERE agent.enterprise_id = kept.enterprise_id
            AND phone.extension IN (agent.phone, agent.softphone, agent.app)
      )
) AS free
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: restore_members
-- Puts the members that one step took out of groups back, as far as group and agent are there.
INSERT INTO group_member (enterprise_id, group_id, agent_id, position, level)
SELECT kept.enterprise_id, kept.group_id, kept.agent_id, kept.position, kept.level
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::group_member, content -> 'members') AS kept
JOIN skill_group ON (skill_group.enterprise_id, skill_group.id) = (kept.enterprise_id, kept.group_id)
JOIN agent ON (agent.enterprise_id, agent.id) = (kept.enterprise_id, kept.agent_id)
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
ON CONFLICT DO NOTHING;

-- name: restore_customers
-- Brings back the customers that one step removed, except those whose owner is gone or who were saved again since.
INSERT INTO customer (enterprise_id, id, number, name, owner_id, created_at, changed_at, priority)
OVERRIDING SYSTEM VALUE
SELECT kept.enterprise_id,
       kept.id,
       kept.number,
       kept.name,
       kept.owner_id,
       kept.created_at,
       kept.changed_at,
       coalesce(kept.priority, 0)
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::customer, content -> 'customers') AS kept
JOIN agent ON (agent.enterprise_id, agent.id) = (kept.enterprise_id, kept.owner_id)
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
ON CONFLICT DO NOTHING;

-- name: restore_memories
-- Remembers again what one step forgot, except where another agent has dialled since.
INSERT INTO memory (enterprise_id, number, agent_id, service_number, remembered_at)
SELECT kept.enterprise_id, kept.number, kept.agent_id, kept.service_number, kept.remembered_at
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::memory, content -> 'memories') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
ON CONFLICT DO NOTHING;

-- name: keep_groups
-- Keeps these groups, their members, which groups help them out and which they help out.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT enterprise_id,
       'group',
       name,
       jsonb_build_object(
           'group', to_jsonb(skill_group),
           'members', (
               SELECT coalesce(jsonb_agg(to_jsonb(group_member)), '[]')
               FROM group_member
               WHERE (group_member.enterprise_id, group_id) = (skill_group.enterprise_id, skill_group.id)
           ),
           'overflow', (
               SELECT coalesce(jsonb_agg(to_jsonb(group_overflow)), '[]')
               FROM group_overflow
               WHERE group_overflow.enterprise_id = skill_group.enterprise_id
                 AND skill_group.id IN (group_id, helper_group_id)
           )
       ),
       :now,
       :by
FROM skill_group
WHERE enterprise_id = :enterprise AND name = ANY (:names);

-- name: remove_groups
-- Removes these groups; their members stay agents.
DELETE FROM skill_group
WHERE enterprise_id = :enterprise AND name = ANY (:names);

-- name: helped_by
-- Which other groups, that are to stay, these groups help out.
SELECT DISTINCT helped.name AS helped, helper.name AS helper
FROM group_overflow
JOIN skill_group AS helped ON (helped.enterprise_id, helped.id) = (group_overflow.enterprise_id, group_id)
JOIN skill_group AS helper ON (helper.enterprise_id, helper.id) = (group_overflow.enterprise_id, helper_group_id)
WHERE group_overflow.enterprise_id = :enterprise
  AND helper.name = ANY (:names)
  AND NOT helped.name = ANY (:names)
ORDER BY helper.name, helped.name;

-- name: restore_group
-- Brings a group back under the old id.
INSERT INTO skill_group (
    enterprise_id,
    id,
    name,
    strategy,
    ring_s,
    returning_customer,
    colleague,
    own_agent_wait_s,
    own_agent_ask,
    announce_every_s,
    announce_estimate,
    max_waiting,
    whisper,
    wrap_up_s
)
OVERRIDING SYSTEM VALUE
SELECT kept.enterprise_id,
       kept.id,
       kept.name,
       kept.strategy,
       kept.ring_s,
       kept.returning_customer,
       coalesce(kept.colleague, 'random'),
       kept.own_agent_wait_s,
       coalesce(kept.own_agent_ask, false),
       kept.announce_every_s,
       coalesce(kept.announce_estimate, false),
       kept.max_waiting,
       kept.whisper,
       kept.wrap_up_s
FROM undo_step
CROSS JOIN jsonb_populate_record(NULL::skill_group, content -> 'group') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: restore_overflow
-- Lets groups help one another out again, as far as both are there.
INSERT INTO group_overflow (enterprise_id, group_id, helper_group_id, after_s)
SELECT kept.enterprise_id, kept.group_id, kept.helper_group_id, kept.after_s
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::group_overflow, coalesce(content -> 'overflow', '[]')) AS kept
JOIN skill_group ON (skill_group.enterprise_id, skill_group.id) = (kept.enterprise_id, kept.group_id)
JOIN skill_group AS helper ON (helper.enterprise_id, helper.id) = (kept.enterprise_id, kept.helper_group_id)
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step
ON CONFLICT DO NOTHING;

-- name: keep_numbers
-- Keeps these service numbers.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT enterprise_id, 'number', number, jsonb_build_object('number', to_jsonb(service_number)), :now, :by
FROM service_number
WHERE enterprise_id = :enterprise AND number = ANY (:names);

-- name: remove_numbers
-- Removes these service numbers.
DELETE FROM service_number
WHERE enterprise_id = :enterprise AND number = ANY (:names);

-- name: restore_number
-- Brings a service number back.
INSERT INTO service_number (enterprise_id, number, flow, max_calls, takes_memory, memory_valid_s, absent_flow)
SELECT kept.enterprise_id,
       kept.number,
       kept.flow,
       kept.max_calls,
       kept.takes_memory,
       kept.memory_valid_s,
       kept.absent_flow
FROM undo_step
CROSS JOIN jsonb_populate_record(NULL::service_number, content -> 'number') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: keep_customers
-- Keeps these customers.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT enterprise_id, 'customer', number, jsonb_build_object('customers', jsonb_build_array(to_jsonb(customer))), :now, :by
FROM customer
WHERE enterprise_id = :enterprise AND number = ANY (:names);

-- name: remove_customers
-- Removes these customers.
DELETE FROM customer
WHERE enterprise_id = :enterprise AND number = ANY (:names);
