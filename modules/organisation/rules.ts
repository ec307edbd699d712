/** Pure decisions over a loaded tree; the browser may use them. */
export * from './rules/resolution.ts'
export * from './rules/secondment.ts'
export * from './rules/signing.ts'
export * from './rules/tree.ts'
