/** The import rules of the house (ARCHITECTURE.md): a module may import those above it, and only through their doors. */
const order = [
  'identity',
  'organisation',
  'calendar',
  'catalogue',
  'documents',
  'workflow',
  'dossiers',
  'payments',
  'queue',
  'notifications',
  'feedback',
  'insight',
  'integration',
]
const modulesBelow = order.slice(0, -1).map((name, i) => ({
  name: `${name}-imports-only-above`,
  comment: `Reactions across modules go through the log; ${name} must not import a module below it.`,
  severity: 'error',
  from: { path: `^modules/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^modules/(${order.slice(i + 1).join('|')})/` },
}))
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^platform/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(modules|apps|sim)/' },
    },
    {
      name: 'modules-by-their-doors',
      severity: 'error',
      comment: 'Across modules only index, contract, errors and rules are public.',
      from: { path: '^modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^modules/([^/]+)/',
        pathNot: ['^modules/$1/', '^modules/[^/]+/(index|contract|errors|rules)\\.ts$'],
      },
    },
    {
      name: 'contracts-stay-portable',
      severity: 'error',
      comment: 'The browser imports contracts, errors and rules.',
      from: { path: '^modules/[^/]+/(contract|errors|rules)\\.ts$' },
      to: {
        path: '^(modules/[^/]+/(store|service|views|routes|index)\\.ts|platform/(db|http|log|files|papers|jobs)/)',
      },
    },
    {
      name: 'web-sees-contracts-only',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '(\\.test\\.tsx?|vite\\.config\\.ts)$' },
      to: {
        path: '^(modules|platform|apps/server)/',
        pathNot: [
          '^modules/[^/]+/(contract|errors|rules)\\.ts$',
          '^platform/(operation|errors|i18n/|text/|time/|money/)',
        ],
      },
    },
    {
      name: 'print-agent-stands-alone',
      severity: 'error',
      comment: 'It runs on machines of its own, where nothing of the house is.',
      from: { path: '^apps/print-agent/' },
      to: { path: '^(modules|platform|sim|apps/(server|web))/' },
    },
    ...modulesBelow,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.build|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
