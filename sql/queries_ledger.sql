-- The proof of stored calls, what was put right of them, and each figure. Each query: its name, one sentence, then the
-- statement. The figures are those of cdr/ledger_figures.py, by the same names.

-- name: calls_ahead
-- The calls behind a place in the order of their beginning, the oldest first, within a period.
SELECT *
FROM call
WHERE enterprise_id = :enterprise
    AND (CAST(:behind_call AS text) IS NULL OR (started_at, call_id) > (CAST(:behind_at AS timestamptz), :behind_call))
    AND (CAST(:started_from AS timestamptz) IS NULL OR started_at >= :started_from)
    AND (CAST(:started_before AS timestamptz) IS NULL OR started_at < :started_before)
ORDER BY started_at, call_id
LIMIT :limit;

-- name: offers_without_grounds
-- The offers made for these calls, each call's in their order; of the decision only what was decided.
SELECT enterprise_id, call_id, position, leg_id, agent_id, group_id, phone,
       jsonb_build_object('rule', decision -> 'rule', 'agent', decision -> 'agent', 'passed_over', '[]'::jsonb)
           AS decision,
       offered_at, ringing_at, answered_at, ended_at, result, cause
FROM call_offer
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, position;

-- name: legs_of_calls
-- What the switch told of the legs of these calls: those that bear a call's name, and those of the customers.
SELECT *
FROM call_leg
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
UNION
SELECT *
FROM call_leg
WHERE enterprise_id = :enterprise AND leg_id = ANY (:legs);

-- name: first_leg
-- Since when the switch tells its legs; nothing where it never did.
SELECT min(ended_at) AS ended_at
FROM call_leg
WHERE enterprise_id = :enterprise
HAVING count(*) > 0;

-- name: legs_without_call
-- The legs of calls that have no record: callers whose leg is over for some time, and whatever is over for a day.
SELECT call_leg.*
FROM call_leg
WHERE call_leg.enterprise_id = :enterprise
    AND call_leg.call_id IS NOT NULL
    AND (CAST(:started_from AS timestamptz) IS NULL OR call_leg.created_at >= :started_from)
    AND (CAST(:started_before AS timestamptz) IS NULL OR call_leg.created_at < :started_before)
    AND NOT EXISTS (
        SELECT FROM call WHERE (call.enterprise_id, call.call_id) = (call_leg.enterprise_id, call_leg.call_id)
    )
    AND (
        (call_leg.direction = 'inbound' AND call_leg.ended_at < :over_since)
        OR call_leg.ended_at < CAST(:over_since AS timestamptz) - interval '1 day'
    )
ORDER BY call_leg.created_at, call_leg.leg_id
LIMIT :limit;

-- name: corrections_of_calls
-- What was put right of these calls, each call's in the order in which that was done.
SELECT *
FROM call_correction
WHERE enterprise_id = :enterprise AND call_id = ANY (:calls)
ORDER BY call_id, id;

-- name: figure_length
-- How long each call lasted.
SELECT call_id, ended_at - started_at AS length
FROM call_corrected
WHERE enterprise_id = :enterprise
ORDER BY started_at, call_id;

-- name: figure_ivr
-- How long each caller was in the flow: prompts and menus.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS ivr
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'ivr')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_line
-- How long each caller stood in line.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS line
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'line')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_ring
-- How long somebody's phone rang for each caller.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS ring
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'ring')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_talk
-- How long each call was a talk.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS talk
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'talk')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_hold
-- How long the customer was on hold.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS hold
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'hold')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_consult
-- How long the customer heard music while a colleague was asked.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS consult
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id, part.kind) = (call.enterprise_id, call.call_id, 'consult')
WHERE call.enterprise_id = :enterprise
GROUP BY call.call_id;

-- name: figure_waiting
-- How long each caller waited for somebody: in line, and while phones rang.
SELECT call.call_id, coalesce(sum(part.ended_at - part.started_at), interval '0') AS waiting
FROM call_corrected AS call
LEFT JOIN call_segment_corrected AS part
    ON (part.enterprise_id, part.call_id) = (call.enterprise_id, call.call_id) AND part.kind IN ('line', 'ring')
WHERE call.enterprise_id = :enterprise AND call.direction = 'inbound'
GROUP BY call.call_id;

