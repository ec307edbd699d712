import { useLocation } from '@tanstack/react-router'
import { FileClock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { getProcedure } from '#modules/catalogue/contract.ts'
import { listDrafts } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useReplaceAddress } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useMe } from '../session/me.tsx'
import { discard } from './discard.ts'
import { emptyDraft, type IntakeDraft, nextForApplicant, readDraft } from './draft.ts'
import { joinDrafts, keepHere, keptHere } from './draft-store.ts'
import { DraftsSheet } from './drafts-sheet.tsx'
import { IntakeDesk } from './intake-desk.tsx'

const words = catalogue(
  {
    title: 'Tiếp nhận hồ sơ',
    drafts: (n: number) => `Đang nhập dở ${n}`,
    discarded: 'Đã bỏ hồ sơ đang nhập dở.',
    field: 'ô kế tiếp',
    papers: 'chọn giấy tờ',
    present: 'đánh dấu đủ',
    why: 'vì sao ngày này',
  },
  {
    title: 'Receive a dossier',
    drafts: (n: number) => `Unfinished ${n}`,
    discarded: 'The unfinished intake was discarded.',
    field: 'next field',
    papers: 'choose a paper',
    present: 'mark present',
    why: 'why this date',
  },
)

/** Finds the draft the address names, on this machine or the server, or begins a new one. */
export function IntakePage() {
  const w = useWords(words)
  const me = useMe()
  const toast = useToast()
  const replace = useReplaceAddress()
  const { searchStr } = useLocation()
  const query = new URLSearchParams(searchStr)
  const wanted = query.get('nhap')
  const procedure = query.get('thu-tuc')
  const remote = useOperation(listDrafts, {}, { staleTime: 5_000 })
  const [draft, setDraft] = useState<IntakeDraft>()
  const [listing, setListing] = useState(false)
  const all = joinDrafts(
    keptHere(me.id),
    (remote.data?.items ?? []).flatMap(({ content }) => readDraft(content) ?? []),
  )
  // The server's copy may be the later one (another machine); without a network this machine's is enough.
  const known = !remote.isPending || remote.fetchStatus === 'paused'

  // biome-ignore lint/correctness/useExhaustiveDependencies: begins once, when the copies are known
  useEffect(() => {
    if (draft || !known) return
    const found = wanted ? all.find(({ id }) => id === wanted) : undefined
    setDraft(found ?? emptyDraft(me.centre ?? ''))
  }, [known, draft])

  // A procedure picked elsewhere (Ctrl K) starts an intake with it.
  useEffect(() => {
    if (!procedure) return
    let stopped = false
    void call(getProcedure, { code: procedure })
      .then((detail) => {
        if (stopped) return
        setDraft({
          ...emptyDraft(me.centre ?? ''),
          procedure: { code: detail.code, name: detail.plainName ?? detail.name },
        })
        replace('/desk/tiep-nhan')
      })
      .catch(() => replace('/desk/tiep-nhan'))
    return () => {
      stopped = true
    }
  }, [procedure, me.centre, replace])

  const open = (next: IntakeDraft): void => {
    setListing(false)
    setDraft(next)
    replace(`/desk/tiep-nhan?nhap=${next.id}`)
  }
  const fresh = (): void => {
    setDraft(emptyDraft(me.centre ?? ''))
    replace('/desk/tiep-nhan')
  }
  const unfinished = all.filter(({ id }) => id !== draft?.id)
  const siblings = draft ? all.filter(({ id, group }) => id !== draft.id && group === draft.group) : []

  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span style={{ marginLeft: 'auto' }} />
          {unfinished.length > 0 ? (
            <Button icon={FileClock} onClick={() => setListing(true)}>
              <span className="n">{w.drafts(unfinished.length)}</span>
            </Button>
          ) : null}
        </div>
      }
      keys={[
        { keys: ['Tab'], label: w.field },
        { keys: ['ArrowUp', 'ArrowDown'], label: w.papers },
        { keys: ['Space'], label: w.present },
        { keys: ['V'], label: w.why },
      ]}
    >
      {draft ? (
        <IntakeDesk
          key={draft.id}
          draft={draft}
          siblings={siblings}
          onDraft={(change) =>
            setDraft((before) =>
              before ? { ...before, ...change(before), savedAt: new Date().toISOString() } : before,
            )
          }
          onStarted={(id) => {
            if (wanted !== id) replace(`/desk/tiep-nhan?nhap=${id}`)
          }}
          onSwitch={open}
          onAdd={() => {
            const next = nextForApplicant(draft)
            keepHere(me.id, next)
            open(next)
          }}
          onFresh={fresh}
        />
      ) : (
        <Loading>
          <SkeletonRows />
        </Loading>
      )}
      <DraftsSheet
        open={listing}
        onClose={() => setListing(false)}
        drafts={unfinished}
        onResume={open}
        onDiscard={(one) => {
          void discard(me.id, one).then(() => {
            void remote.refetch()
            toast({
              message: w.discarded,
              undo: () => {
                keepHere(me.id, one)
                open(one)
              },
            })
          })
        }}
      />
    </DeskScreen>
  )
}
