-- What this database was filled with, so that later starts need one look.
create table installation (
  profile text primary key,
  seeded_at timestamptz not null,
  demo_at timestamptz
);
