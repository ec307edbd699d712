import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { localDateOf } from '#platform/time/vietnam.ts'
import { PaperKind } from './contract.ts'

const Template = z.object({
  kind: PaperKind,
  version: z.number().int().positive(),
  file: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  page: z.string(),
  legalBasis: z.object({ document: z.string(), wordingFrom: z.string() }),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable(),
})
export type PaperTemplate = z.output<typeof Template> & { sourceSha256: string }

/** `templates.json` of the folder: which file is which form, on what legal basis, from when to when. */
export const readTemplates = (folder: string): PaperTemplate[] => {
  const text = readFileSync(path.join(folder, 'templates.json'), 'utf8')
  const { templates } = z.object({ templates: z.array(Template) }).parse(JSON.parse(text))
  return templates.map((template) => ({
    ...template,
    sourceSha256: createHash('sha256')
      .update(readFileSync(path.join(folder, template.file)))
      .digest('hex'),
  }))
}

/** The version in force on the day of issue; a paper issued earlier keeps its own. */
export const templateInForce = (
  templates: readonly PaperTemplate[],
  kind: PaperKind,
  issuedAt: string,
): PaperTemplate => {
  const day = localDateOf(new Date(issuedAt))
  const found = templates
    .filter(
      (one) => one.kind === kind && one.effectiveFrom <= day && (!one.effectiveTo || day < one.effectiveTo),
    )
    .sort((a, b) => b.version - a.version)[0]
  if (!found) throw new Error(`no template of ${kind} in force on ${day}`)
  return found
}
