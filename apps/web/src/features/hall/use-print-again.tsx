import { type ReactNode, useState } from 'react'
import { printTicketAgain, type VisitorTicket } from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useToast } from '../../ui/feedback/toast.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { printAgainHere } from '../kiosk-offline/print-here.ts'
import { PaperAgain } from './paper-again.tsx'

const words = catalogue(
  {
    printed: (number: string) => `Đã in lại phiếu ${number}, trên phiếu ghi "bản in lại".`,
    failed: (number: string) =>
      `Máy in chưa in được phiếu ${number}. Xem giấy và nguồn của máy in rồi bấm in lại.`,
  },
  {
    printed: (number: string) => `Ticket ${number} was printed, marked as printed again.`,
    failed: (number: string) =>
      `The printer did not print ${number}. Look at its paper and power, then print again.`,
  },
)

export type PrintAgain = {
  print: (ticket: string) => void
  busy: boolean
  problem: string | undefined
  /** Has to stand somewhere on the screen: the browser prints it where no print agent is. */
  paper: ReactNode
}

/** A ticket once more, at this desk's print agent where there is one, else as the browser prints; who did it is kept. */
export function usePrintAgain(centre: string): PrintAgain {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [byBrowser, setByBrowser] = useState<VisitorTicket>()
  const run = async (id: string): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      const ticket = await call(printTicketAgain, { centre, ticket: id })
      const printed = await printAgainHere(ticket)
      if (printed === 'no-printer') setByBrowser(ticket)
      else if (printed === 'printed') toast({ message: w.printed(ticket.number) })
      else setProblem(w.failed(ticket.number))
    } catch (error) {
      setProblem(messageOf(error, language))
    } finally {
      setBusy(false)
    }
  }
  return {
    print: (ticket) => void run(ticket),
    ...{ busy, problem },
    paper: byBrowser ? (
      <PaperAgain key={byBrowser.id} ticket={byBrowser} onDone={() => setByBrowser(undefined)} />
    ) : null,
  }
}