-- name: figure_time_to_answer
-- How long it took from the first moment of waiting until an agent and the caller heard each other.
SELECT call.call_id,
       greatest(
           interval '0',
           min(part.started_at) FILTER (WHERE part.kind = 'talk' AND part.agent_id IS NOT NULL)
           - min(part.started_at) FILTER (WHERE part.kind IN ('line', 'ring'))
       ) AS time_to_answer
FROM call_corrected AS call
JOIN call_segment_corrected AS part ON (part.enterprise_id, part.call_id) = (call.enterprise_id, call.call_id)
WHERE call.enterprise_id = :enterprise AND call.direction = 'inbound'
GROUP BY call.call_id
HAVING count(*) FILTER (WHERE part.kind = 'talk' AND part.agent_id IS NOT NULL) > 0;

-- name: figure_answered
-- Whether an agent and the caller were joined: 1 or 0, so that a sum counts the calls.
SELECT call_id, CASE WHEN disposition = 'answered' THEN 1 ELSE 0 END AS answered
FROM call_corrected
WHERE enterprise_id = :enterprise;

-- name: figure_agent_offered
-- How often each agent was offered each call.
SELECT call_id, agent_id, count(*) AS agent_offered
FROM call_offer_corrected
WHERE enterprise_id = :enterprise
GROUP BY call_id, agent_id;

-- name: figure_agent_rang
-- How long the phone of each agent rang: from its first ring to the answer, or to the end.
SELECT call_id,
       agent_id,
       coalesce(sum(coalesce(answered_at, ended_at) - ringing_at), interval '0') AS agent_rang
FROM call_offer_corrected
WHERE enterprise_id = :enterprise
GROUP BY call_id, agent_id;

-- name: figure_agent_answered
-- How often each agent took the call up.
SELECT call_id, agent_id, count(answered_at) AS agent_answered
FROM call_offer_corrected
WHERE enterprise_id = :enterprise
GROUP BY call_id, agent_id;

-- name: figure_agent_talk
-- How long each agent talked with the customer.
SELECT call_id, agent_id, sum(ended_at - started_at) AS agent_talk
FROM call_segment_corrected
WHERE enterprise_id = :enterprise AND kind = 'talk' AND agent_id IS NOT NULL
GROUP BY call_id, agent_id;

-- name: figure_agent_hold
-- How long each agent had the customer on hold.
SELECT call_id, agent_id, sum(ended_at - started_at) AS agent_hold
FROM call_segment_corrected
WHERE enterprise_id = :enterprise AND kind = 'hold' AND agent_id IS NOT NULL
GROUP BY call_id, agent_id;

-- name: figure_agent_consult
-- How long each agent let the customer wait to ask a colleague.
SELECT call_id, agent_id, sum(ended_at - started_at) AS agent_consult
FROM call_segment_corrected
WHERE enterprise_id = :enterprise AND kind = 'consult' AND agent_id IS NOT NULL
GROUP BY call_id, agent_id;

-- name: figure_agent_advice
-- How long each agent was in a call as the colleague who was asked, up to leaving or to having the customer.
SELECT offer.call_id,
       offer.agent_id,
       sum(greatest(interval '0', least(offer.ended_at, coalesce(theirs.began, offer.ended_at)) - offer.answered_at))
           AS agent_advice
FROM call_offer_corrected AS offer
LEFT JOIN LATERAL (
    SELECT min(part.started_at) AS began
    FROM call_segment_corrected AS part
    WHERE (part.enterprise_id, part.call_id, part.agent_id) = (offer.enterprise_id, offer.call_id, offer.agent_id)
        AND part.started_at >= offer.answered_at
) AS theirs ON true
WHERE offer.enterprise_id = :enterprise AND offer.rule = 'named.by_agent' AND offer.answered_at IS NOT NULL
GROUP BY offer.call_id, offer.agent_id;

-- name: figure_agent_end
-- How the last offer of each call to each agent ended, in our word and in that of the switch.
SELECT DISTINCT ON (call_id, agent_id) call_id, agent_id, trim(result || ' ' || coalesce(cause, '')) AS agent_end
FROM call_offer_corrected
WHERE enterprise_id = :enterprise
ORDER BY call_id, agent_id, position DESC;
