-- Papers as the law has them: a decision is a new version of a template, a paper once issued keeps number, data and text of
-- its template for ever. The two tables before this held no paper yet; templates are written again at every start.
drop table paper;
drop table paper_template;

-- What a template says, under the hash of it: a paper issued years ago is set from the very same text.
create table paper_template_source (
  sha256 text not null,
  body text not null,
  -- The parts that all templates share (common.typ), as they were.
  shared text not null,
  constraint paper_template_source_pkey primary key (sha256),
  constraint paper_template_source_form check (sha256 ~ '^[0-9a-f]{64}$')
);

create table paper_template (
  kind text not null,
  version integer not null,
  -- Of the product's own templates the version they were shipped as; the province's have none.
  shipped integer,
  title text not null,
  page text not null,
  legal_basis jsonb not null,
  sha256 text not null,
  state text not null,
  effective_from date,
  effective_to date,
  decision_number text,
  author text not null,
  author_name text not null,
  created_at timestamptz not null,
  publisher text,
  publisher_name text,
  published_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text,
  withdrawn_at timestamptz,
  constraint paper_template_pkey primary key (kind, version),
  constraint paper_template_shipped_once unique (kind, shipped),
  constraint paper_template_source_known foreign key (sha256) references paper_template_source (sha256),
  constraint paper_template_state_known check (state in ('draft', 'published', 'withdrawn')),
  constraint paper_template_version_positive check (version > 0),
  constraint paper_template_period check (effective_to is null or effective_to > effective_from),
  constraint paper_template_dated check (state <> 'published' or (effective_from is not null and published_at is not null)),
  -- Four eyes: nobody publishes what they wrote. What is shipped was checked before its release.
  constraint paper_template_four_eyes check (publisher is null or shipped is not null or publisher <> author),
  constraint paper_template_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null)),
  -- One version in force for a form and a day.
  constraint paper_template_one_in_force exclude using gist (kind with =, daterange(effective_from, effective_to, '[)') with &&)
    where (state = 'published')
);

-- Numbers of papers ("Số: 05/HDHS") by series, unit and year, taken in the transaction that issues the paper: no gap, no double.
create table paper_number_counter (
  series text not null,
  unit text not null,
  year integer not null,
  last integer not null,
  constraint paper_number_counter_pkey primary key (series, unit, year)
);

-- Papers issued: what was said, by whom, when, under which number, with which text of the template.
create table paper (
  id uuid not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  -- The first, second … paper of its kind for the subject: "lần 2".
  edition integer not null,
  series text,
  unit text,
  year integer,
  number integer,
  template_version integer not null,
  template_sha256 text not null,
  data jsonb not null,
  data_sha256 text not null,
  issued_at timestamptz not null,
  issued_by text,
  issued_by_name text not null,
  -- When the original left the printer, and with whom; what is printed later is marked as a copy of it.
  printed_at timestamptz,
  printed_by text,
  -- Set once the paper is kept as a file of its own, e.g. signed.
  file_id uuid,
  constraint paper_pkey primary key (id),
  constraint paper_edition_once unique (subject_kind, subject_id, kind, edition),
  constraint paper_number_once unique (series, unit, year, number),
  constraint paper_edition_positive check (edition > 0),
  constraint paper_numbered check ((number is null) = (series is null) and (number is null) = (unit is null) and (number is null) = (year is null)),
  constraint paper_number_positive check (number is null or number > 0),
  constraint paper_template_known foreign key (kind, template_version) references paper_template (kind, version),
  constraint paper_source_known foreign key (template_sha256) references paper_template_source (sha256),
  constraint paper_file_known foreign key (file_id) references file (id),
  constraint paper_data_sha256_form check (data_sha256 ~ '^[0-9a-f]{64}$')
);
