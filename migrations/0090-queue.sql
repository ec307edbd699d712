-- The hall: service groups, counters at work, tickets. A ticket belongs to the business day of Vietnam, not of UTC.
create table service_group (
  id uuid primary key,
  centre_id text not null,
  -- The letter before the number on the ticket.
  prefix text not null check (prefix ~ '^[A-Z]{1,2}$'),
  name text not null check (length(name) between 2 and 120),
  name_en text not null check (length(name_en) between 2 and 120),
  ordinal integer not null,
  -- Fields of the catalogue whose procedures are received here; empty for all.
  fields text[] not null default '{}',
  kind text not null check (kind in ('reception', 'return', 'cashier', 'guide')),
  -- Tickets a day; null without a bound.
  daily_limit integer check (daily_limit > 0),
  -- No ticket is given so many minutes before the last session ends.
  stops_before integer not null default 30 check (stops_before between 0 and 240),
  active boolean not null default true,
  version integer not null default 1,
  constraint service_group_prefix_once unique (centre_id, prefix)
);
create index service_group_by_centre on service_group (centre_id, ordinal);

-- Which counters serve a group; a greater weight is called for first.
create table service_group_counter (
  group_id uuid not null references service_group (id),
  counter_id text not null,
  weight integer not null default 1 check (weight between 1 and 100),
  primary key (group_id, counter_id)
);
create index service_group_by_counter on service_group_counter (counter_id);

-- A counter's state now; no row is a counter that never opened.
create table counter_state (
  counter_id text primary key,
  centre_id text not null,
  state text not null check (state in ('OPEN', 'PAUSED', 'CLOSED')),
  officer_id text,
  officer_name text,
  reason text,
  until timestamptz,
  since timestamptz not null,
  -- Asked for help at the counter.
  help_since timestamptz,
  constraint counter_state_officer check (state = 'CLOSED' or officer_id is not null),
  constraint counter_state_pause check (state <> 'PAUSED' or reason is not null)
);
-- An officer sits at one counter at a time.
create unique index counter_state_officer_once on counter_state (officer_id) where state <> 'CLOSED';
create index counter_state_by_centre on counter_state (centre_id);

-- One row a centre and day: locked by every call, so that calls follow the rule of order across counters and processes.
create table hall_day (
  centre_id text not null,
  day date not null,
  -- Calls with priority since the last one without.
  priority_streak integer not null default 0,
  primary key (centre_id, day)
);

create table ticket_counter (
  group_id uuid not null references service_group (id),
  day date not null,
  last integer not null,
  primary key (group_id, day)
) with (fillfactor = 50);

create table ticket (
  id uuid primary key,
  centre_id text not null,
  group_id uuid not null,
  -- The group whose number it bears, which a transfer keeps.
  number_group uuid not null,
  day date not null,
  number integer not null check (number > 0),
  code text not null,
  -- Opens the visitor's page and nothing else; random, never derived from the number.
  token text not null,
  channel text not null check (channel in ('KIOSK', 'DESK', 'ONLINE', 'PHONE')),
  priority_class text not null,
  -- An officer has seen what entitles to it.
  priority_confirmed boolean not null default false,
  language text not null check (language in ('vi', 'en')),
  procedures text[] not null default '{}',
  state text not null check (state in ('WAITING', 'CALLED', 'SERVING', 'HELD', 'DONE', 'NO_SHOW', 'CANCELLED')),
  -- Seniority: the moment of issue, kept by transfers, moved by a return after a no-show.
  queued_at timestamptz not null,
  issued_at timestamptz not null,
  -- Of an appointment: its slot.
  appointment_at timestamptz,
  called_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  held_until timestamptz,
  counter_id text,
  officer_id text,
  officer_name text,
  calls integer not null default 0,
  requeues integer not null default 0,
  note text,
  dossiers text[] not null default '{}',
  -- What the visitor was told: minutes of wait, and the same at 10 and 90 %; null where nothing was promised.
  promised_p10 real,
  promised_p50 real,
  promised_p90 real,
  version integer not null default 1,
  constraint ticket_number_once unique (number_group, day, number),
  constraint ticket_token_once unique (token),
  constraint ticket_called check (state not in ('CALLED', 'SERVING') or (counter_id is not null and called_at is not null)),
  constraint ticket_served check (state <> 'SERVING' or started_at is not null),
  constraint ticket_order check (ended_at is null or ended_at >= issued_at)
);
-- One visitor at a counter at a time.
create unique index ticket_at_counter on ticket (counter_id) where state in ('CALLED', 'SERVING');
create index ticket_waiting on ticket (centre_id, group_id, queued_at, id) where state in ('WAITING', 'HELD');
create index ticket_of_day on ticket (centre_id, day, issued_at, id);

-- Every visit at a counter, for service times per group, procedure and officer; never overwritten.
create table ticket_visit (
  id uuid primary key,
  ticket_id uuid not null references ticket (id),
  centre_id text not null,
  group_id uuid not null,
  counter_id text not null,
  officer_id text not null,
  called_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text not null check (outcome in ('DONE', 'NO_SHOW', 'TRANSFERRED', 'HELD', 'UNDONE'))
);
create index ticket_visit_by_centre on ticket_visit (centre_id, started_at desc) where started_at is not null;
create index ticket_visit_by_ticket on ticket_visit (ticket_id);
