-- Why a dossier is late (Decree 118/2025, Article 19(6)): one explanation for each missed date, amended by further editions.
create table dossier_lateness (
  dossier_id uuid not null references dossier (id),
  -- The promised moment that was missed; a date that is set anew later can be missed again.
  due_at timestamptz not null,
  edition integer not null check (edition > 0),
  reason_code text not null,
  explanation text not null check (length(explanation) between 1 and 4000),
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  constraint dossier_lateness_pkey primary key (dossier_id, due_at, edition)
);
-- Results that came after the promised moment, for the list of lateness that nobody has explained.
create index dossier_late_result on dossier (received_at desc, id desc) where completed_at > due_at;
