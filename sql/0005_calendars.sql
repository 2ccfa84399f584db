-- 0005: calendars of service hours: special working time before holidays before regular hours.
--
-- Hours are minutes since midnight, `begins` included and `ends` not; past 1440 they end on the next day. Public holidays
-- are not stored: they come from the program's library, and what is here is the operator's own table over it.

CREATE TABLE calendar (
    enterprise_id   text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    id              bigint GENERATED ALWAYS AS IDENTITY,
    name            text NOT NULL CHECK (name <> ''),
    time_zone       text,
    public_holidays text,
    PRIMARY KEY (enterprise_id, id),
    CONSTRAINT calendar_name_key UNIQUE (enterprise_id, name)
);
COMMENT ON TABLE calendar IS 'Service hours under the name by which flows ask for them.';
COMMENT ON COLUMN calendar.time_zone IS 'IANA name such as Asia/Shanghai; NULL: that of the enterprise.';
COMMENT ON COLUMN calendar.public_holidays IS
    'Country (ISO 3166), with its subdivision behind a hyphen where it has holidays of its own, such as CN or DE-BY.';

CREATE TABLE calendar_hours (
    enterprise_id text COLLATE "C" NOT NULL,
    calendar_id   bigint NOT NULL,
    weekday       integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    begins        integer NOT NULL CHECK (begins BETWEEN 0 AND 1439),
    ends          integer NOT NULL CHECK (ends > begins AND ends <= begins + 1440),
    PRIMARY KEY (enterprise_id, calendar_id, weekday, begins),
    CONSTRAINT calendar_hours_calendar_fkey FOREIGN KEY (enterprise_id, calendar_id)
        REFERENCES calendar (enterprise_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE calendar_hours IS 'Regular hours; a weekday may have several, or none.';
COMMENT ON COLUMN calendar_hours.weekday IS 'Monday 1 to Sunday 7: the day on which the hours begin.';

CREATE TABLE calendar_special (
    enterprise_id text COLLATE "C" NOT NULL,
    calendar_id   bigint NOT NULL,
    day           date NOT NULL,
    begins        integer NOT NULL CHECK (begins BETWEEN 0 AND 1439),
    ends          integer NOT NULL,
    PRIMARY KEY (enterprise_id, calendar_id, day, begins),
    CONSTRAINT calendar_special_calendar_fkey FOREIGN KEY (enterprise_id, calendar_id)
        REFERENCES calendar (enterprise_id, id) ON DELETE CASCADE,
    CONSTRAINT calendar_special_hours CHECK (
        (ends > begins AND ends <= begins + 1440) OR (begins = 0 AND ends = 0)
    )
);
COMMENT ON TABLE calendar_special IS 'Special working time of a date; it stands in the place of its regular hours.';
COMMENT ON COLUMN calendar_special.ends IS '0 where `begins` is 0, too: closed the whole day.';

CREATE TABLE calendar_day (
    enterprise_id text COLLATE "C" NOT NULL,
    calendar_id   bigint NOT NULL,
    day           date NOT NULL,
    name          text NOT NULL,
    acts_as       integer CHECK (acts_as BETWEEN 1 AND 7),
    PRIMARY KEY (enterprise_id, calendar_id, day),
    CONSTRAINT calendar_day_calendar_fkey FOREIGN KEY (enterprise_id, calendar_id)
        REFERENCES calendar (enterprise_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE calendar_day IS 'What the operator says about a date, whatever the public holidays say.';
COMMENT ON COLUMN calendar_day.name IS 'What the holiday is called; empty for a working day.';
COMMENT ON COLUMN calendar_day.acts_as IS 'Weekday whose hours the date has, Monday 1 to Sunday 7; NULL: a holiday.';
