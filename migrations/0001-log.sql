-- The one event log (docs/adr/0002-one-log-sealed-into-a-merkle-tree.md). Writers insert in their own transaction; the
-- sealer later gives committed rows their dense position, which is also their place in the Merkle tree.
create table event (
  id uuid not null,
  type text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  subject_kind text not null,
  subject_id text not null,
  -- Canonical JSON of the whole event, data included: the only thing that is hashed. The columns above repeat parts of it
  -- for indexes; the verifier compares them, which also finds a flipped byte that a generated column would not show.
  body text not null,
  -- RFC 9162 leaf hash: SHA-256(0x00 || body).
  hash bytea not null,
  position bigint,
  -- The server's clock orders rows that wait for the same batch: processes' own clocks differ by more than a row lock's
  -- hand-over. Emptied by sealing, so that a sealed row holds nothing that the body does not cover.
  waiting_since timestamptz default clock_timestamp(),
  constraint event_pkey primary key (id),
  constraint event_position_once unique (position),
  constraint event_actor_kind_known check (actor_kind in ('staff', 'public', 'system')),
  constraint event_hash_length check (octet_length(hash) = 32),
  constraint event_waits_or_is_sealed check ((position is null) = (waiting_since is not null)),
  constraint event_position_range check (position between 1 and 9007199254740991)
)
-- Sealing rewrites each row once, so a busy log is swept early.
with (autovacuum_vacuum_scale_factor = 0.02);
create index event_unsealed on event (waiting_since, id) where position is null;
create index event_of_subject on event (subject_kind, subject_id, position);

-- The tree as it stands: one row, whose lock makes one sealer at a time, in whatever process. Peaks are the roots of the
-- perfect subtrees from left to right, 32 bytes each: all that appending needs.
create table log_tree (
  single boolean not null default true,
  size bigint not null default 0,
  peaks bytea not null default '',
  constraint log_tree_pkey primary key (single),
  constraint log_tree_single check (single)
);
insert into log_tree default values;

-- The leaves as they were sealed, one row per batch, 32 bytes each: with them the verifier names the very row that was
-- changed, removed, added or moved, also when its own hash was recomputed.
create table log_leaves (
  first bigint not null,
  hashes bytea not null,
  constraint log_leaves_pkey primary key (first)
);

create table log_checkpoint (
  size bigint not null,
  root bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  constraint log_checkpoint_pkey primary key (size)
);

-- How far each named reader has come.
create table log_read (
  reader text not null,
  position bigint not null default 0,
  constraint log_read_pkey primary key (reader)
);
