-- Somebody asks a colleague to come: an officer to a counter, a visitor to a kiosk. A place has one open call; each is taken by
-- somebody or told again, and ends with a word of how.
create table help_call (
  id uuid primary key,
  centre_id text not null,
  kind text not null check (kind in ('COUNTER', 'KIOSK')),
  -- A counter, a paired kiosk, or `kiosk` for those that nobody paired.
  place text not null,
  -- As the hall's people call the place.
  place_name text not null,
  counter integer,
  asked_at timestamptz not null,
  -- null: a visitor, of whom nothing is known.
  asked_by text,
  asked_by_name text,
  taken_at timestamptz,
  taken_by text,
  taken_by_name text,
  -- How often everybody was told that nobody has taken it.
  reminders smallint not null default 0,
  ended_at timestamptz,
  ended_how text check (ended_how in ('HELPED', 'WITHDRAWN', 'COUNTER_CLOSED', 'DAY_OVER')),
  ended_by_name text,
  constraint help_call_counter check ((kind = 'COUNTER') = (counter is not null)),
  constraint help_call_taken check ((taken_at is null) = (taken_by is null)),
  constraint help_call_ended check ((ended_at is null) = (ended_how is null))
);
create unique index help_call_open_once on help_call (centre_id, place) where ended_at is null;
create index help_call_open on help_call (asked_at) where ended_at is null;
