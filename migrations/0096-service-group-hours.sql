-- When numbers of a group are given: weekdays (1 Monday … 7 Sunday) and sessions, within the centre's own hours and holidays;
-- and from which number on, so that groups may share a letter's board without sharing numbers.
alter table service_group
  add column weekdays smallint[] not null default '{1,2,3,4,5,6,7}'
    check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]),
  add column sessions text not null default 'ALL' check (sessions in ('ALL', 'MORNING', 'AFTERNOON')),
  add column number_from integer not null default 1 check (number_from between 1 and 9000);
-- How many numbers were given, beside the last one, which may begin anywhere.
alter table ticket_counter add column given integer not null default 0;
update ticket_counter set given = last;
