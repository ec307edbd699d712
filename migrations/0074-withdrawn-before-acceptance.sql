-- Also what was never accepted may be withdrawn; it has no process.
alter table dossier drop constraint dossier_accepted_has_process;
alter table dossier add constraint dossier_accepted_has_process check (
  state in ('SUBMITTED', 'INTAKE_SUPPLEMENT', 'NOT_ACCEPTED', 'CLOSED_NO_SUPPLEMENT', 'WITHDRAWN') or instance is not null
);
