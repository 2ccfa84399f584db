-- Who activated which version of a flow, from which, and what was accepted (N10).
select 1;
