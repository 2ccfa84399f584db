-- The operator's own prompts (N5).
select 1;
