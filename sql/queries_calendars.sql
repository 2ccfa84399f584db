-- Reading and changing calendars of service hours. Each query: its name, one sentence, then the statement.

-- name: calendars
-- The calendars of an enterprise, by name.
SELECT *
FROM calendar
WHERE enterprise_id = :enterprise
ORDER BY name;

-- name: calendar_hours
-- The regular hours of all calendars of an enterprise, in the order of the week.
SELECT *
FROM calendar_hours
WHERE enterprise_id = :enterprise
ORDER BY calendar_id, weekday, begins;

-- name: calendar_special
-- The special hours of all calendars of an enterprise, in the order of time.
SELECT *
FROM calendar_special
WHERE enterprise_id = :enterprise
ORDER BY calendar_id, day, begins;

-- name: calendar_days
-- The holidays and working days that the operator of an enterprise set, in the order of time.
SELECT *
FROM calendar_day
WHERE enterprise_id = :enterprise
ORDER BY calendar_id, day;

-- name: rename_calendar
-- Gives a calendar another name; the id stays.
UPDATE calendar
SET name = :new
WHERE enterprise_id = :enterprise AND name = :old;

-- name: keep_calendars
-- Keeps these calendars with everything that is said about their hours and days.
INSERT INTO undo_step (enterprise_id, kind, name, content, done_at, done_by)
SELECT enterprise_id,
       'calendar',
       name,
       jsonb_build_object(
           'calendar', to_jsonb(calendar),
           'hours', (
               SELECT coalesce(jsonb_agg(to_jsonb(calendar_hours)), '[]')
               FROM calendar_hours
               WHERE (calendar_hours.enterprise_id, calendar_id) = (calendar.enterprise_id, calendar.id)
           ),
           'special', (
               SELECT coalesce(jsonb_agg(to_jsonb(calendar_special)), '[]')
               FROM calendar_special
               WHERE (calendar_special.enterprise_id, calendar_id) = (calendar.enterprise_id, calendar.id)
           ),
           'days', (
               SELECT coalesce(jsonb_agg(to_jsonb(calendar_day)), '[]')
               FROM calendar_day
               WHERE (calendar_day.enterprise_id, calendar_id) = (calendar.enterprise_id, calendar.id)
           )
       ),
       :now,
       :by
FROM calendar
WHERE enterprise_id = :enterprise AND name = ANY (:names);

-- name: remove_calendars
-- Takes calendars out, with everything that was said about their hours and days.
DELETE FROM calendar
WHERE enterprise_id = :enterprise AND name = ANY (:names);

-- name: clear_calendar_hours
-- Leaves these calendars without regular hours.
DELETE FROM calendar_hours
WHERE enterprise_id = :enterprise AND calendar_id = ANY (:calendars);

-- name: clear_calendar_special
-- Leaves these calendars without special hours.
DELETE FROM calendar_special
WHERE enterprise_id = :enterprise AND calendar_id = ANY (:calendars);

-- name: clear_calendar_days
-- Leaves these calendars without holidays and working days of their own.
DELETE FROM calendar_day
WHERE enterprise_id = :enterprise AND calendar_id = ANY (:calendars);

-- name: restore_calendar
-- Brings a calendar back under the old id.
INSERT INTO calendar (enterprise_id, id, name, time_zone, public_holidays)
OVERRIDING SYSTEM VALUE
SELECT kept.enterprise_id, kept.id, kept.name, kept.time_zone, kept.public_holidays
FROM undo_step
CROSS JOIN jsonb_populate_record(NULL::calendar, content -> 'calendar') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: restore_calendar_hours
-- Gives a calendar that comes back its regular hours.
INSERT INTO calendar_hours (enterprise_id, calendar_id, weekday, begins, ends)
SELECT kept.enterprise_id, kept.calendar_id, kept.weekday, kept.begins, kept.ends
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::calendar_hours, content -> 'hours') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: restore_calendar_special
-- Gives a calendar that comes back its special hours.
INSERT INTO calendar_special (enterprise_id, calendar_id, day, begins, ends)
SELECT kept.enterprise_id, kept.calendar_id, kept.day, kept.begins, kept.ends
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::calendar_special, content -> 'special') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;

-- name: restore_calendar_days
-- Gives a calendar that comes back its own holidays and working days.
INSERT INTO calendar_day (enterprise_id, calendar_id, day, name, acts_as)
SELECT kept.enterprise_id, kept.calendar_id, kept.day, kept.name, kept.acts_as
FROM undo_step
CROSS JOIN jsonb_populate_recordset(NULL::calendar_day, content -> 'days') AS kept
WHERE undo_step.enterprise_id = :enterprise AND undo_step.id = :step;
