/** SQL on the module's own tables, by what changes together: versions, procedures, limits, marks, the revision. */
export * from './store/limits.ts'
export * from './store/marks.ts'
export * from './store/procedures.ts'
export * from './store/revision.ts'
export * from './store/versions.ts'
export * from './store/write-versions.ts'
