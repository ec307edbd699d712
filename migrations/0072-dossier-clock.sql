-- The clock of a dossier from its acceptance to its result or end: intervals that follow one another without a gap. The due
-- date is derived from them, from the limit and from what moved it; `dossier.due_at` keeps the answer for lists.
create table dossier_clock (
  dossier_id uuid not null references dossier (id),
  ordinal integer not null check (ordinal > 0),
  kind text not null check (kind in ('RUNNING', 'SUPPLEMENT', 'PAYMENT', 'APPLICANT_WAIT', 'FORCE_MAJEURE')),
  -- The whole limit is counted anew from the beginning of this interval (Decree 118/2025, Article 19(5)).
  from_zero boolean not null,
  from_at timestamptz not null,
  to_at timestamptz,
  reason text,
  -- The printed form that says so.
  document text,
  constraint dossier_clock_pkey primary key (dossier_id, ordinal),
  constraint dossier_clock_order check (to_at is null or to_at >= from_at),
  constraint dossier_clock_zero check (not from_zero or kind = 'RUNNING')
);
create unique index dossier_clock_open_once on dossier_clock (dossier_id) where to_at is null;

-- What moved the promised date besides pauses: an apology with a new date, once, or a change of the calendar. `interval` is the
-- interval of the clock that was open, so that the order of moves and pauses is never in doubt.
create table dossier_due_change (
  dossier_id uuid not null references dossier (id),
  ordinal integer not null check (ordinal > 0),
  interval integer not null,
  kind text not null check (kind in ('EXTENSION', 'CALENDAR', 'PROMISE_KEPT')),
  at timestamptz not null,
  due_before timestamptz not null,
  due_at timestamptz not null,
  reason text not null,
  document text,
  constraint dossier_due_change_pkey primary key (dossier_id, ordinal),
  constraint dossier_due_change_in_interval foreign key (dossier_id, interval) references dossier_clock (dossier_id, ordinal),
  -- A date printed for a citizen is never moved to an earlier one.
  constraint dossier_due_never_earlier check (due_at >= due_before)
);
-- At most one re-appointment (Decree 118/2025, Article 19(6)).
create unique index dossier_extended_once on dossier_due_change (dossier_id) where kind = 'EXTENSION';

-- Limits beside that clock: of reception to check what arrived, of the applicant to bring papers or to pay, of the agency to
-- correct a wrong result, of who is consulted.
create table dossier_deadline (
  dossier_id uuid not null references dossier (id),
  ordinal integer not null check (ordinal > 0),
  kind text not null check (kind in ('INTAKE_CHECK', 'APPLICANT', 'PAYMENT', 'CORRECTION', 'CONSULTATION')),
  from_at timestamptz not null,
  -- When somebody is told, which for the intake check is before the limit.
  alarm_at timestamptz,
  due_at timestamptz,
  to_at timestamptz,
  reason text,
  document text,
  constraint dossier_deadline_pkey primary key (dossier_id, ordinal),
  constraint dossier_deadline_order check (to_at is null or to_at >= from_at)
);
create unique index dossier_deadline_open_once on dossier_deadline (dossier_id, kind)
  where to_at is null and kind <> 'CONSULTATION';
create index dossier_deadline_alarm on dossier_deadline (kind, alarm_at, dossier_id) where to_at is null;

-- A dossier that was accepted ran until its result or its end, but for its pauses.
with edge as (
  select d.id, d.accepted_at as from_at, 'RUNNING' as kind, true as from_zero, null::text as reason
  from dossier d where d.accepted_at is not null
  union all
  select p.dossier_id, p.from_at, p.kind, false, p.reason from dossier_clock_pause p
  union all
  select p.dossier_id, p.to_at, 'RUNNING', p.kind = 'SUPPLEMENT', null
  from dossier_clock_pause p join dossier d on d.id = p.dossier_id
  where p.to_at is not null and p.to_at is distinct from d.ended_at
)
insert into dossier_clock (dossier_id, ordinal, kind, from_zero, from_at, to_at, reason)
select e.id, row_number() over w, e.kind, e.from_zero, e.from_at,
  coalesce(lead(e.from_at) over w, d.completed_at, d.ended_at), e.reason
from edge e join dossier d on d.id = e.id
window w as (partition by e.id order by e.from_at, e.kind <> 'RUNNING');

insert into dossier_due_change (dossier_id, ordinal, interval, kind, at, due_before, due_at, reason, document)
select d.id, 1, c.ordinal, 'EXTENSION', d.extended_at, least(d.original_due_at, d.due_at), d.due_at,
  coalesce(d.extension_reason, ''), 'form-04'
from dossier d
join lateral (
  select max(c.ordinal) as ordinal from dossier_clock c where c.dossier_id = d.id and c.from_at <= d.extended_at
) c on c.ordinal is not null
where d.extended_at is not null and d.due_at is not null;

insert into dossier_deadline (dossier_id, ordinal, kind, from_at, alarm_at, due_at, document)
select d.id, 1, 'APPLICANT', coalesce(d.supplement_asked_at, d.intake_supplement_asked_at, d.received_at),
  d.supplement_deadline, d.supplement_deadline, 'form-02'
from dossier d where d.state in ('SUPPLEMENT', 'INTAKE_SUPPLEMENT');
insert into dossier_deadline (dossier_id, ordinal, kind, from_at, alarm_at)
select d.id, 1, 'INTAKE_CHECK', d.received_at, d.received_at + interval '2 hours'
from dossier d where d.state = 'SUBMITTED';
insert into dossier_deadline (dossier_id, ordinal, kind, from_at, alarm_at)
select d.id, 1, 'CORRECTION', coalesce(d.returned_at, d.completed_at), coalesce(d.returned_at, d.completed_at) + interval '3 days'
from dossier d where d.state = 'RESULT_ERROR';
drop table dossier_clock_pause;

-- When anything last happened to it: what nobody touches for long must show.
alter table dossier add column moved_at timestamptz;
update dossier set moved_at = greatest(received_at, accepted_at, supplement_asked_at, extended_at, completed_at, ended_at);
alter table dossier alter column moved_at set not null;
create index dossier_running_by_move on dossier (moved_at, id) where state in ('ACCEPTED', 'PROCESSING');
create index dossier_uncollected on dossier (completed_at, id) where state = 'COMPLETED';

-- The applicant is sent for papers once; more only by the head's decision, and the dossier then counts as late.
alter table dossier add column supplement_count integer not null default 0;
update dossier set supplement_count = 1 where supplement_asked_at is not null;
alter table dossier add column supplement_beyond_rule boolean not null default false;
-- Papers that the administration lost: what, what is made again, by whom.
alter table dossier add column lost_papers jsonb;
alter table dossier add column lost_reported_at timestamptz;
alter table dossier add column lost_settled_at timestamptz;
-- Papers handed back when a dossier ended without a result.
alter table dossier add column handed_back jsonb;
