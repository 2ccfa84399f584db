-- 0014: schedules: agents who are signed in and out by plan (G1, G2, G3).
--
-- Times are minutes since midnight on the clock of the enterprise. A sign-out that is not later than the sign-in of the
-- same schedule is on the next day.

CREATE TABLE schedule (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text NOT NULL CHECK (name <> ''),
    agent_ids     bigint[] NOT NULL,
    sign_in       integer CHECK (sign_in BETWEEN 0 AND 1439),
    sign_out      integer CHECK (sign_out BETWEEN 0 AND 1439),
    weekdays      integer[] NOT NULL CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
    dates         date[] NOT NULL,
    calendar_id   bigint,
    terminal      text NOT NULL,
    enabled       boolean NOT NULL,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT schedule_name_key UNIQUE (enterprise_id, name),
    CONSTRAINT schedule_calendar_fkey FOREIGN KEY (enterprise_id, calendar_id) REFERENCES calendar (enterprise_id, id),
    CONSTRAINT schedule_does_something CHECK (sign_in IS NOT NULL OR sign_out IS NOT NULL)
);
COMMENT ON TABLE schedule IS 'Agents who are signed in and out at set times.';
COMMENT ON COLUMN schedule.agent_ids IS
    'In their order. An agent who is removed stays in it, is nobody meanwhile, and is planned again when restored.';
COMMENT ON COLUMN schedule.sign_in IS 'NULL: it signs nobody in.';
COMMENT ON COLUMN schedule.sign_out IS 'NULL: it signs nobody out.';
COMMENT ON COLUMN schedule.weekdays IS 'Monday 1 to Sunday 7: the days to which a sign-in belongs, and its sign-out with it.';
COMMENT ON COLUMN schedule.dates IS 'Single days, beside the weekdays.';
COMMENT ON COLUMN schedule.calendar_id IS 'Every day on which hours of this calendar begin, beside weekdays and dates.';
COMMENT ON COLUMN schedule.terminal IS 'Kind of terminal on which they are signed in; empty: the default of each agent.';
