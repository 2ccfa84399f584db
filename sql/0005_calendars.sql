-- Calendars of service hours (H1, H2): filled by hours.
select 1;
