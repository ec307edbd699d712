-- Dossiers. Receiving place, deciding agency and returning place are three references (architecture, decision 5).
create table dossier_code_counter (
  identifier text not null,
  day date not null,
  last integer not null,
  constraint dossier_code_counter_pkey primary key (identifier, day)
);

create table dossier (
  id uuid primary key,
  code text not null,
  pin text not null,
  version integer not null,
  state text not null,
  outcome text,
  procedure_code text not null,
  procedure_version uuid not null,
  procedure_name text not null,
  procedure_official_name text not null,
  field text,
  case_id text not null,
  case_name text not null,
  channel text not null,
  receiving_centre text not null,
  resolving_unit text not null,
  returning_centre text not null,
  return_way text not null,
  return_address text,
  owner jsonb not null,
  submitter jsonb,
  representative jsonb,
  owner_name text not null,
  owner_number text,
  owner_phone text,
  search_tokens text[] not null,
  sets integer not null,
  note text,
  fees jsonb not null,
  duration_amount integer,
  duration_unit text,
  received_at timestamptz not null,
  accepted_at timestamptz,
  clock_started_at timestamptz,
  due_at timestamptz,
  original_due_at timestamptz,
  due_provisional boolean not null default false,
  supplement_asked_at timestamptz,
  supplement_items jsonb,
  supplement_deadline timestamptz,
  intake_supplement_asked_at timestamptz,
  extended_at timestamptz,
  extension_reason text,
  payment_amount bigint,
  ended_reason text,
  ended_basis text,
  right_authority text,
  completed_at timestamptz,
  returned_at timestamptz,
  ended_at timestamptz,
  intake_by text not null,
  intake_by_name text not null,
  approved_by text,
  instance uuid,
  process_version uuid,
  book_number integer not null,
  sample boolean not null default false,
  constraint dossier_code_once unique (code),
  constraint dossier_version_positive check (version > 0),
  constraint dossier_accepted_has_process check (state in ('SUBMITTED', 'INTAKE_SUPPLEMENT', 'NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT') or instance is not null),
  constraint dossier_outcome_with_result check ((outcome is null) or (state in ('PROCESSING', 'SUPPLEMENT', 'AWAITING_PAYMENT', 'COMPLETED', 'RETURNED', 'RESULT_ERROR', 'STOPPED', 'WITHDRAWN')))
);
create index dossier_by_receiving on dossier (receiving_centre, received_at desc, id desc);
create index dossier_by_resolving on dossier (resolving_unit, received_at desc, id desc);
create index dossier_by_returning on dossier (returning_centre, received_at desc, id desc);
create index dossier_by_received on dossier (received_at desc, id desc);
create index dossier_running_by_due on dossier (due_at, id) where state in ('ACCEPTED', 'PROCESSING');
create index dossier_by_owner_number on dossier (owner_number, received_at desc) where owner_number is not null;
create index dossier_by_owner_phone on dossier (owner_phone, received_at desc) where owner_phone is not null;
create index dossier_tokens on dossier using gin (search_tokens);

create table dossier_component (
  dossier_id uuid not null references dossier (id),
  component_id text not null,
  ordinal integer not null,
  name text not null,
  group_name text,
  mandatory boolean not null,
  status text not null,
  originals integer not null,
  copies integer not null,
  certified_copies integer not null,
  reason text,
  files uuid[] not null default '{}',
  constraint dossier_component_pkey primary key (dossier_id, component_id)
);

-- While a row is open (to_at null) the clock stands still; the due date is derived from these.
create table dossier_clock_pause (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  kind text not null,
  reason text,
  from_at timestamptz not null,
  to_at timestamptz,
  constraint dossier_clock_pause_order check (to_at is null or to_at >= from_at)
);
create unique index dossier_clock_pause_open_once on dossier_clock_pause (dossier_id) where to_at is null;
create index dossier_clock_pause_by_dossier on dossier_clock_pause (dossier_id);

create table dossier_result (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  edition integer not null,
  unit text not null,
  year integer not null,
  number text not null,
  date date not null,
  summary text,
  outcome text not null,
  signer text,
  file uuid,
  issued_at timestamptz not null,
  issued_by text not null,
  reason text,
  constraint dossier_result_edition_once unique (dossier_id, edition),
  constraint dossier_result_number_once unique (unit, year, number)
);
create table result_number_counter (
  unit text not null,
  year integer not null,
  last integer not null,
  constraint result_number_counter_pkey primary key (unit, year)
);

-- One result is handed over once: the primary key says so.
create table dossier_handover (
  dossier_id uuid primary key references dossier (id),
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  receiver_name text not null,
  receiver_number text,
  relation text not null,
  authorisation_paper text,
  slip_shown boolean not null,
  way text not null
);

create table dossier_book_counter (
  centre text not null,
  year integer not null,
  last integer not null,
  constraint dossier_book_counter_pkey primary key (centre, year)
);

create table intake_draft (
  id uuid not null,
  account text not null,
  content jsonb not null,
  saved_at timestamptz not null,
  constraint intake_draft_pkey primary key (account, id)
);

-- Wrong second factors at tracking, per dossier; unlogged because losing it only forgives attempts.
create unlogged table tracking_failure (
  dossier_id uuid primary key,
  failures integer not null,
  since timestamptz not null
);
