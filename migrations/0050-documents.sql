-- Files as they arrived. The bytes are in the content-addressed store under their sha256; several rows may share them.
create table file (
  id uuid not null,
  sha256 text not null,
  size bigint not null,
  media_type text not null,
  original_name text not null,
  state text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  constraint file_pkey primary key (id),
  constraint file_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint file_size_positive check (size > 0 and size < 9007199254740992),
  constraint file_state_known check (state in ('quarantined', 'clean', 'refused'))
);
create index file_uploads on file (uploaded_by, uploaded_at);
create index file_sha256 on file (sha256);

-- Versions of the printed forms: a new circular is a new row and a new template file.
create table paper_template (
  kind text not null,
  version integer not null,
  title text not null,
  file_name text not null,
  source_sha256 text not null,
  legal_basis jsonb not null,
  effective_from date not null,
  effective_to date,
  constraint paper_template_pkey primary key (kind, version),
  constraint paper_template_one_start unique (kind, effective_from),
  constraint paper_template_period check (effective_to is null or effective_to > effective_from)
);

-- Papers handed out: the raw merge data and the hash of the bytes; `file` is set once the paper was signed or stored.
create table paper (
  id uuid not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  template_version integer not null,
  data jsonb not null,
  sha256 text not null,
  file_id uuid,
  created_by text not null,
  created_at timestamptz not null,
  constraint paper_pkey primary key (id),
  constraint paper_template_known foreign key (kind, template_version) references paper_template (kind, version),
  constraint paper_file_known foreign key (file_id) references file (id),
  constraint paper_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
create index paper_subject on paper (subject_kind, subject_id, created_at);
