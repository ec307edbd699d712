import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { getHall, type VisitorTicket } from '#modules/queue/contract.ts'
import { returnMinutesOf } from '#modules/queue/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { printPaper, TicketPaper } from '../kiosk/paper.tsx'
import { NO_PAPERS } from '../kiosk/session.ts'

type PaperAgainProps = { ticket: VisitorTicket; onDone: () => void }

/** The paper alone on the browser's page, for as long as it prints. */
export function PaperAgain({ ticket, onDone }: PaperAgainProps) {
  const { data: hall, isPending } = useOperation(getHall, { centre: ticket.centre }, { staleTime: 60_000 })
  useEffect(() => {
    if (isPending) return
    printPaper()
    onDone()
  }, [isPending, onDone])
  return createPortal(
    <div data-surface-paper>
      <TicketPaper
        centre={hall?.centre.name ?? ''}
        ticket={ticket}
        papers={NO_PAPERS}
        returnMinutes={hall ? returnMinutesOf(hall.calling) : null}
        again
      />
    </div>,
    document.body,
  )
}
