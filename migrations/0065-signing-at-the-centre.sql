-- Who signs for whom (Decree 30/2020, Article 13), which procedures are appraised and approved at a centre, and which second
-- seals of agencies are kept there (Circular 01/2018, Article 6; Decree 118/2025, Articles 11 and 14). Records of the
-- organisation: each has dates and the decision that it rests on, and a change raises the organisation's version.
create table signing_mandate (
  id uuid primary key,
  account uuid not null references auth_user (id),
  full_name text not null check (length(full_name) between 2 and 120),
  -- The agency for which the officer signs; its sections are within it.
  unit_id text not null references unit (id),
  -- ký thay, ký thừa lệnh, ký thừa ủy quyền
  capacity text not null check (capacity in ('KT', 'TL', 'TUQ')),
  principal_title text not null check (length(principal_title) between 2 and 120),
  signer_title text not null check (length(signer_title) between 2 and 160),
  -- Only what this centre received and has approved on the spot; null for the whole agency.
  centre_id text references centre (unit_id),
  -- Codes of procedures; empty for all.
  procedures text[] not null default '{}',
  from_date date not null,
  to_date date,
  decision_no text not null check (length(decision_no) between 1 and 120),
  given_by text not null,
  given_at timestamptz not null,
  ended_on date,
  end_reason text,
  constraint signing_mandate_forwards check (to_date is null or to_date >= from_date),
  -- Nobody gives a mandate to himself.
  constraint signing_mandate_by_another check (given_by <> account::text),
  -- "giới hạn thời gian và nội dung được ủy quyền" (Article 13(4)).
  constraint signing_mandate_limited check (capacity <> 'TUQ' or (to_date is not null and cardinality(procedures) > 0)),
  constraint signing_mandate_ended check ((ended_on is null) = (end_reason is null)),
  constraint signing_mandate_once unique (account, unit_id, decision_no, from_date)
);
create index signing_mandate_unit on signing_mandate (unit_id, from_date desc, id);

create table on_site_procedure (
  id uuid primary key,
  centre_id text not null references centre (unit_id),
  procedure_code text not null check (length(procedure_code) between 3 and 40),
  appraise boolean not null,
  approve boolean not null,
  seal boolean not null,
  from_date date not null,
  to_date date,
  decision_no text not null check (length(decision_no) between 1 and 120),
  given_by text not null,
  given_at timestamptz not null,
  constraint on_site_something check (appraise or approve),
  -- A seal is set under what was signed there.
  constraint on_site_seal_after_approval check (approve or not seal),
  constraint on_site_forwards check (to_date is null or to_date >= from_date),
  constraint on_site_once exclude using gist (
    centre_id with =, procedure_code with =, daterange(from_date, coalesce(to_date, 'infinity'), '[]') with &&
  )
);

create table second_seal (
  id uuid primary key,
  unit_id text not null references unit (id),
  centre_id text not null references centre (unit_id),
  -- How the register names it, e.g. "Dấu thứ hai, số 02".
  label text not null check (length(label) between 2 and 120),
  keeper text not null check (length(keeper) between 2 and 120),
  from_date date not null,
  to_date date,
  decision_no text not null check (length(decision_no) between 1 and 120),
  given_by text not null,
  given_at timestamptz not null,
  constraint second_seal_forwards check (to_date is null or to_date >= from_date),
  constraint second_seal_once exclude using gist (
    unit_id with =, centre_id with =, daterange(from_date, coalesce(to_date, 'infinity'), '[]') with &&
  )
);
