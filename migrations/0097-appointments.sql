-- When visitors may book: rules that open or close times of a service group. A rule of a single day is an exception and stands
-- above the recurring ones.
create table opening_rule (
  id uuid primary key,
  group_id uuid not null references service_group (id),
  opens boolean not null,
  valid_from date not null,
  valid_to date,
  -- 1 Monday … 7 Sunday; every n weeks counted from the week of valid_from; n-th such weekday of the month, -1 the last.
  weekdays smallint[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]),
  every_weeks smallint not null check (every_weeks between 1 and 52),
  nth_of_month smallint check (nth_of_month in (-1, 1, 2, 3, 4, 5)),
  from_minute smallint not null check (from_minute between 0 and 1439),
  to_minute smallint not null check (to_minute between 1 and 1440),
  slot_minutes smallint not null check (slot_minutes between 5 and 240),
  public_capacity smallint not null check (public_capacity between 0 and 200),
  staff_capacity smallint not null check (staff_capacity between 0 and 200),
  note text not null,
  version integer not null default 1,
  constraint opening_rule_days check (valid_to is null or valid_to >= valid_from),
  constraint opening_rule_times check (to_minute > from_minute)
);
create index opening_rule_by_group on opening_rule (group_id, valid_from);

-- How many have a time, for the public and through staff apart. A row is raised only below its capacity, in one statement, so
-- that nobody is promised what another has.
create table appointment_slot (
  group_id uuid not null references service_group (id),
  at timestamptz not null,
  side text not null check (side in ('PUBLIC', 'STAFF')),
  taken integer not null check (taken >= 0),
  primary key (group_id, at, side)
);

create table appointment (
  id uuid primary key,
  centre_id text not null,
  group_id uuid not null references service_group (id),
  -- Opens the visitor's page and nothing else.
  token text not null,
  side text not null check (side in ('PUBLIC', 'STAFF')),
  -- The times it occupies, first to last; one visit may need several.
  slots timestamptz[] not null check (cardinality(slots) between 1 and 12),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('HELD', 'BOOKED', 'ARRIVED', 'CANCELLED', 'EXPIRED', 'MISSED')),
  held_until timestamptz,
  name text,
  phone text,
  procedures text[] not null default '{}',
  moves integer not null default 0,
  reminded_at timestamptz,
  ticket_id uuid references ticket (id),
  made_at timestamptz not null,
  made_by text,
  version integer not null default 1,
  constraint appointment_token_once unique (token),
  constraint appointment_held check (state <> 'HELD' or held_until is not null),
  constraint appointment_named check (state in ('HELD', 'EXPIRED', 'CANCELLED') or name is not null),
  constraint appointment_arrived check ((state = 'ARRIVED') = (ticket_id is not null))
);
create index appointment_of_day on appointment (centre_id, starts_at);
create index appointment_held on appointment (held_until) where state = 'HELD';
create index appointment_to_come on appointment (starts_at) where state = 'BOOKED';
