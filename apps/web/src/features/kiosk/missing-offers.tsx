import { CalendarClock, ClockAlert, MessageCircleQuestion, Printer } from 'lucide-react'
import { useState } from 'react'
import type { ServiceGroup } from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { useWords } from '../../ui/language/language.tsx'
import { QrCode } from '../hall/qr-code.tsx'
import styles from './kiosk.module.css'
import type { ListPrinting } from './use-list-paper.ts'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

type MissingProps = {
  view: KioskView
  missing: number
  group: ServiceGroup | undefined
  paper: ListPrinting
}

/** Missing papers punish nobody: the number is there all the same, or a print-out, an appointment, the guide desk. */
export function MissingOffers({ view: { centre, groups, act }, missing, group, paper }: MissingProps) {
  const w = useWords(words)
  const [booking, setBooking] = useState(false)
  const guide = groups.find(({ kind, open }) => kind === 'guide' && open)
  const counters = groups.filter(({ kind }) => kind === 'guide').flatMap(({ counters }) => counters)
  const address = `${window.location.origin}/dat-lich/${centre}${group?.kind === 'reception' ? `?dich-vu=${group.id}` : ''}`
  return (
    <>
      <div className={styles.missing} role="status">
        <ClockAlert size="2.75rem" aria-hidden="true" />
        <div>
          <p>
            <strong>{w.missing(missing)}</strong>
          </p>
          <p>{w.missingHint}</p>
          <div className={styles.offers}>
            <button type="button" disabled={paper.state === 'printing'} onClick={paper.print}>
              <Printer size="2.25rem" aria-hidden="true" />
              <strong>{w.offers.print}</strong>
              <span>{w.offers.printHint}</span>
            </button>
            <button type="button" onClick={() => setBooking(true)}>
              <CalendarClock size="2.25rem" aria-hidden="true" />
              <strong>{w.offers.book}</strong>
              <span>{w.offers.bookHint}</span>
            </button>
            {guide ? (
              <button
                type="button"
                onClick={() => act({ does: 'go', to: 'papers', with: { group: guide.id, procedure: null } })}
              >
                <MessageCircleQuestion size="2.25rem" aria-hidden="true" />
                <strong>{w.offers.guide}</strong>
                <span>{w.offers.guideHint}</span>
              </button>
            ) : null}
          </div>
          {counters.length > 0 ? <p>{w.guideAt(counters.join(', '))}</p> : null}
        </div>
      </div>
      <Dialog
        open={booking}
        onClose={() => setBooking(false)}
        title={w.bookTitle}
        actions={
          <Button look="main" onClick={() => setBooking(false)}>
            {w.close}
          </Button>
        }
      >
        <div className={styles.follow}>
          <QrCode className={styles.qr} text={address} label={w.bookQr} />
          <div>
            <p>{w.bookText}</p>
            <p>{w.bookNoPhone(counters.join(', '))}</p>
          </div>
        </div>
      </Dialog>
    </>
  )
}
