import { ScanLine } from 'lucide-react'
import { getTicket } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { useWords } from '../../ui/language/language.tsx'
import { RatingForm } from '../rating/rating-form.tsx'
import { TicketView } from '../tickets/ticket-view.tsx'
import styles from './kiosk.module.css'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

/** A ticket held under the scanner: its place in line, the way back for who missed the call, or the rating of a visit that is done. */
export function MineScreen({ view: { session, act } }: { view: KioskView }) {
  const w = useWords(words)
  const token = session.token ?? ''
  const { data } = useOperation(getTicket, { token }, { enabled: token !== '' })
  return (
    <>
      <div className={styles.magnified}>
        <TicketView token={token} kiosk />
      </div>
      {data?.may.rate ? (
        <Button look="main" wide onClick={() => act({ does: 'go', to: 'rate' })}>
          {w.rate}
        </Button>
      ) : null}
    </>
  )
}

export function RateScreen({ view: { session }, done }: { view: KioskView; done: () => void }) {
  const w = useWords(words)
  if (session.token)
    return (
      <div className={styles.magnified}>
        <RatingForm token={session.token} place="KIOSK" onDone={done} />
      </div>
    )
  return (
    <>
      <h1 tabIndex={-1}>{w.rateTitle}</h1>
      <p className={styles.scanHere}>
        <ScanLine size="8rem" strokeWidth={1.25} aria-hidden="true" /> {w.rateHint}
      </p>
    </>
  )
}
