-- Working time: what the nation, the province and each centre say about their hours and days off.

-- One row: raised by every change, first thing in its transaction, so that changes follow one another and every process
-- notices them by reading one number.
create table calendar_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);
insert into calendar_version (version) values (1);

-- 'nation', 'province' (one database holds one province) or the id of a centre; a lower one overrides a higher one.
create table calendar (
  id text primary key check (length(id) between 1 and 80),
  scope text not null check (scope in ('NATION', 'PROVINCE', 'CENTRE')),
  -- {"1": [{"from": 450, "to": 690}, …], "6": []}: ISO weekday → sessions in minutes; an absent weekday is inherited.
  weekly jsonb not null default '{}' check (jsonb_typeof(weekly) = 'object'),
  -- Hours on a weekday of rest in which staff on duty receive people: open, but no working day.
  duty jsonb not null default '{}' check (jsonb_typeof(duty) = 'object'),
  version integer not null default 1,
  constraint calendar_scope_of_id check (
    scope = case id when 'nation' then 'NATION' when 'province' then 'PROVINCE' else 'CENTRE' end
  )
);

create table calendar_exception (
  id uuid primary key,
  calendar_id text not null references calendar (id),
  date date not null,
  type text not null check (type in ('OFF', 'WORK', 'PARTIAL', 'DUTY')),
  sessions jsonb check (jsonb_typeof(sessions) = 'array'),
  kind text not null check (kind in ('statutory', 'compensatory', 'swap-off', 'make-up', 'local')),
  holiday text,
  name_vi text not null check (length(name_vi) between 1 and 200),
  name_en text not null check (length(name_en) between 1 and 200),
  short_vi text not null check (length(short_vi) between 1 and 20),
  short_en text not null check (length(short_en) between 1 and 20),
  known_by_date boolean not null default false,
  paired_with date,
  legal_basis text not null check (length(legal_basis) between 1 and 1000),
  confidence text not null check (confidence in ('verified', 'from-knowledge', 'projection')),
  candidate boolean not null default false,
  adopted boolean not null default false,
  version integer not null default 1,
  constraint calendar_exception_once_a_day unique (calendar_id, date),
  constraint calendar_exception_sessions check (
    case when type in ('PARTIAL', 'DUTY') then sessions is not null when type = 'OFF' then sessions is null else true end
  ),
  constraint calendar_exception_adopted_candidate check (candidate or not adopted)
);

-- Whether the days off of a year were announced. A year that is not here, or not official, answers provisionally.
create table calendar_year (
  year integer primary key check (year between 2000 and 2069),
  official boolean not null,
  legal_basis text not null check (length(legal_basis) between 1 and 1000),
  version integer not null default 1
);
