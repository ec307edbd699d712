-- Opinions that the agency in charge asks of others while it works on a dossier: a question, until when, and what silence means.
-- Their clock is their own; the dossier's runs on (Decree 118/2025, Articles 19(4), 20(2)).
create table consultation (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  -- The first, second … time that opinions are asked on this dossier.
  number integer not null check (number > 0),
  from_unit text not null,
  step text not null,
  question text not null check (question <> ''),
  files uuid[] not null,
  due_at timestamptz not null,
  -- What no answer in time means: agreement, where a law says so, else somebody above is told.
  silence text not null check (silence in ('AGREEMENT', 'ESCALATION')),
  silence_basis text,
  -- The limit beside the dossier's clock that it opened.
  deadline_ordinal integer not null,
  asked_at timestamptz not null,
  asked_by text not null,
  asked_by_name text not null,
  constraint consultation_number unique (dossier_id, number),
  constraint consultation_agreement_by_law check (silence <> 'AGREEMENT' or silence_basis is not null),
  constraint consultation_time check (due_at > asked_at),
  foreign key (dossier_id, deadline_ordinal) references dossier_deadline (dossier_id, ordinal)
);

create table consultation_agency (
  consultation_id uuid not null references consultation (id),
  unit text not null,
  -- The consultation's, repeated so that lists and the watch read one table.
  dossier_id uuid not null,
  due_at timestamptz not null,
  silence text not null,
  state text not null check (state in ('asked', 'answered', 'silent', 'withdrawn')),
  -- When there is something to do by itself: the reminder, then the end of the time. Null when nothing is.
  watch_at timestamptz,
  reminders integer not null default 0,
  reminded_at timestamptz,
  opinion text check (opinion in ('AGREES', 'CONDITIONS', 'DISAGREES')),
  answer text,
  file uuid,
  answered_at timestamptz,
  answered_by text,
  answered_by_name text,
  -- Recorded when the time was over without an answer; stays when an answer came after it.
  silent_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint consultation_agency_pkey primary key (consultation_id, unit),
  constraint consultation_agency_answer check (
    (state = 'answered') = (answered_at is not null) and (answered_at is null) = (answer is null)
    and (answered_at is null) = (opinion is null) and (answered_at is null) = (answered_by is null)
  ),
  constraint consultation_agency_silence check (
    (state <> 'silent' or silent_at is not null) and (silent_at is null or silent_at >= due_at)
  ),
  constraint consultation_agency_withdrawal check (
    (state = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_reason is null)
  ),
  constraint consultation_agency_watched check (watch_at is null or state = 'asked')
);
-- An agency is asked one thing about a dossier at a time.
create unique index consultation_agency_open on consultation_agency (dossier_id, unit) where state = 'asked';
create index consultation_agency_waiting on consultation_agency (unit, due_at, consultation_id)
  where state = 'asked' or (state = 'silent' and silence = 'ESCALATION');
create index consultation_agency_watch on consultation_agency (watch_at, consultation_id) where watch_at is not null;
create index consultation_agency_dossier on consultation_agency (dossier_id)
  where state = 'asked' or (state = 'silent' and silence = 'ESCALATION');
create index consultation_from on consultation (from_unit, asked_at desc, id desc);

-- How many opinions are waited for: read with the row that every step locks anyway.
alter table dossier add column opinions_awaited integer not null default 0 check (opinions_awaited >= 0);
