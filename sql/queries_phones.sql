-- Phones and what they prove themselves with. Each query: its name, one sentence, then the statement.

-- name: give_phone_password
-- Adds a phone with the hash of its password, or gives an existing phone that hash.
INSERT INTO phone (enterprise_id, extension, a1_hash)
VALUES (:enterprise, :extension, :a1_hash)
ON CONFLICT (enterprise_id, extension) DO UPDATE SET a1_hash = excluded.a1_hash;

-- name: agents_of_phones
-- The numbers of the agents to whom these phones belong.
SELECT number
FROM agent
WHERE enterprise_id = :enterprise
  AND (phone = ANY (:extensions) OR softphone = ANY (:extensions) OR app = ANY (:extensions))
ORDER BY number;

-- name: remove_phones
-- Removes these phones and answers with those that there were.
DELETE FROM phone
WHERE enterprise_id = :enterprise AND extension = ANY (:extensions)
RETURNING extension;

-- name: set_pin
-- Gives an agent another PIN by its hash, or takes it away, and answers with the agent where there is one.
UPDATE agent
SET pin_hash = :pin_hash
WHERE enterprise_id = :enterprise AND number = :number
RETURNING number;

-- name: pin_hash
-- The id of an agent and the hash of the PIN, if there is one.
SELECT id, pin_hash
FROM agent
WHERE enterprise_id = :enterprise AND number = :number;
