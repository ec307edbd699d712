-- Blocks of numbers in the hands of a kiosk, from the very counter that the server counts with, so that no number is ever given
-- twice whoever is cut off. What becomes of each is known: a ticket that names its lease, or `unused` of the closed lease.
create table number_lease (
  -- Made by the kiosk, so that an answer that was lost is asked for again and not a second block.
  id uuid primary key,
  device_id uuid not null references hall_device (id),
  centre_id text not null,
  group_id uuid not null references service_group (id),
  day date not null,
  first integer not null check (first > 0),
  last integer not null,
  given_at timestamptz not null,
  -- Nothing is given from it any more; a number printed before and told late is still taken in.
  closed_at timestamptz,
  closed_because text check (closed_because in ('DAY_OVER', 'LOST', 'RETIRED')),
  unused integer[] not null default '{}',
  constraint number_lease_range check (last >= first),
  constraint number_lease_once unique (group_id, day, first),
  constraint number_lease_closed check ((closed_at is null) = (closed_because is null))
);
create index number_lease_open on number_lease (device_id, day) where closed_at is null;
create index number_lease_by_day on number_lease (day) where closed_at is null;

alter table ticket add column lease_id uuid references number_lease (id);
create index ticket_by_lease on ticket (lease_id) where lease_id is not null;
