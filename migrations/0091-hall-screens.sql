-- What a hall's screens need besides tickets: how the hall speaks and what it shows, who announces, and what visitors think.
create table hall_settings (
  centre_id text primary key,
  -- How numbers are said: `linh` and `nghìn` in the north, `lẻ` and `ngàn` in the south.
  region text not null default 'north' check (region in ('north', 'south')),
  volume integer not null default 80 check (volume between 0 and 100),
  -- Minutes of the day between which nothing is said aloud; calls are shown all the same.
  quiet_from integer check (quiet_from between 0 and 1439),
  quiet_to integer check (quiet_to between 0 and 1439),
  -- Blocks pulse and pages turn; off where somebody cannot bear it.
  motion boolean not null default true,
  -- When numbers are given, where that differs from the working hours of the calendar: [{"days": [1], "from": 420, "to": 690}].
  sessions jsonb,
  -- Sentences shown one after the other: [{"vi": "…", "en": "…"}].
  notices jsonb not null default '[]',
  -- Pages of the media zone: [{"title": "…", "text": "…", "picture": "data:image/…" | null}].
  slides jsonb not null default '[]',
  version integer not null default 1,
  constraint hall_settings_quiet check ((quiet_from is null) = (quiet_to is null))
);

-- One display of a hall speaks; the others are silent while its lease lasts.
create table hall_announcer (
  centre_id text primary key,
  display text not null,
  until timestamptz not null
);

-- A tablet that stands at a counter and asks whoever was served there; its address is its only right, and is made anew at will.
create table rating_tablet (
  counter_id text primary key,
  centre_id text not null,
  token text not null,
  made_by text not null,
  made_at timestamptz not null,
  constraint rating_tablet_token_once unique (token)
);

-- What a visitor thinks of one visit at a counter; bound to the visit, never to a person.
create table visit_rating (
  id uuid primary key,
  visit_id uuid not null references ticket_visit (id),
  ticket_id uuid not null,
  centre_id text not null,
  group_id uuid not null,
  counter_id text not null,
  officer_id text not null,
  procedures text[] not null default '{}',
  score integer not null check (score between 1 and 5),
  reasons text[] not null default '{}',
  comment text check (length(comment) <= 1000),
  -- Where it was given: the phone, the kiosk or the tablet at the counter.
  place text not null check (place in ('PHONE', 'KIOSK', 'TABLET')),
  rated_at timestamptz not null,
  constraint visit_rating_once unique (visit_id)
);
create index visit_rating_by_centre on visit_rating (centre_id, rated_at desc);
create index ticket_visit_by_counter on ticket_visit (counter_id, ended_at desc);
