import { CircleAlert, CircleCheck, OctagonPause, Truck } from 'lucide-react'
import type { SheetSummary } from '#modules/dossiers/contract.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { handoverWords } from './words.ts'

/** Under way, received, with differences or cancelled: icon, word and colour. */
export function SheetChip({ sheet }: { sheet: Pick<SheetSummary, 'state' | 'unsettled'> }) {
  const w = useWords(handoverWords)
  if (sheet.unsettled > 0)
    return (
      <Chip tone="son" icon={CircleAlert}>
        {w.unsettled(sheet.unsettled)}
      </Chip>
    )
  const look = {
    open: { tone: 'cham', icon: Truck },
    received: { tone: 'ngoc', icon: CircleCheck },
    cancelled: { tone: 'tro', icon: OctagonPause },
  } as const
  return <Chip {...look[sheet.state]}>{w[sheet.state]}</Chip>
}
