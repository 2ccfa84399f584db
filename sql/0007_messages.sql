-- Messages that callers left (N7).
select 1;
