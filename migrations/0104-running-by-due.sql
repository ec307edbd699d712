-- concurrently
-- What is late or soon will be: without it every running dossier is looked at.
create index concurrently if not exists dossier_running_by_due on dossier (due_at) where state in ('ACCEPTED', 'PROCESSING');
