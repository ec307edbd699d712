-- Machines of a hall that act by themselves: ticket printers (through the agent beside them) and kiosks. Each has a token of its
-- own, of which only the hash is kept, and belongs to one centre.
create table hall_device (
  id uuid primary key,
  centre_id text not null,
  kind text not null check (kind in ('PRINTER', 'KIOSK')),
  name text not null check (length(name) between 2 and 80),
  -- Dots across, of a printer.
  width integer check (width in (576, 384)),
  token_hash bytea not null,
  registered_at timestamptz not null,
  registered_by text not null,
  -- From then on its token opens nothing.
  retired_at timestamptz,
  -- When it last spoke; null before it ever did.
  seen_at timestamptz,
  -- What a printer last said of itself, and since when.
  state text check (state in ('READY', 'PAPER_LOW', 'PAPER_OUT', 'COVER_OPEN', 'FAULT', 'OFFLINE', 'UNREADABLE')),
  state_since timestamptz,
  queued integer not null default 0 check (queued >= 0),
  doubtful integer not null default 0 check (doubtful >= 0),
  -- By how much a kiosk's clock is behind ours, milliseconds; measured whenever it speaks.
  clock_behind_ms bigint,
  constraint hall_device_token_once unique (token_hash),
  constraint hall_device_width check ((kind = 'PRINTER') = (width is not null)),
  constraint hall_device_state check (state is null or (kind = 'PRINTER' and state_since is not null))
);
create unique index hall_device_name_once on hall_device (centre_id, name) where retired_at is null;
create index hall_device_by_centre on hall_device (centre_id, kind);
