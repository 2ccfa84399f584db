-- Reading and changing what an operator configured. Each query: its name, one sentence, then the statement.

-- name: enterprise
-- One enterprise, or no row.
SELECT *
FROM enterprise
WHERE id = :enterprise;

-- name: lock_enterprise
-- Lets one change of an enterprise's directory happen at a time; loading it and storing calls go on meanwhile.
SELECT id
FROM enterprise
WHERE id = :enterprise
FOR NO KEY UPDATE;

-- name: tell_of_change
-- Tells whoever listens, when this transaction is committed, that something of an enterprise is different.
SELECT pg_notify('fs_control_changes', :enterprise);

-- name: listen_for_changes
-- Lets this connection hear of changes from now on.
LISTEN fs_control_changes;

-- name: phones
-- The phones of an enterprise.
SELECT *
FROM phone
WHERE enterprise_id = :enterprise
ORDER BY extension;

-- name: agents
-- The agents of an enterprise, by number.
SELECT *
FROM agent
WHERE enterprise_id = :enterprise
ORDER BY number;

-- name: groups
-- The skill groups of an enterprise, by name.
SELECT *
FROM skill_group
WHERE enterprise_id = :enterprise
ORDER BY name;

-- name: group_members
-- Who is in which group of an enterprise, in the order of the group.
SELECT *
FROM group_member
WHERE enterprise_id = :enterprise
ORDER BY group_id, position, agent_id;

-- name: group_overflow
-- Which groups help out which others of an enterprise, in the order of time.
SELECT *
FROM group_overflow
WHERE enterprise_id = :enterprise
ORDER BY group_id, after_s, helper_group_id;

-- name: service_numbers
-- The service numbers of an enterprise.
SELECT *
FROM service_number
WHERE enterprise_id = :enterprise
ORDER BY number;

-- name: numbers_of_others
-- Which of these service numbers another enterprise has.
SELECT number
FROM service_number
WHERE enterprise_id <> :enterprise AND number = ANY (:numbers)
ORDER BY number;

-- name: rename_agent
-- Gives an agent another number; the id stays.
UPDATE agent
SET number = :new
WHERE enterprise_id = :enterprise AND number = :old;

-- name: rename_group
-- Gives a group another name; the id stays.
UPDATE skill_group
SET name = :new
WHERE enterprise_id = :enterprise AND name = :old;

-- name: change_enterprise
-- Changes the settings of one enterprise.
UPDATE enterprise
SET name = :name,
    time_zone = :time_zone,
    language = :language,
    region = :region,
    memory_valid_s = :memory_valid_s,
    wrap_up_s = :wrap_up_s,
    starts_on_break = :starts_on_break,
    default_terminal = :default_terminal,
    diverts = :diverts
WHERE id = :enterprise;

-- name: remove_members
-- Takes all members out of these groups.
DELETE FROM group_member
WHERE enterprise_id = :enterprise AND group_id = ANY (:groups);

-- name: remove_overflow
-- Lets no other group help these groups out any more.
DELETE FROM group_overflow
WHERE enterprise_id = :enterprise AND group_id = ANY (:groups);
