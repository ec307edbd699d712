-- What officers keep for their own work: filters of lists and words that they write often.
create table saved_filter (
  id uuid primary key,
  account text not null,
  list text not null,
  name text not null check (name <> ''),
  content jsonb not null,
  is_default boolean not null,
  saved_at timestamptz not null,
  constraint saved_filter_name unique (account, list, name)
);
create unique index saved_filter_default on saved_filter (account, list) where is_default;

create table opinion_template (
  id uuid primary key,
  -- Of one officer, or shared by a unit and those beneath it.
  account text,
  unit text,
  key text not null check (key ~ '^[a-z0-9-]{1,30}$'),
  title text not null check (title <> ''),
  body text not null check (body <> ''),
  saved_at timestamptz not null,
  saved_by text not null,
  saved_by_name text not null,
  constraint opinion_template_owner check ((account is null) <> (unit is null))
);
create unique index opinion_template_own_key on opinion_template (account, key) where account is not null;
create unique index opinion_template_unit_key on opinion_template (unit, key) where unit is not null;

create table result_reminder (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  way text not null check (way in ('phone', 'sms', 'email', 'letter', 'other')),
  note text
);
create index result_reminder_dossier on result_reminder (dossier_id, at desc);

-- Dossiers that one applicant handed in together; each has its own code, one receipt names them all.
create table intake_batch_counter (
  centre text not null,
  year integer not null,
  last integer not null,
  constraint intake_batch_counter_pkey primary key (centre, year)
);
create table intake_batch (
  id uuid primary key,
  centre text not null,
  year integer not null,
  number integer not null,
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  constraint intake_batch_number unique (centre, year, number)
);
create table intake_batch_dossier (
  dossier_id uuid primary key references dossier (id),
  batch_id uuid not null references intake_batch (id),
  ordinal integer not null,
  constraint intake_batch_dossier_order unique (batch_id, ordinal)
);

-- A leader asks after a step; the officer sees the last time on the list.
create table task_urge (
  id uuid primary key,
  task_id uuid not null references task (id),
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  message text not null
);
create index task_urge_task on task_urge (task_id, at desc);

