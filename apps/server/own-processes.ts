import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ownKey } from '#modules/workflow/rules.ts'
import { atRoot } from '#platform/root.ts'
import type { Services } from './services.ts'

const folder = atRoot('data/processes')
const BEFORE_ALL_DOSSIERS = '2014-01-01'

/**
 * Processes of single procedures for the demo province, drawn in data/processes as `CODE-name.bpmn`. They are invented:
 * an installation in service has those of its chairman.
 */
export const seedOwnProcesses = async ({ workflow }: Pick<Services, 'workflow'>): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bpmn'))
  const drawings = await Promise.all(
    names.map(async (name) => ({
      key: ownKey(name.split('-')[0] ?? name),
      xml: await readFile(path.join(folder, name), 'utf8'),
    })),
  )
  return await workflow.ensureProcesses(drawings, {
    effectiveFrom: BEFORE_ALL_DOSSIERS,
    decision: 'Quy trình minh họa',
  })
}
