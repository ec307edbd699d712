-- The organisation: agencies over time, centres, counters, staff, secondments.
create extension if not exists btree_gist;

-- One row: which profile is loaded and the version that every change raises, so that other processes notice it.
create table organisation (
  only_row boolean primary key default true check (only_row),
  profile text not null,
  title text not null,
  as_of date not null,
  admin_edition text not null,
  version bigint not null default 1
);

create table unit (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 80),
  name text not null check (length(name) between 2 and 200),
  short_name text not null check (length(short_name) between 2 and 120),
  kind text not null check (kind in ('people-committee', 'department', 'office', 'inspectorate', 'committee',
    'management-board', 'service-unit', 'vertical', 'utility', 'centre', 'room', 'section', 'one-stop', 'post')),
  level text not null check (level in ('province', 'area', 'district', 'commune')),
  parent_id text references unit (id),
  -- Ids of all ancestors and its own, '/ubnd-tinh/so-tu-phap/': a subtree is one prefix of the index below.
  path text not null,
  function text,
  admin_code text check (admin_code ~ '^[0-9]{2,5}$'),
  identifier text check (identifier ~ '^[A-Z0-9]{3}(\.[A-Z0-9]+)*$' and length(identifier) <= 35),
  legacy_identifier text check (legacy_identifier ~ '^[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}$'),
  central_body text,
  valid_from date,
  valid_to date,
  date_precision text not null default 'day' check (date_precision in ('day', 'year', 'latest')),
  confidence text not null check (confidence in ('verified', 'from-knowledge', 'local')),
  source text not null,
  note text,
  version integer not null default 1,
  constraint unit_not_its_own_parent check (parent_id is distinct from id),
  constraint unit_path_ends_in_itself check (path like '%/' || id || '/'),
  constraint unit_valid_forwards check (valid_to is null or valid_from is null or valid_from <= valid_to)
);
create index unit_subtree on unit (path text_pattern_ops);
create index unit_by_parent on unit (parent_id);
create index unit_by_place on unit (admin_code, level) where admin_code is not null;
-- A code names one agency at a time; an agency that has ended keeps the code it had.
create unique index unit_identifier_in_force on unit (identifier) where identifier is not null and valid_to is null;

-- What a unit was called before: a paper of 2024 prints the name of 2024.
create table unit_name (
  unit_id text not null references unit (id),
  until date not null,
  name text not null,
  short_name text,
  identifier text,
  legal_basis text,
  date_precision text not null default 'day' check (date_precision in ('day', 'year', 'latest')),
  primary key (unit_id, until)
);

create table unit_succession (
  from_unit text not null references unit (id),
  to_unit text not null references unit (id),
  date date not null,
  partial boolean not null,
  date_precision text not null default 'day' check (date_precision in ('day', 'year', 'latest')),
  confidence text not null check (confidence in ('verified', 'from-knowledge', 'local')),
  source text not null,
  note text,
  primary key (from_unit, to_unit),
  constraint unit_succession_moves check (from_unit <> to_unit)
);
create index unit_succession_to on unit_succession (to_unit);

create table centre (
  unit_id text primary key references unit (id),
  address text,
  phone text,
  seat_admin_code text not null,
  -- [{"name": …, "address": …}]: NĐ 118/2025 Đ7(3), a communal centre may have several reception points.
  reception_points jsonb not null default '[]' check (jsonb_typeof(reception_points) = 'array'),
  note text
);

-- Administrative units of the two editions of the national list; one code may name different places in different editions.
create table admin_unit (
  edition text not null,
  code text not null check (code ~ '^([0-9]{2}|[0-9]{3}|[0-9]{5})$'),
  level text not null check (level in ('province', 'district', 'commune')),
  name text not null,
  full_name text not null,
  type text not null,
  parent_code text,
  seat text,
  lon double precision,
  lat double precision,
  area_km2 double precision,
  population integer,
  main_former_district text,
  primary key (edition, code),
  constraint admin_unit_parent foreign key (edition, parent_code) references admin_unit (edition, code)
);
create table admin_unit_succession (
  from_edition text not null,
  from_code text not null,
  to_edition text not null,
  to_code text not null,
  date date not null,
  partial boolean not null,
  from_name text not null,
  primary key (from_edition, from_code, to_edition, to_code),
  foreign key (from_edition, from_code) references admin_unit (edition, code),
  foreign key (to_edition, to_code) references admin_unit (edition, code)
);

-- How the words of a published procedure ("UBND cấp xã; Phòng Tư pháp cấp huyện") name agencies of this province.
create table agency_reference (
  text text primary key,
  targets jsonb not null check (jsonb_typeof(targets) = 'array'),
  outside boolean not null default false
);

create table counter (
  id text primary key check (length(id) <= 100),
  centre_id text not null references centre (unit_id),
  number integer not null check (number between 1 and 999),
  name text not null check (length(name) between 2 and 120),
  kinds text[] not null check (cardinality(kinds) >= 1 and kinds <@ array['reception', 'return', 'cashier', 'guide']),
  agencies text[] not null default '{}',
  fields text[] not null default '{}',
  -- NĐ 118/2025 Đ13(2)(b): a counter reserved for elderly, pregnant, disabled people.
  priority boolean not null default false,
  closed_on date
);
create unique index counter_number_open on counter (centre_id, number) where closed_on is null;

create table staff (
  id uuid primary key,
  account_id text unique,
  full_name text not null check (length(full_name) between 2 and 120),
  position text not null check (length(position) between 2 and 160),
  unit_id text not null references unit (id),
  -- Published at the office and on the web: NĐ 118/2025 Đ9(8).
  office_phone text,
  fields text[] not null default '{}',
  leader boolean not null default false,
  left_on date
);
create index staff_by_unit on staff (unit_id) where left_on is null;

create table secondment (
  id uuid primary key,
  staff_id uuid not null references staff (id),
  sending_unit text not null references unit (id),
  centre_id text not null references centre (unit_id),
  from_date date not null,
  to_date date not null,
  ended_on date,
  decision_no text not null check (length(decision_no) between 1 and 120),
  fields text[] not null default '{}',
  backup_of uuid references secondment (id),
  exception_basis text,
  constraint secondment_forwards check (from_date <= to_date),
  constraint secondment_ends_within check (ended_on is null or (ended_on >= from_date and ended_on <= to_date)),
  constraint secondment_no_overlap exclude using gist (
    staff_id with =, daterange(from_date, coalesce(ended_on, to_date), '[]') with &&
  )
);
create index secondment_by_centre on secondment (centre_id, to_date);

create table counter_assignment (
  id uuid primary key,
  counter_id text not null references counter (id),
  staff_id uuid not null references staff (id),
  from_at timestamptz not null,
  to_at timestamptz,
  constraint counter_assignment_forwards check (to_at is null or to_at >= from_at)
);
create unique index counter_assignment_one_per_officer on counter_assignment (staff_id) where to_at is null;
create unique index counter_assignment_one_per_counter on counter_assignment (counter_id) where to_at is null;
