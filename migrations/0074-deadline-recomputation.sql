-- After a change of the calendar the promised dates of open dossiers are computed anew, in batches: the row remembers how far it
-- came, so that whoever finds it goes on where a killed process stopped.
create table deadline_recomputation (
  id uuid primary key,
  reason text not null check (length(reason) between 1 and 4000),
  started_at timestamptz not null,
  started_by text not null,
  started_by_name text not null,
  -- Dossiers are taken in the order of their ids.
  last_dossier uuid,
  looked integer not null default 0,
  moved integer not null default 0,
  kept integer not null default 0,
  confirmed integer not null default 0,
  finished_at timestamptz
);
-- One at a time: two would promise two dates.
create unique index deadline_recomputation_one on deadline_recomputation ((finished_at is null)) where finished_at is null;
