import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Db } from '#platform/db/connect.ts'
import { type LocalDate, localDateOf } from '#platform/time/vietnam.ts'
import { LegalBasis, PaperKind } from './contract.ts'
import * as store from './template-store.ts'

const Shipped = z.object({
  kind: PaperKind,
  version: z.number().int().positive(),
  file: z.string(),
  title: z.string(),
  page: z.string(),
  legalBasis: LegalBasis,
  effectiveFrom: z.iso.date(),
})

/** The text of a template with the parts that all share, known by the hash of both. */
export type TemplateSource = { sha256: string; body: string; shared: string }
export type ShippedTemplate = Omit<z.output<typeof Shipped>, 'file'> & TemplateSource
/** A version of a form with its text: what a paper is set with. */
export type Template = TemplateSource & { kind: PaperKind; version: number }

export const sourceOf = (body: string, shared: string): TemplateSource => ({
  sha256: createHash('sha256').update(body).update(shared).digest('hex'),
  body,
  shared,
})

/** `templates.json` of the folder: which file is which form, on what legal basis, since when. */
export const readShippedTemplates = (folder: string): ShippedTemplate[] => {
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')
  const { templates } = z.object({ templates: z.array(Shipped) }).parse(JSON.parse(read('templates.json')))
  const shared = read('common.typ')
  return templates.map(({ file, ...template }) => ({ ...template, ...sourceOf(read(file), shared) }))
}

/** Which text a paper is set with. A transaction that issues passes itself, so that it waits for no other connection. */
export type TemplateLibrary = {
  /** The version in force on the day of issue. */
  inForce: (kind: PaperKind, issuedAt: string, db?: Db) => Promise<Template>
  /** The text that a paper was issued with. */
  source: (sha256: string, db?: Db) => Promise<TemplateSource>
}

const none = (kind: PaperKind, day: LocalDate): Error =>
  new Error(`no template of ${kind} in force on ${day}`)

/** The shipped templates alone, without a database: for the benchmark and for tests of the templates themselves. */
export const shippedLibrary = (shipped: readonly ShippedTemplate[]): TemplateLibrary => ({
  inForce: async (kind, issuedAt) => {
    const day = localDateOf(new Date(issuedAt))
    const found = shipped
      .filter((one) => one.kind === kind && one.effectiveFrom <= day)
      .sort((a, b) => b.version - a.version)[0]
    if (!found) throw none(kind, day)
    return found
  },
  source: async (sha256) => {
    const found = shipped.find((one) => one.sha256 === sha256)
    if (!found) throw new Error(`no shipped template ${sha256}`)
    return found
  },
})

/** The templates of the province. Texts never change under their hash, so each is read once. */
export const storedLibrary = (pool: Db): TemplateLibrary => {
  const known = new Map<string, TemplateSource>()
  const source = async (sha256: string, db: Db = pool): Promise<TemplateSource> => {
    const found = known.get(sha256) ?? (await store.getSource(db, sha256))
    known.set(sha256, found)
    return found
  }
  return {
    source,
    inForce: async (kind, issuedAt, db = pool) => {
      const day = localDateOf(new Date(issuedAt))
      const version = await store.findInForce(db, kind, day)
      if (!version) throw none(kind, day)
      return { kind, version: version.version, ...(await source(version.sha256, db)) }
    },
  }
}
