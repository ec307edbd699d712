/**
 * The catalogue: procedures, their dated versions, cases, papers, time limits, fees, plain names and life situations.
 *
 * Besides the usual files, `memory.ts` keeps the catalogue of one process (search index and parsed versions), because every
 * look-up and every intake reads it; the service is in two parts, `reading.ts` for everybody and `administration.ts`
 * (`administration/`: overview, edits, drafts, publication); `store/` holds the SQL by table; `seed.ts` fills an empty catalogue
 * from `data/catalogue`.
 */

export { seedCatalogue } from './seed.ts'
export { type CatalogueDeps, type CatalogueService, createCatalogueService } from './service.ts'
export type { ProcedureVersion } from './views.ts'
