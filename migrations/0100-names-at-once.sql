-- New names go into the index itself, not first onto its list of what is still to be sorted in: every search reads that list from
-- end to end, and a search for near spellings, which asks for hundreds of words, reads it hundreds of times.
alter index dossier_tokens set (fastupdate = off);
select gin_clean_pending_list('dossier_tokens');
