import { Refusal } from '#platform/errors.ts'
import { PERSONAL_DATA_READ } from '#platform/log/access.ts'
import type { Acting } from './acting.ts'
import { titleOf } from './timeline.ts'
import { momentInWords } from './words.ts'

/** Events that leave the dossier's version as it is. */
const KEEPS_VERSION = [
  ...[PERSONAL_DATA_READ, 'task-claimed', 'task-released', 'task-reassigned', 'task-urged'],
  ...['lateness-explained', 'lateness-explanation-amended', 'result-reminded'],
  // Where the paper lies changes nothing of the dossier.
  ...['paper-handed-over', 'paper-received', 'result-handed-over', 'result-arrived', 'result-sent-back'],
  ...['result-taken-back', 'paper-missing', 'paper-extra', 'difference-settled', 'hand-over-cancelled'],
]

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)

/** Who changed it meanwhile and what: the last event of the dossier tells. */
export const refuseStale = async ({ tx, deps, dossier }: Acting): Promise<never> => {
  const events = await deps.log.timeline(tx, { kind: 'dossier', id: dossier.id })
  const last = events.findLast(({ type }) => !KEEPS_VERSION.includes(type))
  const title = titleOf(last?.type ?? '')
  throw new Refusal('dossiers.stale-version', {
    who: last?.actor.name || 'Hệ thống',
    what: { vi: lowerFirst(title.vi), en: lowerFirst(title.en) },
    when: momentInWords(last?.at ?? dossier.received_at),
    current: dossier.version,
  })
}
