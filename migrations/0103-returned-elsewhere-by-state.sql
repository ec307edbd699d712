-- concurrently
-- What returns to a centre that did not receive it, by state: without it a centre's rare state is looked for among everybody's.
create index concurrently if not exists dossier_unreturned_elsewhere on dossier (returning_centre, state, received_at desc, id desc)
  where state <> 'RETURNED' and returning_centre <> receiving_centre;
