-- Names are also found by three syllables in a row, which few people share. Of rows that are there already the runs are put
-- together from their pairs: each real run comes of that, and hardly another.
update dossier d set search_tokens = d.search_tokens || t.runs
from (
  select id, array(
    select distinct first || '_' || split_part(second, '_', 2)
    from unnest(search_tokens) as first, unnest(search_tokens) as second
    where first like '%\_%' and second like '%\_%' and split_part(first, '_', 2) = split_part(second, '_', 1)
  ) as runs
  from dossier
) as t
where t.id = d.id and cardinality(t.runs) > 0;
