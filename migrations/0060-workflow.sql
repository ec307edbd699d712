-- Processes: what the chairman decided (versions of BPMN), where each dossier stands in one (instance, tokens), and what that
-- asks of whom until when (tasks). A version that was published is never changed: running instances stay on it.
create table process (
  key text primary key,
  title text not null,
  -- Key and title, folded (no accents, lower case), for look-up.
  folded text not null,
  created_at timestamptz not null
);

create table process_version (
  id uuid primary key,
  process_key text not null references process (key),
  version integer not null check (version > 0),
  title text not null,
  xml text not null,
  -- SHA-256 of the XML: an import of the same file again answers with the version that is already there.
  content_hash bytea not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  step_count integer not null,
  total_hours double precision not null,
  limit_hours double precision,
  decision_number text,
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  approved_by text,
  approved_by_name text,
  published_at timestamptz,
  effective_from date,
  effective_to date,
  withdrawn_at timestamptz,
  constraint process_version_number unique (process_key, version),
  constraint process_version_content unique (process_key, content_hash),
  constraint process_version_decided check (
    state = 'draft' or (decision_number is not null and approved_by is not null and published_at is not null
      and effective_from is not null)
  ),
  constraint process_version_dates check (effective_to is null or effective_to >= effective_from)
);
-- On each day at most one version starts to be in force; the one that started last is.
create unique index process_version_in_force on process_version (process_key, effective_from) where state = 'published';

create table process_instance (
  id uuid primary key,
  version_id uuid not null references process_version (id),
  subject_kind text not null,
  subject_id uuid not null,
  -- Whose unit holds a step, by the step's place.
  receiving_centre text not null,
  resolving_agency text not null,
  returning_place text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('completed', 'cancelled')),
  constraint process_instance_end check ((ended_at is null) = (ended_as is null))
);
-- A subject travels one process at a time.
create unique index process_instance_running on process_instance (subject_kind, subject_id) where ended_at is null;

create table process_token (
  id uuid primary key,
  instance_id uuid not null references process_instance (id),
  -- The token that split into this one; null for the first.
  parent_id uuid references process_token (id),
  node_id text not null,
  state text not null check (state in ('active', 'ended')),
  created_at timestamptz not null,
  moved_at timestamptz not null
) with (fillfactor = 80); -- room for a move on the same page, so that no index is touched
create index process_token_instance on process_token (instance_id);

create table task (
  id uuid primary key,
  -- No key to the instance: the token has it, and each key is one more check in every move.
  instance_id uuid not null,
  token_id uuid not null references process_token (id),
  -- The instance's, repeated so that lists and dossier pages read one table.
  subject_kind text not null,
  subject_id uuid not null,
  step_id text not null,
  name text not null,
  action text not null,
  role text not null,
  unit_id text not null,
  state text not null check (state in ('open', 'claimed', 'done', 'cancelled')),
  hours double precision,
  due_at timestamptz,
  -- From here to closed_at is the step's interval, which the clocks of step and agency are made of.
  opened_at timestamptz not null,
  -- Whom it is given to: proposed by a leader while open, in hand once claimed.
  assignee_id text,
  assignee_name text,
  claimed_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  closed_by_name text,
  outcome text check (outcome in ('completed', 'returned', 'cancelled')),
  opinion text,
  return_reason text,
  -- The step that sent the dossier back to this one.
  returned_from text,
  attributes jsonb not null,
  constraint task_claim check (state <> 'claimed' or (assignee_id is not null and claimed_at is not null)),
  constraint task_close check (
    (state in ('done', 'cancelled')) = (closed_at is not null)
    and (closed_at is null) = (outcome is null)
    and (state = 'cancelled') = (coalesce(outcome, '') = 'cancelled')
  ),
  constraint task_done_by check (state <> 'done' or closed_by is not null),
  constraint task_reason check (outcome <> 'returned' or return_reason is not null),
  constraint task_interval check (closed_at is null or closed_at >= opened_at)
);
-- One step is open once per token: of two officers (or two processes) only one can move a dossier on.
create unique index task_open_step on task (token_id, step_id) where state in ('open', 'claimed');
-- What waits, soonest due first; tasks without a due date come last.
create index task_waiting_unit on task (unit_id, role, (coalesce(due_at, 'infinity'::timestamptz)), id)
  where state in ('open', 'claimed');
create index task_waiting_assignee on task (assignee_id, (coalesce(due_at, 'infinity'::timestamptz)), id)
  where state in ('open', 'claimed') and assignee_id is not null;
create index task_waiting on task ((coalesce(due_at, 'infinity'::timestamptz)), id)
  where state in ('open', 'claimed');
create index task_subject on task (subject_id, opened_at);
