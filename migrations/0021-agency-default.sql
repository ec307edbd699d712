-- Who resolves a procedure whose record names no agency of this province: by ministry, field and published level.
create table agency_default (
  ministry text not null,
  -- '' is the ministry's rule for every other field.
  field text not null,
  -- {"province": wording or null, "commune": wording or null}; null: not resolved through the province's one-stop.
  wordings jsonb not null check (jsonb_typeof(wordings) = 'object'),
  primary key (ministry, field)
);
