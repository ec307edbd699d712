/**
 * Dossiers: one dossier's whole journey. Intake at the counter gives a code, a due date with its reasons, the first step of a
 * process and an event in one transaction; officers move it step by step; the result is registered and handed over; the
 * applicant follows it.
 *
 * The module is large, so four of its files are folders: `contract/` (vocabulary, shapes, operations), `rules/` (state chart,
 * guards, identity numbers), `store/` (rows by table) and `service/` (one use case per file: `prepare-intake`, `accept`,
 * `steps`, `act`, `page`, `summaries`, `tracking`, `papers`). Files of ended dossiers from a former system come in by
 * `import-history` (lines, units of today, COPY), on the command line and through `imports`.
 */
export { dossierErrors } from './errors.ts'
export { createDossierRoutes, createImportRoutes } from './routes.ts'
export type { DossierDeps } from './service/deps.ts'
export { createHistoryImport, type HistoryImport, type ImportProgress } from './service/import-history.ts'
export { createImports } from './service/imports.ts'
export { createDossierService, type DossierService } from './service.ts'
