-- Groups of procedures that belong together (nhóm thủ tục hành chính liên thông): what is received once is a dossier with a code,
-- a slip and a result of its own; each procedure of the group is a dossier beneath it, with its own code, clock, process and
-- result (Decree 118/2025, Articles 19(4), 28).
alter table dossier
  add column is_group boolean not null default false,
  add column parent_id uuid,
  -- Which procedure of the group it is.
  add column member_key text,
  -- Its result is handed over with the group's, once.
  add column result_with_parent boolean not null default false;
alter table dossier
  add constraint dossier_parent foreign key (parent_id) references dossier (id) not valid,
  add constraint dossier_member check (
    (parent_id is null) = (member_key is null) and (parent_id is null or not is_group)
    and (parent_id is not null or not result_with_parent)
  ) not valid;
alter table dossier validate constraint dossier_parent;
alter table dossier validate constraint dossier_member;
create index dossier_of_group on dossier (parent_id, received_at, id) where parent_id is not null;
create index dossier_group_running on dossier (id) where is_group and state in ('ACCEPTED', 'PROCESSING');

create table dossier_group_member (
  parent_id uuid not null references dossier (id),
  key text not null,
  ordinal integer not null,
  procedure_code text not null,
  name text not null,
  -- Members whose results it needs before it can begin; of the others none waits for another.
  after text[] not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'dropped')),
  -- The dossier that counts: after a failure the one that was begun instead.
  dossier_id uuid references dossier (id),
  attempts integer not null default 0,
  changed_at timestamptz not null,
  reason text,
  constraint dossier_group_member_pkey primary key (parent_id, key),
  constraint dossier_group_member_dossier unique (dossier_id),
  constraint dossier_group_member_begun check (state in ('waiting', 'dropped') or dossier_id is not null),
  constraint dossier_group_member_dropped check (state <> 'dropped' or reason is not null)
);
-- What did not succeed and waits for somebody's decision.
create index dossier_group_member_failed on dossier_group_member (changed_at, parent_id) where state = 'failed';

-- A promised date may follow that of a procedure of the group.
alter table dossier_due_change drop constraint dossier_due_change_kind_check;
alter table dossier_due_change add constraint dossier_due_change_kind_check
  check (kind in ('EXTENSION', 'CALENDAR', 'PROMISE_KEPT', 'MEMBER'));
