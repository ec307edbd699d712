/** Operations and public shapes of the dossiers module: intake, the work of the agencies, actions, papers, tracking. */
export * from './contract/alarms.ts'
export * from './contract/dossier.ts'
export * from './contract/intake.ts'
export * from './contract/lateness.ts'
export * from './contract/papers.ts'
export * from './contract/tracking.ts'
export * from './contract/vocabulary.ts'
export * from './contract/work.ts'
