-- concurrently
-- What was returned, newest first: the newest dossiers of all are under way, and would be passed by one after the other.
create index concurrently if not exists dossier_returned on dossier (received_at desc, id desc) where state = 'RETURNED';
