-- Dossiers that ended in a former system and were taken over from a file. They carry no process instance: what happened to
-- them happened elsewhere.
create table dossier_import (
  -- Made of the file's SHA-256, so that the same file is the same import however often it is sent.
  id uuid primary key,
  file_name text not null,
  file_hash bytea not null,
  file_size bigint not null,
  format text not null check (format in ('csv', 'jsonl')),
  -- Checks everything and writes no dossier.
  dry_run boolean not null,
  state text not null check (state in ('running', 'done', 'failed')),
  -- Bytes and lines of the file whose rows are committed; a broken import goes on from here.
  done_bytes bigint not null default 0,
  done_lines bigint not null default 0,
  accepted bigint not null default 0,
  rejected bigint not null default 0,
  failure text,
  started_by text,
  started_by_name text not null,
  started_at timestamptz not null,
  -- Moves with every batch: an import that stands still for a minute has lost its process.
  touched_at timestamptz not null,
  finished_at timestamptz,
  constraint dossier_import_finished check ((state = 'done') = (finished_at is not null)),
  constraint dossier_import_within_file check (done_bytes between 0 and file_size)
);

create table dossier_import_rejection (
  import_id uuid not null references dossier_import (id),
  line bigint not null,
  -- The code in the file, as far as there is one.
  code text not null,
  reason text not null,
  constraint dossier_import_rejection_pkey primary key (import_id, line)
);

-- Whence an imported dossier came; null for those received here.
alter table dossier add column import_id uuid, add column import_line bigint;
alter table dossier add constraint dossier_import_whole check ((import_id is null) = (import_line is null)) not valid;
alter table dossier validate constraint dossier_import_whole;
alter table dossier drop constraint dossier_accepted_has_process;
alter table dossier add constraint dossier_accepted_has_process check (
  state in ('SUBMITTED', 'INTAKE_SUPPLEMENT', 'NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT', 'WITHDRAWN') or instance is not null or import_id is not null
) not valid;
alter table dossier validate constraint dossier_accepted_has_process;
