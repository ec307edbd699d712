/**
 * Organisation: the tree of agencies over time, centres with their rooms, counters, staff, secondments and successors.
 *
 * The tree is small and read by every request, so each process holds one immutable snapshot (`tree-cache.ts`) and looks
 * at a version number once a second. Beside the usual files: `document.ts` (formats of `data/organisation`), `import.ts`
 * (checks and writes such a document, all or nothing), `seed.ts` (the profiles and the demo staff),
 * and `rights.ts` (who administers which unit). `service/` holds the use cases by what they change, `store/` the SQL by table.
 */

export { organisationErrors } from './errors.ts'
export { PROFILES, type Profile } from './profiles.ts'
export { type DemoOfficer, demoStaff, seedDemoStaff, seedOrganisation } from './seed.ts'
export { createOrganisationService, type OrganisationDeps, type OrganisationService } from './service.ts'
