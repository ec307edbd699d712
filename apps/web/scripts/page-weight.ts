import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { squeeze } from './compress.ts'

type Chunk = { file: string; isEntry?: boolean; imports?: string[]; css?: string[]; src?: string }
type Manifest = Record<string, Chunk>

export type PageWeight = { page: string; scripts: string[]; gz: number; br: number }

/** Everything a chunk pulls in before it runs. */
const closure = (manifest: Manifest, from: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(from)) return seen
  seen.add(from)
  for (const next of manifest[from]?.imports ?? []) closure(manifest, next, seen)
  return seen
}

/** Scripts that a first visit to a page fetches, in bytes as sent: the shell's, the page's own, and what both import. */
export async function pageWeights(dist: string, pages: readonly string[]): Promise<PageWeight[]> {
  const manifest = JSON.parse(await readFile(path.join(dist, '.vite/manifest.json'), 'utf8')) as Manifest
  const shell = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
  const sizes = new Map<string, Promise<{ gz: number; br: number }>>()
  const sizeOf = (file: string) => {
    const known = sizes.get(file) ?? measure(path.join(dist, file))
    sizes.set(file, known)
    return known
  }
  return Promise.all(
    pages.map(async (page) => {
      if (!manifest[page]) throw new Error(`The build has no page ${page}`)
      const chunks = [...shell, page].reduce((seen, key) => closure(manifest, key, seen), new Set<string>())
      const scripts = [...chunks].flatMap((key) => manifest[key]?.file ?? []).filter((f) => f.endsWith('.js'))
      const all = await Promise.all(scripts.map(sizeOf))
      const sum = (kind: 'gz' | 'br') => all.reduce((total, size) => total + size[kind], 0)
      return { page, scripts, gz: sum('gz'), br: sum('br') }
    }),
  )
}

/** As the server sends it: squeezed where the build did so, else as it lies. */
const measure = async (file: string): Promise<{ gz: number; br: number }> => {
  const bytes = await readFile(file)
  const sent = async (kind: keyof typeof squeeze) =>
    readFile(`${file}.${kind}`).then(
      (squeezed) => squeezed.length,
      () => bytes.length,
    )
  return { gz: await sent('gz'), br: await sent('br') }
}
