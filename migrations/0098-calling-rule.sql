-- The written rule of a hall: whose turn it is, how often and how far apart somebody is called, who may come back, and how long
-- a booked time and a call for help wait. The defaults are what held before a hall could say otherwise.
alter table hall_settings
  -- After so many calls with priority in a row comes one without.
  add column priority_in_row smallint not null default 2 check (priority_in_row between 1 and 10),
  -- So many minutes of waiting are one level more: the bound on starvation.
  add column ageing_minutes smallint not null default 20 check (ageing_minutes between 5 and 120),
  -- An appointment counts from so many minutes before its time to as many after.
  add column grace_minutes smallint not null default 15 check (grace_minutes between 0 and 60),
  add column calls_before_missing smallint not null default 3 check (calls_before_missing between 1 and 5),
  add column seconds_between_calls smallint not null default 20 check (seconds_between_calls between 5 and 120),
  -- Who missed the call comes back at most so often, within so many minutes, behind so many others.
  add column return_times smallint not null default 1 check (return_times between 0 and 3),
  add column return_minutes smallint not null default 60 check (return_minutes between 5 and 240),
  add column return_after smallint not null default 2 check (return_after between 1 and 20),
  -- A time that was chosen and not yet booked.
  add column hold_minutes smallint not null default 5 check (hold_minutes between 2 and 30),
  -- A call for help that nobody has taken by then is told to everybody again.
  add column help_minutes smallint not null default 3 check (help_minutes between 1 and 30);
