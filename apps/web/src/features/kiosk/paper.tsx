import type { VisitorTicket } from '#modules/queue/contract.ts'
import { PAPER_WORDS } from '#modules/queue/rules.ts'
import { formatDate, partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { QrCode } from '../hall/qr-code.tsx'
import { waitText } from '../hall/waits.tsx'
import styles from './paper.module.css'
import type { SortedPapers } from './session.ts'
import { words } from './words.ts'

/** Prints what `TicketPaper` or `ListPaper` holds, on the browser's default printer; a kiosk browser does so without asking. */
export const printPaper = (): void => window.print()

export const ticketAddress = (token: string): string => `${window.location.origin}/ve/${token}`

type TicketPaperProps = {
  centre: string
  ticket: VisitorTicket
  papers: SortedPapers
  returnMinutes: number | null
  /** A paper asked for again says so. */
  again?: boolean
}

/** The ticket on 80 mm paper, black and white; on screens it is not there. */
export function TicketPaper({ centre, ticket, papers, returnMinutes, again = false }: TicketPaperProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { brought, missing, unsaid } = papers
  const { date, time } = partsOf(ticket.issuedAt)
  const unknown = language === 'vi' ? 'chưa đủ số liệu' : 'not enough data yet'
  const soon = language === 'vi' ? 'dưới 5 phút' : 'under 5 minutes'
  return (
    <article className={styles.paper} aria-hidden="true">
      <header>
        <strong>Một Cửa</strong>
        <span>{centre}</span>
      </header>
      {again ? <p className={styles.again}>{PAPER_WORDS[language].again}</p> : null}
      <p className={styles.service}>
        {language === 'vi' ? ticket.serviceGroup.name : ticket.serviceGroup.nameEn}
      </p>
      <p className={styles.number}>{ticket.number}</p>
      <dl className={styles.promise}>
        <dt>{w.waitLine}</dt>
        <dd>{waitText(ticket.wait, { minutes: w.minutes, soon, unknown })}</dd>
        {ticket.comeBackAt ? (
          <>
            <dt>{w.comeBackLine}</dt>
            <dd className={styles.back}>{partsOf(ticket.comeBackAt).time}</dd>
          </>
        ) : null}
      </dl>
      <p>
        {w.taken(`${time} ${formatDate(date)}`)}. {w.ahead(ticket.ahead)}.
      </p>
      {brought.length + missing.length + unsaid.length > 0 ? (
        <section>
          <h2>{w.prepare}</h2>
          <ul>
            {brought.map((name) => (
              <li key={name}>☑ {name}</li>
            ))}
            {unsaid.map((name) => (
              <li key={name}>☐ {name}</li>
            ))}
            {missing.map((name) => (
              <li key={name}>
                ☐ <strong>{w.stillMissing}:</strong> {name}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <footer>
        <QrCode className={styles.qr} text={ticketAddress(ticket.token)} label={w.qr} />
        <div>
          <strong>{w.follow}</strong>
          <p>{w.followHint(returnMinutes)}</p>
        </div>
      </footer>
      <p className={styles.last}>{w.anonymous}</p>
    </article>
  )
}

/** The papers to prepare at home. */
export function ListPaper({ title, papers }: { title: string; papers: readonly string[] }) {
  const w = useWords(words)
  return (
    <article className={styles.paper} aria-hidden="true">
      <header>
        <strong>Một Cửa</strong>
        <span>{w.checklistTitle}</span>
      </header>
      <p className={styles.service}>{title}</p>
      <ul>
        {papers.map((name) => (
          <li key={name}>☐ {name}</li>
        ))}
      </ul>
    </article>
  )
}
