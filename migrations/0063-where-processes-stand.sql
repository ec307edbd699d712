-- Where running dossiers stand in a version, for its drawing.
create index process_instance_of_version on process_instance (version_id) where ended_at is null;
create index process_token_called on process_token (version_id) where version_id is not null and state = 'active';
