import { useState } from 'react'
import { type PaperList, type Printed, printListHere } from '../kiosk-offline/print-here.ts'
import { printPaper } from './paper.tsx'

export type ListPrinting = { state: Printed | 'printing' | null; print: () => void }

/** Papers to prepare at home: on the printer of this machine where there is one, else as the browser prints. */
export function useListPaper(centre: string, list: PaperList): ListPrinting {
  const [state, setState] = useState<ListPrinting['state']>(null)
  const print = (): void => {
    setState('printing')
    void printListHere(centre, list).then((printed) => {
      setState(printed)
      if (printed === 'no-printer') printPaper()
    })
  }
  return { state, print }
}
