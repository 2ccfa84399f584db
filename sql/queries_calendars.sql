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
