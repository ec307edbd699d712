-- The catalogue of procedures: identity, dated versions, local time limits, editable marks, life situations.
create extension if not exists btree_gist;

-- One row: raised by every change, so that each process knows when its index in memory is out of date.
create table catalogue_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 1
);
insert into catalogue_revision default values;

create table procedure_field (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null unique
);

create table procedure (
  code text primary key check (code ~ '^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?$'),
  -- "Tên thường gọi": the words of a citizen; official titles run to 300 letters.
  plain_name text check (char_length(plain_name) between 2 and 120),
  synonyms text[] not null default '{}',
  -- Higher is asked for more often; 0 is unknown.
  popularity int not null default 0 check (popularity >= 0),
  revision int not null default 1
);

create table procedure_version (
  id uuid primary key,
  code text not null references procedure,
  state text not null check (state in ('DRAFT', 'CHECKED', 'PUBLISHED', 'AMENDED', 'REPEALED')),
  decision_no text,
  decision_date date,
  -- Null: in force since before the source was read.
  effective_from date,
  effective_to date,
  content_schema int not null,
  content jsonb not null,
  -- Promoted from the content: what lists and the search read for every procedure at once.
  methods jsonb not null,
  first_case text,
  online boolean not null,
  name text not null check (char_length(name) between 3 and 2000),
  ministry text not null,
  field text not null references procedure_field,
  levels text[] not null check (levels <@ '{ministry,province,district,commune,other}'),
  agency text,
  agencies jsonb not null default '{}',
  author text not null,
  checker text,
  publisher text,
  repeal_decision text,
  created_at timestamptz not null,
  published_at timestamptz,
  check (effective_to is null or effective_from is null or effective_to > effective_from),
  check (state not in ('AMENDED', 'REPEALED') or effective_to is not null),
  check (state not in ('PUBLISHED', 'AMENDED', 'REPEALED') or published_at is not null),
  -- Four eyes: nobody publishes what they wrote. The seed is the national database's own publication.
  check (publisher is null or publisher = 'system' or publisher <> author),
  -- One version in force for a procedure and a day.
  constraint procedure_version_one_in_force exclude using gist (code with =, daterange(effective_from, effective_to, '[)') with &&)
    where (state in ('PUBLISHED', 'AMENDED', 'REPEALED'))
);
create index procedure_version_code on procedure_version (code, state);

-- LEGAL: set by an article where the record gives no usable time; ANNOUNCED: the ministry's decision; LOCAL: the
-- chairman's cut; INTERNAL: the sum of the process. Earlier rows stay as history.
create table procedure_limit (
  id uuid primary key,
  code text not null references procedure,
  kind text not null check (kind in ('LEGAL', 'ANNOUNCED', 'LOCAL', 'INTERNAL')),
  case_id text,
  channel text check (channel in ('direct', 'online', 'postal')),
  amount double precision not null check (amount > 0),
  unit text not null check (unit in
    ('WORKING_DAY', 'CALENDAR_DAY', 'WORKING_HOUR', 'HOUR', 'MONTH', 'SAME_DAY', 'IMMEDIATE')),
  decision_no text not null,
  decision_date date,
  effective_from date,
  effective_to date,
  author text not null,
  created_at timestamptz not null,
  check (effective_to is null or effective_from is null or effective_to > effective_from),
  constraint procedure_limit_one_in_force exclude using gist (
    code with =, kind with =, (coalesce(case_id, '')) with =, (coalesce(channel, '')) with =,
    daterange(effective_from, effective_to, '[)') with &&)
);

-- "Mandatory" is derived from the wording until an administrator decides; component ids survive re-imports.
create table procedure_component_mark (
  code text not null references procedure,
  component_id text not null,
  mandatory boolean not null,
  reason text not null,
  author text not null,
  decided_at timestamptz not null,
  primary key (code, component_id)
);

create table life_situation (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  line text not null,
  icon text not null,
  position int not null unique
);

create table life_situation_procedure (
  situation text not null references life_situation,
  code text not null references procedure,
  position int not null,
  primary key (situation, code)
);
