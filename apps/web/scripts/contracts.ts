import path from 'node:path'
import { type Plugin, runnerImport } from 'vite'

const CONTRACT = /\/modules\/[a-z-]+\/contract\.ts$/
/** What the browser needs of an operation to call it; types come from the source and cost nothing. */
const FACTS = ['id', 'method', 'path', 'access', 'idempotent', 'versioned', 'produces', 'consumes'] as const

/** What every page of the portal loads: the kit, the client and the portal's own features. */
export const FOR_CITIZENS =
  /\/apps\/web\/src\/(?:ui|api|surfaces\/(?:portal|kiosk|display)|features\/(?:catalogue|tracking|centres|hall|tickets|appointments|waiting|rating|kiosk|display))\//

type Facts = Partial<Record<(typeof FACTS)[number], string | boolean>>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isSchema = (value: unknown): boolean => isRecord(value) && '_zod' in value
const isOperation = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && typeof value.id === 'string' && isSchema(value.input) && isSchema(value.output)

/** Words, numbers and lists of them; whatever holds a schema or a function is the server's. */
const isPlain = (value: unknown): boolean =>
  isRecord(value)
    ? !isSchema(value) && Object.values(value).every(isPlain)
    : value !== undefined && typeof value !== 'function'

const factsOf = (operation: Record<string, unknown>): Facts =>
  Object.fromEntries(FACTS.filter((key) => operation[key] !== undefined).map((key) => [key, operation[key]]))

/**
 * A contract as the browser gets it: each operation as a bare literal, so that a page carries only the few it calls; constants
 * as they are. Schemas and functions have no place there: importing one from a screen fails the build by its name.
 */
export function contractForBrowser(exported: Readonly<Record<string, unknown>>): string {
  return Object.entries(exported)
    .filter(([, value]) => isOperation(value) || isPlain(value))
    .map(
      ([name, value]) =>
        `export const ${name} = ${JSON.stringify(isOperation(value) ? factsOf(value) : value)}`,
    )
    .join('\n')
}

/** The server alone validates; 24 KiB of Zod and all schemas stay out of citizens' phones. */
export const contractsForBrowser = (root: string): Plugin => ({
  name: 'mot-cua:contracts',
  enforce: 'pre',
  resolveId(source, importer) {
    // Not in dev, whose scan for libraries reads contracts as they are. Desks may check what they kept in the browser.
    const isZod = source === 'zod' || source.startsWith('zod/')
    if (this.environment.mode === 'build' && isZod && importer && FOR_CITIZENS.test(importer))
      throw new Error(`${importer} brings Zod to citizens' phones; screens import operations and types only`)
    return null
  },
  load: {
    filter: { id: CONTRACT },
    async handler(id) {
      const contract = await runnerImport<Record<string, unknown>>(id, { configFile: false, root })
      for (const file of contract.dependencies) this.addWatchFile(path.resolve(root, file))
      this.addWatchFile(id)
      return { code: contractForBrowser(contract.module), moduleType: 'js', map: null }
    },
  },
})
