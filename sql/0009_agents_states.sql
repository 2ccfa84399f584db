-- 0009: how agents begin, how long they finish notes, and for which reasons they take breaks (A9, A10, A13, A26).
--
-- What is NULL is said by the next one: of an agent by the group of the call, of a group by the enterprise, of that by us.

ALTER TABLE enterprise
    ADD COLUMN wrap_up_s double precision CHECK (wrap_up_s >= 0),
    ADD COLUMN starts_on_break boolean;
COMMENT ON COLUMN enterprise.wrap_up_s IS
    'Seconds for notes after a call where neither agent nor group has a value; NULL: none.';
COMMENT ON COLUMN enterprise.starts_on_break IS
    'Whether agents without a value of their own sign in on a break; NULL: they are ready at once.';

ALTER TABLE skill_group ADD COLUMN wrap_up_s double precision CHECK (wrap_up_s >= 0);
COMMENT ON COLUMN skill_group.wrap_up_s IS
    'Seconds for notes after a call for this group; NULL: as the enterprise says.';

ALTER TABLE agent
    ADD COLUMN wrap_up_s double precision CHECK (wrap_up_s >= 0),
    ADD COLUMN starts_on_break boolean;
COMMENT ON COLUMN agent.wrap_up_s IS 'Seconds for notes after any call of this agent; NULL: as the group of the call says.';
COMMENT ON COLUMN agent.starts_on_break IS
    'Whether the agent signs in on a break; NULL: as the enterprise says.';

CREATE TABLE break_reason (
    enterprise_id text COLLATE "C" NOT NULL REFERENCES enterprise (id),
    code          text COLLATE "C" NOT NULL CHECK (code <> ''),
    position      integer NOT NULL CHECK (position >= 0),
    name_en       text NOT NULL,
    name_zh       text NOT NULL,
    PRIMARY KEY (enterprise_id, code)
);
COMMENT ON TABLE break_reason IS
    'Why an agent may take a break. There is no column by which calls could come in one: in a break no call is offered.';
COMMENT ON COLUMN break_reason.code IS 'What is typed for it and kept in events, such as meal.';
COMMENT ON COLUMN break_reason.position IS 'In which order people are shown them; phones count them by it.';
COMMENT ON COLUMN break_reason.name_en IS 'What people call it in English.';
COMMENT ON COLUMN break_reason.name_zh IS 'What people call it in Chinese.';

INSERT INTO break_reason (enterprise_id, code, position, name_en, name_zh)
SELECT enterprise.id, reason.code, reason.position, reason.name_en, reason.name_zh
FROM enterprise
CROSS JOIN (VALUES
    ('rest', 0, 'rest', '休息'),
    ('meal', 1, 'meal', '用餐'),
    ('meeting', 2, 'meeting', '会议'),
    ('training', 3, 'training', '培训')
) AS reason (code, position, name_en, name_zh);
