import { useMutation } from '@tanstack/react-query'
import { Check, CircleCheck, CircleX, Printer, Ticket, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { getProcedure, type ProcedureDetail } from '#modules/catalogue/contract.ts'
import { listServiceGroups, type ServiceGroup } from '#modules/queue/contract.ts'
import { PRIORITY_CLASSES } from '#modules/queue/rules.ts'
import { newIdempotencyKey } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { WaitText } from '../hall/waits.tsx'
import { takeTicket } from '../kiosk-offline/here.ts'
import type { TicketRequest } from '../kiosk-offline/kiosk.ts'
import styles from './kiosk.module.css'
import { MissingOffers } from './missing-offers.tsx'
import { ListPaper } from './paper.tsx'
import type { SortedPapers } from './session.ts'
import { GroupName } from './start-screen.tsx'
import { type ListPrinting, useListPaper } from './use-list-paper.ts'
import type { KioskView } from './view.ts'
import { words } from './words.ts'

type Paper = ProcedureDetail['cases'][number]['components'][number]

const isHere = (paper: Paper): boolean => paper.channels === null || paper.channels.includes('direct')

/** Of the services that receive a procedure the one with the shortest wait. */
const bestOf = (groups: readonly ServiceGroup[]): ServiceGroup | undefined =>
  groups
    .filter(({ receives }) => receives)
    .toSorted(
      (a, b) =>
        Number(b.open && b.openCounters > 0) - Number(a.open && a.openCounters > 0) ||
        (a.wait?.p50 ?? a.waiting) - (b.wait?.p50 ?? b.waiting),
    )[0]

/** Papers before the wait: what is missing is found in half a minute, and costs nobody their turn. */
export function PapersScreen({ view }: { view: KioskView }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { centre, session, act, groups, card } = view
  const { procedure: code, has } = session
  const { data: procedure, error } = useOperation(
    getProcedure,
    { code: code ?? '' },
    { enabled: code !== null, staleTime: 600_000 },
  )
  const receiving = useOperation(
    listServiceGroups,
    { centre, procedure: code ?? undefined },
    { enabled: code !== null && session.group === null, refetchInterval: 20_000, keep: true },
  )
  const group =
    session.group === null
      ? bestOf(receiving.data?.items ?? [])
      : groups.find(({ id }) => id === session.group)
  const chosen = procedure?.cases.find(({ id }) => id === session.caseId) ?? procedure?.cases[0]
  const papers = (chosen?.components ?? []).filter(isHere)
  const always = papers.filter(({ mandatory }) => mandatory)
  const sometimes = papers.filter(({ mandatory }) => !mandatory)
  const missing = papers.filter(({ id }) => has[id] === false)
  const named = (own: readonly Paper[]) => own.map(({ name }) => name)
  const taking = useTaking(view, {
    brought: named(papers.filter(({ id }) => has[id] === true)),
    missing: named(missing),
    unsaid: named(always.filter(({ id }) => has[id] === undefined)),
  })
  // Who says that something is missing gets that; who has said nothing gets all there is to bring.
  const toPrepare = named(missing.length > 0 ? missing : papers)
  const list = useListPaper(centre, {
    ...{ title: procedure?.plainName ?? procedure?.name ?? '', papers: toPrepare, language },
  })

  const { sixty = false } = card ?? {}
  useEffect(() => {
    if (sixty) act({ does: 'priority', priority: 'ELDERLY' })
  }, [sixty, act])

  const ask = (): void => {
    if (!group) return
    const request: TicketRequest = {
      ...{ centre, serviceGroup: group.id, priorityClass: session.priority, channel: 'KIOSK', language },
      ...{ procedures: code === null ? [] : [code], missingPapers: missing.length },
    }
    act({ does: 'ask', key: newIdempotencyKey(), request })
  }
  return (
    <>
      <h1 tabIndex={-1} lang={procedure ? 'vi' : undefined}>
        {procedure ? (
          (procedure.plainName ?? procedure.name)
        ) : code === null && group ? (
          <GroupName group={group} />
        ) : (
          w.loading
        )}
      </h1>
      {error ? <ErrorSummary problems={[{ message: messageOf(error, language) }]} /> : null}
      {code !== null && !procedure && !error ? (
        <Loading>
          <SkeletonRows rows={4} height={110} />
        </Loading>
      ) : null}
      {procedure ? (
        <>
          {procedure.cases.length > 1 ? (
            <Cases procedure={procedure} chosen={chosen?.id} view={view} />
          ) : null}
          <p className={styles.lead}>{papers.length > 0 ? w.papersHint : w.noPapers}</p>
          <PaperRows papers={always} view={view} />
          {sometimes.length > 0 ? (
            <details className={styles.sometimes}>
              <summary>{w.sometimes(sometimes.length)}</summary>
              <PaperRows papers={sometimes} view={view} />
            </details>
          ) : null}
          {missing.length > 0 ? (
            <MissingOffers view={view} missing={missing.length} group={group} paper={list} />
          ) : null}
        </>
      ) : null}
      <Priority view={view} />
      {sixty ? <p className={styles.lead}>{w.byCard}</p> : null}
      <ListState state={list.state} />
      {taking.error ? (
        <ErrorSummary key={taking.submittedAt} problems={[{ message: messageOf(taking.error, language) }]} />
      ) : null}
      {group ? <Expected group={group} named={code !== null} /> : null}
      <div className={styles.take}>
        <Button
          look="main"
          wide
          className={styles.takeButton}
          busy={taking.isPending}
          onClick={ask}
          icon={Ticket}
        >
          {taking.isPending ? w.taking : w.takeNumber}
        </Button>
        {papers.length > 0 && missing.length === 0 ? (
          <Button icon={Printer} wide busy={list.state === 'printing'} onClick={list.print}>
            {w.printList}
          </Button>
        ) : null}
      </div>
      {procedure ? <ListPaper title={procedure.plainName ?? procedure.name} papers={toPrepare} /> : null}
    </>
  )
}

function ListState({ state }: Pick<ListPrinting, 'state'>) {
  const w = useWords(words)
  if (state === null || state === 'no-printer') return null
  const said = { printing: w.listPrinting, printed: w.listPrinted, failed: w.listFailed }
  return (
    <p className={styles.note} role={state === 'failed' ? 'alert' : 'status'}>
      {said[state]}
    </p>
  )
}

/** Sends what was asked, once; after a reload the same wish goes out with the same key. */
function useTaking({ session, act }: KioskView, papers: SortedPapers) {
  const latest = useRef(papers)
  latest.current = papers
  const taking = useMutation({
    mutationFn: ({ request, key }: { request: TicketRequest; key: string }) => takeTicket(request, key),
    onSuccess: (ticket) => act({ does: 'got', ticket, papers: latest.current }),
    // Without network too: the kiosk has numbers of its own then.
    networkMode: 'always',
    onError: () => act({ does: 'refused' }),
    // A kiosk that lost its answer on the way asks again by itself: the key makes it safe.
    retry: 2,
    retryDelay: 800,
  })
  const { mutate } = taking
  const { asked } = session
  useEffect(() => {
    if (asked) mutate(asked)
  }, [asked, mutate])
  return taking
}

function Cases({
  procedure,
  chosen,
  view,
}: {
  procedure: ProcedureDetail
  chosen: string | undefined
  view: KioskView
}) {
  const w = useWords(words)
  return (
    <fieldset className={styles.cases}>
      <legend>{w.whichCase}</legend>
      {procedure.cases.map((one) => (
        <label key={one.id} className={classes(styles.case, one.id === chosen && styles.chosen)}>
          <input
            type="radio"
            name="case"
            checked={one.id === chosen}
            onChange={() => view.act({ does: 'choose-case', caseId: one.id })}
          />
          <span lang="vi">{one.name}</span>
        </label>
      ))}
    </fieldset>
  )
}

function PaperRows({ papers, view: { session, act } }: { papers: readonly Paper[]; view: KioskView }) {
  const w = useWords(words)
  return (
    <ul className={styles.papers}>
      {papers.map(({ id, name }) => (
        <li key={id}>
          <fieldset>
            <legend lang="vi">{name}</legend>
            <button
              type="button"
              aria-pressed={session.has[id] === true}
              className={styles.has}
              onClick={() => act({ does: 'tick', id, has: true })}
            >
              <Check size="2rem" aria-hidden="true" /> {w.yes}
            </button>
            <button
              type="button"
              aria-pressed={session.has[id] === false}
              className={styles.lacks}
              onClick={() => act({ does: 'tick', id, has: false })}
            >
              <X size="2rem" aria-hidden="true" /> {w.no}
            </button>
          </fieldset>
        </li>
      ))}
    </ul>
  )
}

function Priority({ view: { session, act } }: { view: KioskView }) {
  const w = useWords(words)
  return (
    <fieldset className={styles.priority}>
      <legend>{w.priority}</legend>
      <div>
        {PRIORITY_CLASSES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={session.priority === one}
            onClick={() => act({ does: 'priority', priority: one })}
          >
            {w.classes[one]}
          </button>
        ))}
      </div>
      <p className={styles.lead}>{w.priorityHint}</p>
    </fieldset>
  )
}

/** "Will I be served today?" before the wait, not at its end. */
function Expected({ group, named }: { group: ServiceGroup; named: boolean }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { servedToday, comeBackAt, wait, waiting, open, closed } = group
  if (!open) return <p className={styles.expectedClosed}>{closed?.[language]}</p>
  return (
    <section className={styles.expected}>
      <div>
        <p>{w.expected(waiting)}</p>
        <p className={styles.expectedWait}>
          <WaitText wait={wait} />
        </p>
        {named ? (
          <p lang={language === 'vi' ? 'vi' : undefined}>
            {w.service(language === 'vi' ? group.name : group.nameEn)}
          </p>
        ) : null}
      </div>
      <div>
        {servedToday === false ? (
          <p className={styles.late}>
            <CircleX size="2rem" aria-hidden="true" /> {w.notToday}
          </p>
        ) : (
          <p className={servedToday ? styles.intime : undefined}>
            <CircleCheck size="2rem" aria-hidden="true" /> {servedToday ? w.today : w.todayUnknown}
          </p>
        )}
        {comeBackAt ? <p>{w.comeBack(partsOf(comeBackAt).time)}</p> : null}
      </div>
    </section>
  )
}
