-- A step whose dossier waits for the applicant is nobody's work: it keeps its place and leaves the lists until the clock
-- runs again.
alter table task add column paused_at timestamptz;
