-- Paper changes hands between a centre and an agency on a sheet (phiếu bàn giao): made at one side, received at the other,
-- where what is missing or too many is recorded and settled (Decree 118/2025, Articles 18(2), 20(1), 22).
alter table dossier
  add column paper_sent_at timestamptz,
  add column paper_received_at timestamptz,
  add column result_sent_at timestamptz,
  add column result_received_at timestamptz,
  -- A result that nobody fetched went back to the agency.
  add column result_back_at timestamptz;

-- What still has to leave, oldest first: only rows that wait are in these indexes.
create index dossier_paper_waiting on dossier (receiving_centre, accepted_at, id)
  where state in ('ACCEPTED', 'PROCESSING') and channel <> 'online' and paper_sent_at is null;
create index dossier_result_waiting on dossier (resolving_unit, completed_at, id)
  where state = 'COMPLETED' and return_way <> 'electronic' and result_sent_at is null;
create index dossier_uncollected_by_centre on dossier (returning_centre, completed_at, id) where state = 'COMPLETED';

create table handover_sheet_counter (
  year integer primary key,
  last integer not null
);

create table handover_sheet (
  id uuid primary key,
  -- In its bar code: digits after a prefix without vowels, so that no Vietnamese keyboard bends what a scanner types.
  code text not null,
  year integer not null,
  number integer not null,
  kind text not null check (kind in ('dossiers', 'results', 'uncollected')),
  from_unit text not null,
  to_unit text not null check (to_unit <> from_unit),
  state text not null check (state in ('open', 'received', 'cancelled')),
  note text,
  handed_at timestamptz not null,
  handed_by text not null,
  handed_by_name text not null,
  closed_at timestamptz,
  closed_by text,
  closed_by_name text,
  cancel_reason text,
  constraint handover_sheet_code unique (code),
  constraint handover_sheet_number unique (year, number),
  constraint handover_sheet_closed check (
    (state = 'open') = (closed_at is null) and (closed_at is null) = (closed_by is null)
    and (state = 'cancelled') = (cancel_reason is not null) and (closed_at is null or closed_at >= handed_at)
  )
);
create index handover_sheet_from on handover_sheet (from_unit, handed_at desc, id desc);
create index handover_sheet_to on handover_sheet (to_unit, handed_at desc, id desc);
create index handover_sheet_all on handover_sheet (handed_at desc, id desc);

create table handover_sheet_row (
  sheet_id uuid not null references handover_sheet (id),
  dossier_id uuid not null references dossier (id),
  ordinal integer not null,
  state text not null check (state in ('listed', 'received', 'missing', 'extra', 'cancelled')),
  -- How a difference was settled: found later, kept by the giver, lost; an extra one taken over or given back.
  resolution text,
  resolution_note text,
  resolved_at timestamptz,
  resolved_by text,
  resolved_by_name text,
  constraint handover_sheet_row_pkey primary key (sheet_id, dossier_id),
  constraint handover_sheet_row_resolution check (
    resolution is null or (state = 'missing' and resolution in ('found', 'kept', 'lost'))
    or (state = 'extra' and resolution in ('accepted', 'returned'))
  ),
  constraint handover_sheet_row_resolved check ((resolution is null) = (resolved_at is null))
);
-- A dossier is on one sheet under way at most: listed and not yet received, or missing and not yet settled.
create unique index handover_sheet_row_open on handover_sheet_row (dossier_id)
  where state = 'listed' or (state = 'missing' and resolution is null);
create index handover_sheet_row_dossier on handover_sheet_row (dossier_id);
-- Differences that wait for somebody.
create index handover_sheet_row_unsettled on handover_sheet_row (sheet_id)
  where state in ('missing', 'extra') and resolution is null;
