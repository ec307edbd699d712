-- Limits of half days and half hours exist (1.013097: 1.5 working days; 1.013587: 0.5 hours).
alter table dossier alter column duration_amount type double precision;
