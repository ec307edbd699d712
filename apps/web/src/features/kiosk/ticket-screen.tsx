import { Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { getHall } from '#modules/queue/contract.ts'
import { returnMinutesOf } from '#modules/queue/rules.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { QrCode } from '../hall/qr-code.tsx'
import { WaitText } from '../hall/waits.tsx'
import { type Printed, printHere } from '../kiosk-offline/print-here.ts'
import styles from './kiosk.module.css'
import { printPaper, TicketPaper, ticketAddress } from './paper.tsx'
import type { SortedPapers } from './session.ts'
import { GroupName } from './start-screen.tsx'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

/** The first paper comes by itself where a print agent is; whoever taps for another gets it marked. Else the browser prints. */
function usePaper({ ticket, papers: { brought, missing, unsaid } }: KioskView['session']) {
  const { language } = useLanguage()
  const [state, setState] = useState<Printed | 'printing'>('printing')
  const print = (again: boolean): void => {
    if (!ticket) return
    setState('printing')
    void printHere(ticket, { brought: [...brought, ...unsaid], missing, language, again }).then(setState)
  }
  const first = ticket?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: one paper a ticket, not one a language or a change of the list
  useEffect(() => print(false), [first])
  return { state, again: () => (state === 'no-printer' ? printPaper() : print(true)) }
}

/** The number, large; when to be back; what to bring; and the way to follow it on a phone. */
export function TicketScreen({ view: { centre, session }, done }: { view: KioskView; done: () => void }) {
  const w = useWords(words)
  const { data: hall } = useOperation(getHall, { centre }, { keep: true })
  const { ticket, papers } = session
  const paper = usePaper(session)
  if (!ticket) return null
  return (
    <>
      <div className={styles.ticket}>
        <p>{w.yourNumber}</p>
        <h1 tabIndex={-1} className="n">
          {ticket.number}
        </h1>
        <p>
          <GroupName group={ticket.serviceGroup} />
        </p>
      </div>
      <dl className={styles.promise}>
        <dt>{w.waitLine}</dt>
        <dd>
          <WaitText wait={ticket.wait} />
        </dd>
        {ticket.comeBackAt ? (
          <>
            <dt>{w.comeBackLine}</dt>
            <dd className="n">{partsOf(ticket.comeBackAt).time}</dd>
          </>
        ) : null}
      </dl>
      <p className={styles.lead}>{ticket.offline ? w.givenAlone : `${w.ahead(ticket.ahead)}. ${w.goTo}.`}</p>
      {paper.state === 'printing' || paper.state === 'printed' ? (
        <p className={styles.note} role="status">
          {w.printer[paper.state]}
        </p>
      ) : null}
      {paper.state === 'failed' ? (
        <p className={styles.note} role="alert">
          {w.printer.failed(ticket.number)}
        </p>
      ) : null}
      <section className={styles.follow}>
        <QrCode className={styles.qr} text={ticketAddress(ticket.token)} label={w.qr} />
        <div>
          <h2>{w.follow}</h2>
          <p>{w.followHint(hall ? returnMinutesOf(hall.calling) : null)}</p>
        </div>
      </section>
      <div className={styles.take}>
        <Button icon={Printer} wide busy={paper.state === 'printing'} onClick={paper.again}>
          {w.print}
        </Button>
        <Button look="main" wide className={styles.takeButton} onClick={done}>
          {w.done}
        </Button>
      </div>
      <Bring papers={papers} />
      <p className={styles.lead}>{w.anonymous}</p>
      <TicketPaper
        centre={hall?.centre.name ?? ''}
        ticket={ticket}
        papers={papers}
        returnMinutes={hall ? returnMinutesOf(hall.calling) : null}
      />
    </>
  )
}

function Bring({ papers: { brought, missing, unsaid } }: { papers: SortedPapers }) {
  const w = useWords(words)
  if (brought.length + missing.length + unsaid.length === 0) return null
  return (
    <section>
      <h2>{w.prepare}</h2>
      <ul className={styles.bring} lang="vi">
        {missing.map((name) => (
          <li key={name} data-missing>
            <strong>{w.stillMissing}:</strong> {name}
          </li>
        ))}
        {[...brought, ...unsaid].map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  )
}
