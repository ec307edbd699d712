import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contractForBrowser, FOR_CITIZENS } from './contracts.ts'

const root = path.join(import.meta.dirname, '../../..')
const FACTS = ['id', 'method', 'path', 'access', 'idempotent', 'versioned', 'produces', 'consumes']

const modules = (await readdir(path.join(root, 'modules'), { recursive: true })).flatMap(
  (file) => /^([a-z-]+)[\\/]contract\.ts$/.exec(file)?.[1] ?? [],
)
const contracts = new Map<string, { real: Record<string, unknown>; browser: Record<string, unknown> }>()
for (const name of modules) {
  const real: Record<string, unknown> = await import(path.join(root, 'modules', name, 'contract.ts'))
  const source = contractForBrowser({ ...real })
  const browser: Record<string, unknown> = await import(
    `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
  )
  contracts.set(name, { real, browser })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const operationsOf = (exported: Record<string, unknown>): [string, Record<string, unknown>][] =>
  Object.entries(exported).filter(
    (entry): entry is [string, Record<string, unknown>] =>
      isRecord(entry[1]) && 'method' in entry[1] && 'path' in entry[1],
  )

describe.each([...contracts])('the contract of %s in the browser', (_name, { real, browser }) => {
  it('keeps of every operation all that a call needs', () => {
    const operations = operationsOf(real)
    expect(operations.length).toBeGreaterThan(0)
    for (const [name, operation] of operations)
      expect(browser[name]).toEqual(
        Object.fromEntries(
          FACTS.flatMap((fact) => (operation[fact] === undefined ? [] : [[fact, operation[fact]]])),
        ),
      )
  })
  it('keeps constants as they are', () => {
    for (const [name, value] of Object.entries(browser))
      if (!isRecord(value) || !('method' in value)) expect(value).toEqual(real[name])
  })
})

const sources = (await readdir(path.join(root, 'apps/web/src'), { recursive: true })).filter(
  (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name),
)

describe('the screens', () => {
  it('take from contracts only what the browser gets, and pages of citizens nothing from Zod but types', async () => {
    const wrong: string[] = []
    let checked = 0
    for (const file of sources) {
      const text = await readFile(path.join(root, 'apps/web/src', file), 'utf8')
      for (const [, clause = '', from = ''] of text.matchAll(
        /^import\s+(?!type\b)([^'"]*?)\s+from\s+'([^']+)'/gm,
      )) {
        const isZod = from === 'zod' || from.startsWith('zod/')
        if (isZod && FOR_CITIZENS.test(`/apps/web/src/${file}`)) wrong.push(`${file}: ${from}`)
        const contract = /^#modules\/([a-z-]+)\/contract\.ts$/.exec(from)?.[1]
        if (!contract) continue
        const values = clause
          .replace(/[{}]/g, '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type '))
          .map((name) => name.split(/\s+as\s+/)[0] ?? name)
        for (const name of values) {
          checked += 1
          const browser = contracts.get(contract)?.browser ?? {}
          if (!(name in browser)) wrong.push(`${file}: ${name} of ${contract}`)
          // Its types say more of an operation than the browser has.
          const operation = new Map(operationsOf(browser)).get(name)
          if (!operation) continue
          for (const [part, fact = ''] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g')))
            if (!FACTS.includes(fact)) wrong.push(`${file}: ${part} of ${contract}`)
        }
      }
    }
    expect(checked).toBeGreaterThan(10)
    expect(wrong).toEqual([])
  })
})
