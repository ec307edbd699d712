-- What of a dossier is done at the centre, as the decisions of its day of acceptance say; who signed its result in whose name, and
-- with which seal. The register of a second seal is the results that carry it.
alter table dossier
  add column on_site text[] not null default '{}',
  add column approved_as jsonb;
alter table dossier add constraint dossier_on_site_known
  check (on_site <@ array['appraise', 'approve', 'seal']) not valid;
alter table dossier validate constraint dossier_on_site_known;

alter table dossier_result
  add column signed_as jsonb,
  add column seal uuid;
alter table dossier_result add constraint dossier_result_seal_known
  foreign key (seal) references second_seal (id) not valid;
alter table dossier_result validate constraint dossier_result_seal_known;
create index dossier_result_by_seal on dossier_result (seal, issued_at desc, id) where seal is not null;
