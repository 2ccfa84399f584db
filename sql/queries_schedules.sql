-- Reading and changing schedules. Each query: its name, one sentence, then the statement.

-- name: schedules
-- The schedules of an enterprise with the names of their calendars, by name.
SELECT schedule.*, calendar.name AS calendar
FROM schedule
LEFT JOIN calendar ON (calendar.enterprise_id, calendar.id) = (schedule.enterprise_id, schedule.calendar_id)
WHERE schedule.enterprise_id = :enterprise
ORDER BY schedule.name;

-- name: remove_schedules
-- Takes schedules out for good.
DELETE FROM schedule
WHERE enterprise_id = :enterprise AND name = ANY (:names);
