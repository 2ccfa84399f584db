-- Gateways, what may be dialled, and what agents' calls leave behind. Each query: its name, one sentence, the statement.

-- name: gateways
-- The gateways of an enterprise, in the order in which they are tried.
SELECT *
FROM gateway
WHERE enterprise_id = :enterprise
ORDER BY id;

-- name: all_gateways
-- The gateways of all enterprises: one switch has them all.
SELECT *
FROM gateway
ORDER BY id;

-- name: remove_gateway
-- Removes a gateway and answers with its name, or with nothing where there is none.
DELETE FROM gateway
WHERE enterprise_id = :enterprise AND name = :name
RETURNING name;

-- name: rules_by_gateway
-- The targets of the rules that name a gateway.
SELECT target
FROM dial_rule
WHERE enterprise_id = :enterprise AND gateway = :name
ORDER BY target;

-- name: dial_rules
-- What may and may not be dialled in an enterprise.
SELECT *
FROM dial_rule
WHERE enterprise_id = :enterprise
ORDER BY target;

-- name: set_dial_rule
-- Adds a rule, or changes the one of this target.
INSERT INTO dial_rule (enterprise_id, target, allowed, cost, gateway)
VALUES (:enterprise, :target, :allowed, :cost, :gateway)
ON CONFLICT (enterprise_id, target) DO UPDATE
SET allowed = excluded.allowed, cost = excluded.cost, gateway = excluded.gateway;

-- name: remove_dial_rule
-- Removes a rule and answers with its target, or with nothing where there is none.
DELETE FROM dial_rule
WHERE enterprise_id = :enterprise AND target = :target
RETURNING target;

-- name: dial_limits
-- How much may be dialled in an enterprise.
SELECT *
FROM dial_limit
WHERE enterprise_id = :enterprise;

-- name: set_dial_limit
-- Sets all limits of agents, or of the enterprise.
INSERT INTO dial_limit (enterprise_id, scope, per_minute, per_hour, per_day, spend_per_day)
VALUES (:enterprise, :scope, :per_minute, :per_hour, :per_day, :spend_per_day)
ON CONFLICT (enterprise_id, scope) DO UPDATE
SET per_minute = excluded.per_minute, per_hour = excluded.per_hour, per_day = excluded.per_day,
    spend_per_day = excluded.spend_per_day;

-- name: set_caller_id
-- Sets the number that whoever is dialled is shown.
UPDATE enterprise
SET caller_id = :caller_id
WHERE id = :enterprise;

-- name: set_caller_id_of_agent
-- Sets the number that whomever an agent dials is shown, and answers with the agent's number.
UPDATE agent
SET caller_id = :caller_id
WHERE enterprise_id = :enterprise AND number = :agent
RETURNING number;

-- name: remember_dialled
-- Remembers who dialled a number last (M1), unless the agent is no more or somebody has dialled it later.
INSERT INTO memory (enterprise_id, number, agent_id, service_number, remembered_at)
SELECT agent.enterprise_id, :number, agent.id, NULL, :at
FROM agent
WHERE agent.enterprise_id = :enterprise AND agent.id = :agent_id
ON CONFLICT (enterprise_id, number) DO UPDATE
SET agent_id = excluded.agent_id, service_number = excluded.service_number, remembered_at = excluded.remembered_at
WHERE memory.remembered_at <= excluded.remembered_at;
