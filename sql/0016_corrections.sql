-- 0016: what was put right of stored calls, and the calls as they read with it (D1).
--
-- A call is never updated: a correction is a row beside it. The views are the calls with the last correction of each
-- field; reports count from them.

CREATE TABLE call_correction (
    enterprise_id text COLLATE "C" NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    call_id       text COLLATE "C" NOT NULL,
    field         text NOT NULL CHECK (field IN ('started_at', 'answered_at', 'ended_at', 'cause')),
    stored        text,
    corrected     text,
    why           text NOT NULL,
    source        text NOT NULL,
    corrected_at  timestamptz NOT NULL,
    corrected_by  text NOT NULL,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT call_correction_call_fkey FOREIGN KEY (enterprise_id, call_id)
        REFERENCES call (enterprise_id, call_id) ON DELETE CASCADE,
    CONSTRAINT call_correction_once UNIQUE NULLS NOT DISTINCT (enterprise_id, call_id, field, stored, corrected),
    CHECK (field IN ('answered_at', 'cause') OR corrected IS NOT NULL)
);
COMMENT ON TABLE call_correction IS 'One value of a call that was wrong, and what is right; the call itself is left as it is.';
COMMENT ON COLUMN call_correction.stored IS 'The value until then; moments as text in UTC with microseconds.';
COMMENT ON COLUMN call_correction.corrected IS 'The value from then on; of several rows for one field that with the largest id counts.';
COMMENT ON COLUMN call_correction.why IS 'The finding of "ledger verify" that named the difference.';
COMMENT ON COLUMN call_correction.source IS 'Who knows better: call_leg, the leg as the switch itself told it.';

CREATE VIEW call_corrected AS
WITH last_one AS (
    SELECT DISTINCT ON (enterprise_id, call_id, field) enterprise_id, call_id, field, corrected
    FROM call_correction
    ORDER BY enterprise_id, call_id, field, id DESC
), known AS (
    SELECT enterprise_id,
           call_id,
           array_agg(field ORDER BY field) AS fields,
           max(corrected) FILTER (WHERE field = 'started_at') AS started_at,
           max(corrected) FILTER (WHERE field = 'answered_at') AS answered_at,
           max(corrected) FILTER (WHERE field = 'ended_at') AS ended_at,
           max(corrected) FILTER (WHERE field = 'cause') AS cause
    FROM last_one
    GROUP BY enterprise_id, call_id
)
SELECT call.enterprise_id,
       call.call_id,
       call.leg_id,
       call.number,
       call.caller_raw,
       call.caller_kind,
       call.caller_e164,
       call.caller_name,
       call.flow,
       call.flow_version,
       COALESCE(known.started_at::timestamptz, call.started_at) AS started_at,
       CASE WHEN 'answered_at' = ANY (known.fields) THEN known.answered_at::timestamptz ELSE call.answered_at END
           AS answered_at,
       COALESCE(known.ended_at::timestamptz, call.ended_at) AS ended_at,
       call.ended_by,
       CASE WHEN 'cause' = ANY (known.fields) THEN known.cause ELSE call.cause END AS cause,
       call.disposition,
       call.direction,
       call.dialled_by,
       call.note,
       COALESCE(known.fields, '{}') AS corrected_fields
FROM call
LEFT JOIN known ON (known.enterprise_id, known.call_id) = (call.enterprise_id, call.call_id);
COMMENT ON VIEW call_corrected IS 'Every call as it reads with its corrections; corrected_fields names what was put right.';

CREATE VIEW call_segment_corrected AS
SELECT within.*
FROM (
    SELECT call_segment.enterprise_id,
           call_segment.call_id,
           call_segment.position,
           call_segment.kind,
           CASE WHEN call_segment.position = 0 THEN call_corrected.started_at
                ELSE greatest(call_segment.started_at, call_corrected.started_at) END AS started_at,
           CASE WHEN lead(call_segment.position) OVER of_call IS NULL THEN call_corrected.ended_at
                ELSE least(call_segment.ended_at, call_corrected.ended_at) END AS ended_at,
           call_segment.group_id,
           call_segment.agent_id
    FROM call_segment
    JOIN call_corrected USING (enterprise_id, call_id)
    WINDOW of_call AS (PARTITION BY call_segment.enterprise_id, call_segment.call_id ORDER BY call_segment.position)
) AS within
WHERE within.started_at < within.ended_at;
COMMENT ON VIEW call_segment_corrected IS
    'The segments of calls with their corrections: the first begins and the last ends with the corrected call.';

CREATE VIEW call_offer_corrected AS
SELECT call_offer.enterprise_id,
       call_offer.call_id,
       call_offer.position,
       call_offer.agent_id,
       call_offer.group_id,
       call_offer.decision ->> 'rule' AS rule,
       greatest(least(call_offer.offered_at, whole.ended_at), whole.started_at) AS offered_at,
       CASE WHEN call_offer.ringing_at IS NOT NULL
            THEN greatest(least(call_offer.ringing_at, whole.ended_at), whole.started_at) END AS ringing_at,
       CASE WHEN call_offer.answered_at IS NOT NULL
            THEN greatest(least(call_offer.answered_at, whole.ended_at), whole.started_at) END AS answered_at,
       CASE WHEN call_offer.ended_at IS NOT NULL
            THEN greatest(least(call_offer.ended_at, whole.ended_at), whole.started_at) END AS ended_at,
       call_offer.result,
       call_offer.cause
FROM call_offer
JOIN call_corrected AS whole USING (enterprise_id, call_id);
COMMENT ON VIEW call_offer_corrected IS 'The offers of calls with their corrections: none reaches beyond the corrected call.';
