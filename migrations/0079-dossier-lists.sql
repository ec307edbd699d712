-- concurrently
-- Lists that cost the same whatever the history behind them. States other than RETURNED are a twentieth of the rows and
-- change most: they have indexes of their own, and RETURNED is found by the others.
create index concurrently if not exists dossier_at_centre on dossier (receiving_centre, received_at desc, id desc) include (state);
create index concurrently if not exists dossier_at_agency on dossier (resolving_unit, received_at desc, id desc) include (state);
-- Nearly every result goes back where the dossier was received: only the others are worth a place of their own.
create index concurrently if not exists dossier_returned_elsewhere on dossier (returning_centre, received_at desc, id desc)
  include (state) where returning_centre <> receiving_centre;
create index concurrently if not exists dossier_received_by on dossier (intake_by, received_at desc, id desc) where import_id is null;
create index concurrently if not exists dossier_unreturned on dossier (state, received_at desc, id desc) where state <> 'RETURNED';
create index concurrently if not exists dossier_unreturned_at_centre on dossier (receiving_centre, state, received_at desc, id desc)
  where state <> 'RETURNED';
create index concurrently if not exists dossier_unreturned_at_agency on dossier (resolving_unit, state, received_at desc, id desc)
  where state <> 'RETURNED';
create index concurrently if not exists dossier_of_procedure on dossier (procedure_code, received_at desc, id desc);
create index concurrently if not exists dossier_by_due on dossier (due_at);
-- Lateness that may have to be explained; what was late in a former system is nobody's here.
create index concurrently if not exists dossier_late on dossier (received_at desc, id desc)
  where completed_at > due_at and import_id is null;
-- What people read out from the slip: the day and the number after the agency's identifier.
create index concurrently if not exists dossier_by_code_end on dossier (substr(code, strpos(code, '-') + 1) text_pattern_ops);
drop index concurrently if exists dossier_by_receiving;
drop index concurrently if exists dossier_by_resolving;
drop index concurrently if exists dossier_by_returning;
