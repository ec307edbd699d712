import { localDateOf } from '#platform/time/vietnam.ts'
import { formatDate } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { signingWords } from './signing-words.ts'

type Dated = { from: string; to: string | null; inForce: boolean }

/** From when to when a decision stands. */
export function Period({ from, to }: Dated) {
  const w = useWords(signingWords)
  return (
    <span className="n">
      {formatDate(from)} – {to === null ? w.open : formatDate(to)}
    </span>
  )
}

/** Whether it stands today. */
export function Standing({ from, inForce }: Dated) {
  const w = useWords(signingWords)
  const words = inForce ? w.running : from > localDateOf(new Date()) ? w.planned : w.over
  return <Chip tone={inForce ? 'ngoc' : 'tro'}>{words}</Chip>
}
