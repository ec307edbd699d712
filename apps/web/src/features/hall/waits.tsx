import { type LucideIcon, UserRound, UserRoundCheck, Users } from 'lucide-react'
import type { Crowd, WaitRange } from '#modules/queue/contract.ts'
import { shownRange } from '#modules/queue/rules.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'

/** Always a range and a word, never a countdown; what is not known is said to be unknown. */
export const waitWords = catalogue(
  {
    minutes: 'phút',
    soon: 'dưới 5 phút',
    unknown: 'chưa đủ số liệu',
    FEW: 'Vắng',
    SOME: 'Vừa',
    MANY: 'Đông',
  },
  {
    minutes: 'minutes',
    soon: 'under 5 minutes',
    unknown: 'not enough data yet',
    FEW: 'Quiet',
    SOME: 'Moderate',
    MANY: 'Busy',
  },
)

/** The shortest range that is told. */
const SHORTEST = 5

/** `10–20 phút`, `dưới 5 phút` or that too little is known. */
export function waitText(
  wait: WaitRange | null,
  w: { minutes: string; soon: string; unknown: string },
): string {
  if (!wait) return w.unknown
  const { from, to } = shownRange(wait)
  return from === 0 && to === SHORTEST ? w.soon : `${from}–${to} ${w.minutes}`
}

export function WaitText({ wait }: { wait: WaitRange | null }) {
  const w = useWords(waitWords)
  if (!wait) return <span>{w.unknown}</span>
  const { from, to } = shownRange(wait)
  if (from === 0 && to === SHORTEST) return <span>{w.soon}</span>
  return (
    <span>
      <span className="n">
        {from}–{to}
      </span>{' '}
      <small>{w.minutes}</small>
    </span>
  )
}

const ICONS: Record<Crowd, LucideIcon> = { FEW: UserRound, SOME: UserRoundCheck, MANY: Users }

/** Icon, word and colour by `data-crowd`; the surface gives the colour. */
export function CrowdWord({ crowd, size = 20 }: { crowd: Crowd; size?: number | string }) {
  const w = useWords(waitWords)
  const Icon = ICONS[crowd]
  return (
    <span data-crowd={crowd}>
      <Icon size={size} aria-hidden="true" /> {w[crowd]}
    </span>
  )
}
