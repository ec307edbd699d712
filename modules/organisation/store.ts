/** SQL on the module's own tables, by what changes together: its head, the tree, reference data, counters, people. */
export * from './store/counters.ts'
export * from './store/head.ts'
export * from './store/records.ts'
export * from './store/references.ts'
export * from './store/signing.ts'
export * from './store/staff.ts'
export * from './store/units.ts'
