-- Papers by which somebody acts for another (Decree 118/2025, Articles 6(2)(c) and 17): kept, so that the next dossier of the same
-- two finds them; with what they are for and their dates, so that one that ended or does not cover the matter is seen.
create table authorisation (
  id uuid primary key,
  owner_kind text not null check (owner_kind in ('person', 'organisation')),
  owner_name text not null,
  owner_number text not null check (owner_number <> ''),
  owner jsonb not null,
  representative_name text not null,
  representative_number text not null check (representative_number <> ''),
  representative jsonb not null,
  paper text not null check (paper in ('authorisation', 'introduction', 'family', 'law')),
  paper_number text not null check (paper_number <> ''),
  paper_date date,
  scope text[] not null check (cardinality(scope) > 0 and scope <@ array['submit', 'supplement', 'receive', 'pay']),
  -- Codes of procedures; empty for all.
  procedures text[] not null default '{}',
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  recorded_by_name text not null,
  -- Taken back by the owner before its time.
  ended_at timestamptz,
  ended_by text,
  ended_by_name text,
  end_reason text,
  constraint authorisation_forwards check (valid_to is null or valid_from is null or valid_to >= valid_from),
  constraint authorisation_ended check ((ended_at is null) = (end_reason is null)),
  constraint authorisation_once unique (representative_number, owner_number, paper, paper_number)
);

alter table dossier add column authorisation_id uuid;
alter table dossier add constraint dossier_authorisation_known
  foreign key (authorisation_id) references authorisation (id) not valid;
alter table dossier validate constraint dossier_authorisation_known;
