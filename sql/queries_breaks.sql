-- The reasons for which agents take breaks (A9). Each query: its name, one sentence, then the statement.

-- name: break_reasons
-- The reasons of an enterprise, in the order in which people are shown them.
SELECT *
FROM break_reason
WHERE enterprise_id = :enterprise
ORDER BY position, code;

-- name: add_break_reason
-- Names one more reason, as the last one.
INSERT INTO break_reason (enterprise_id, code, position, name_en, name_zh)
SELECT :enterprise, :code, coalesce(max(position) + 1, 0), :name_en, :name_zh
FROM break_reason
WHERE enterprise_id = :enterprise;

-- name: remove_break_reason
-- Takes one reason away; who is on a break for it stays on it.
DELETE FROM break_reason
WHERE enterprise_id = :enterprise AND code = :code;
