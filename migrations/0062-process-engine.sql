-- Gateways, events, sub-processes and calls: what an instance remembers, where its tokens wait, and for what.
alter table process_instance
  -- Facts, own variables and decisions, as `Variables` of modules/workflow/rules/facts.ts; its `schema` says which shape.
  add column variables jsonb not null default '{"schema": 1, "facts": {}, "own": {}, "decisions": {}}',
  add constraint process_instance_variables check (variables ? 'schema');

alter table process_token
  -- The flow by which it waits at a join.
  add column via text,
  -- The token that stands on the sub-process or call around it.
  add column scope_id uuid references process_token (id),
  -- The version of a called process that it travels; null on the instance's own.
  add column version_id uuid references process_version (id);

alter table task
  add column version_id uuid,
  add column part text check (part in ('lead', 'participant', 'consultee')),
  add column decision text,
  -- Why work ended that nobody completed; the reason in words is in return_reason.
  add column cancel_cause text check (cancel_cause in ('ended', 'interrupted', 'terminated', 'returned')),
  -- What must be undone, told to whom the dossier was sent back.
  add column compensations jsonb,
  -- On whose behalf it was closed, when by delegation.
  add column closed_for text,
  add column closed_for_name text,
  -- The last part of its time that was told: 50, 80 or 100 per cent; and when the next one is.
  add column escalation smallint not null default 0 check (escalation in (0, 50, 80, 100)),
  add column escalate_at timestamptz;
create index task_escalating on task (escalate_at, id)
  where state in ('open', 'claimed') and escalate_at is not null and paused_at is null;

-- What a token waits for besides an officer. A row is closed once, under the lock of its instance: of a timer, a message and
-- an officer that meet, one wins.
create table process_wait (
  id uuid primary key,
  instance_id uuid not null references process_instance (id),
  token_id uuid not null references process_token (id),
  version_id uuid,
  -- The node itself, or the event on its border.
  node_id text not null,
  name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  unit_id text not null,
  kind text not null check (kind in ('timer', 'message', 'operation')),
  -- Name of the message or the operation.
  topic text,
  state text not null check (state in ('waiting', 'running', 'failed', 'done', 'cancelled')),
  -- A timer's moment, an operation's next attempt, or until when a message is expected.
  due_at timestamptz,
  -- Of a timer of working hours, while its subject's clock stands still.
  paused_at timestamptz,
  working boolean not null default false,
  attempts integer not null default 0,
  -- Until when whoever runs the operation has it; after that it is somebody else's.
  leased_until timestamptz,
  error text,
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint process_wait_topic check ((kind = 'timer') = (topic is null)),
  constraint process_wait_close check ((state in ('done', 'cancelled')) = (closed_at is not null)),
  constraint process_wait_error check (state <> 'failed' or error is not null)
);
create unique index process_wait_once on process_wait (token_id, node_id) where closed_at is null;
create index process_wait_timer on process_wait (due_at, id)
  where kind = 'timer' and state = 'waiting' and paused_at is null;
create index process_wait_operation on process_wait (due_at, id)
  where kind = 'operation' and state in ('waiting', 'running');
create index process_wait_message on process_wait (subject_id, topic) where kind = 'message' and state = 'waiting';
create index process_wait_stuck on process_wait (unit_id, opened_at, id) where state = 'failed' or kind = 'message';
create index process_wait_instance on process_wait (instance_id) where closed_at is null;

-- Messages are kept until a token asks for them: one that comes early is not lost.
create table process_message (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null,
  name text not null,
  -- The sender's own number: the same message twice is one.
  sender_key text,
  sender text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  taken_at timestamptz,
  wait_id uuid references process_wait (id),
  constraint process_message_taken check ((taken_at is null) = (wait_id is null)),
  constraint process_message_once unique (subject_id, name, sender_key)
);
create index process_message_pending on process_message (subject_id, name, received_at) where taken_at is null;
