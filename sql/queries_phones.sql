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
WHERE enterprise_id = :enterprise AND phone = ANY (:extensions)
ORDER BY number;

-- name: remove_phones
-- Removes these phones and answers with those that there were.
DELETE FROM phone
WHERE enterprise_id = :enterprise AND extension = ANY (:extensions)
RETURNING extension;
