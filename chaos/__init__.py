"""Whatever dies, no caller is lost and no record is wrong: traffic on a whole system while its parts are killed.

`make chaos` runs it and docs/chaos.md tells what came of it. Beside bench/, which measures what it costs when all is
well. The rooms: `schedule`, `people` and `judging` are values and rules without any clock or socket; all else acts.
"""
