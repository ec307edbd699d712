-- The province's own values beside the numbers of the law (`data/parameters`): proposed by one person, approved by another.
create table parameter_value (
  id uuid primary key,
  key text not null,
  value integer not null,
  from_day date not null,
  to_day date,
  legal_basis text not null check (length(legal_basis) between 1 and 1000),
  reason text not null check (length(reason) between 1 and 4000),
  state text not null check (state in ('PROPOSED', 'APPROVED', 'WITHDRAWN')),
  proposed_at timestamptz not null,
  proposed_by text not null,
  proposed_by_name text not null,
  decided_at timestamptz,
  decided_by text,
  decided_by_name text,
  constraint parameter_value_days check (to_day is null or to_day >= from_day),
  constraint parameter_value_four_eyes check (state <> 'APPROVED' or decided_by <> proposed_by),
  constraint parameter_value_decided check ((state = 'PROPOSED') = (decided_at is null))
);
-- On each day at most one approved value starts to count; the one that started last does.
create unique index parameter_value_once_a_day on parameter_value (key, from_day) where state = 'APPROVED';
create index parameter_value_by_key on parameter_value (key, from_day desc);
