import { CALENDAR } from './policy/calendar.ts'
import { CATALOGUE } from './policy/catalogue.ts'
import { DESK } from './policy/desk.ts'
import { DOCUMENTS } from './policy/documents.ts'
import { DOSSIERS } from './policy/dossiers.ts'
import { IDENTITY } from './policy/identity.ts'
import { ORGANISATION } from './policy/organisation.ts'
import { SEES } from './policy/readers.ts'
import { ADMINISTRATORS, includes } from './policy/shared.ts'
import { WORKFLOW } from './policy/workflow.ts'
import { QUEUE_POLICY } from './policy-queue.ts'
import type { Row } from './row.ts'
import type { Asker } from './world.ts'

export { SEES } from './policy/readers.ts'

/** The rights of the whole API, a file a module. An operation without a row fails the test. */
export const POLICY: Readonly<Record<string, Row>> = {
  ...QUEUE_POLICY,
  ...DOSSIERS,
  ...DESK,
  ...DOCUMENTS,
  ...WORKFLOW,
  ...CATALOGUE,
  ...CALENDAR,
  ...ORGANISATION,
  ...IDENTITY,
}

/** What the policy says to this officer: `ok` stands for the operation's answer. */
export const expectedOf = (row: Row, { role, reach }: Pick<Asker, 'role' | 'reach'>): readonly string[] => {
  const { may } = row
  const allowed =
    may === 'anyone' ||
    ('only' in may
      ? may.only.includes(`${role} ${reach}`)
      : may.roles.includes(role) && (may.any === true || reach !== 'elsewhere'))
  if (allowed) return ['ok', ...(row.past ?? [])]
  const reads = SEES[reach](role).includes('A')
  if (reads && row.readersDenied) return [row.readersDenied]
  const administers = includes(ADMINISTRATORS, role) && row.administratorsDenied !== undefined
  return [(administers ? row.administratorsDenied : row.denied) ?? 'platform.forbidden']
}
