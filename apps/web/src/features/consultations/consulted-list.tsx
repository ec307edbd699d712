import { useInfiniteQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { type ConsultationItem, listConsultations } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { useGo } from '../../surfaces/desk/go.ts'
import { isText, keepWalk, useKept } from '../../surfaces/desk/kept.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { dueInList } from '../tasks/due-text.ts'
import { Question } from './question.tsx'
import { consultationWords } from './words.ts'

const INPUT = { side: 'answer', limit: 100 } as const

/** Questions of other agencies that wait for an answer of mine, the end of their time first; answered in the preview. */
export function ConsultedList() {
  const w = useWords(consultationWords)
  const { language } = useLanguage()
  const go = useGo()
  const [active, setActive] = useKept('tasks.question', '', isText)
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listConsultations, INPUT), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listConsultations, { ...INPUT, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: 60_000,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const current = items.find(({ id }) => id === active) ?? items[0]
  const open = ({ dossier }: ConsultationItem): void => {
    keepWalk(
      items.map((item) => item.dossier.code),
      dossier.code,
    )
    go(`/desk/ho-so/${dossier.code}`)
  }
  return (
    <div className={desk.fill}>
      <Loaded query={pages}>
        {() => (
          <ListWithPreview
            list={
              <WorkList<ConsultationItem>
                label={w.consulted}
                groups={[{ id: 'all', label: w.consulted, items, tone: 'cham' }]}
                keyOf={({ id }) => id}
                nameOf={({ dossier }) => `${dossier.code} ${dossier.owner}`}
                active={current?.id}
                onActive={setActive}
                onOpen={open}
                onNearEnd={() => {
                  if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
                }}
                empty={<EmptyState icon={CalendarCheck} title={w.none} />}
                columns={[
                  {
                    id: 'state',
                    head: w.state,
                    width: '184px',
                    cell: ({ pace, paceWords }) => <PaceChip pace={pace} words={paceWords} />,
                  },
                  {
                    id: 'due',
                    head: w.dueHead,
                    width: '104px',
                    cell: ({ due }) => <strong className="n">{dueInList(due, language, new Date())}</strong>,
                  },
                  {
                    id: 'what',
                    head: w.what,
                    width: 'minmax(0, 1fr)',
                    cell: ({ dossier }) => (
                      <TwoLines title={dossier.procedureName} detail={`${dossier.code} · ${dossier.owner}`} />
                    ),
                  },
                  {
                    id: 'from',
                    head: w.from,
                    width: 'minmax(0, 180px)',
                    cell: ({ from }) => from.name,
                  },
                ]}
              />
            }
            preview={
              current ? (
                <div className={desk.stack}>
                  <h2 className={desk.section}>{current.dossier.procedureName}</h2>
                  <Question code={current.dossier.code} question={current} />
                  <Button onClick={() => open(current)}>{w.open}</Button>
                </div>
              ) : (
                <p className={desk.muted}>{w.pick}</p>
              )
            }
          />
        )}
      </Loaded>
    </div>
  )
}
