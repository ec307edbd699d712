import type { PaperTemplateVersion } from '#modules/documents/contract.ts'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue } from '../../ui/language/language.tsx'
import type { Tone } from '../../ui/status/status-table.ts'

export const templateWords = catalogue(
  {
    draft: 'Bản nháp',
    inForce: 'Đang hiệu lực',
    later: 'Chờ hiệu lực',
    ended: 'Hết hiệu lực',
    withdrawn: 'Đã thu hồi',
    version: (n: number) => `Phiên bản ${n}`,
    shipped: 'Kèm theo phần mềm',
  },
  {
    draft: 'Draft',
    inForce: 'In force',
    later: 'In force later',
    ended: 'No longer in force',
    withdrawn: 'Withdrawn',
    version: (n: number) => `Version ${n}`,
    shipped: 'Came with the software',
  },
)

type Standing = 'draft' | 'inForce' | 'later' | 'ended' | 'withdrawn'

/** What a version is today. */
export const standingOf = (
  { state, effectiveFrom, effectiveTo }: PaperTemplateVersion,
  today: string,
): Standing => {
  if (state !== 'published') return state
  if (effectiveFrom && today < effectiveFrom) return 'later'
  return effectiveTo && effectiveTo <= today ? 'ended' : 'inForce'
}

export const STANDING_TONE: Readonly<Record<Standing, Tone>> = {
  draft: 'nghe',
  inForce: 'ngoc',
  later: 'cham',
  ended: 'tro',
  withdrawn: 'tro',
}

/** `01/05/2026 – 30/06/2026`; a version without an end is open. */
export const periodOf = ({ effectiveFrom, effectiveTo }: PaperTemplateVersion): string =>
  effectiveFrom ? `${formatDate(effectiveFrom)} – ${effectiveTo ? formatDate(effectiveTo) : '…'}` : '—'
