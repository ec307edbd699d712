import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import {
  createBatch,
  createDossier,
  getBatchReceipt,
  getPaper,
  listDossiers,
  listTasks,
  refuseIntake,
  requestIntakeSupplement,
} from '#modules/dossiers/contract.ts'
import { addressOf, call } from '../../api/call.ts'
import { messageOf, ProblemError } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { useTieDossier } from '../hall/use-tie-dossier.ts'
import { useMe } from '../session/me.tsx'
import { ApplicantCard } from './applicant-card.tsx'
import { blockedWords, whyBlocked } from './blocked.ts'
import { Consequences } from './consequences.tsx'
import { changePaper, type IntakeDraft, isBlank, paperOf, toIntake } from './draft.ts'
import { type Incomplete, SupplementSheet } from './incomplete-sheet.tsx'
import styles from './intake.module.css'
import { checklistRows, PapersCard } from './papers-card.tsx'
import { ProcedureCard } from './procedure-card.tsx'
import { type RefusalContent, RefuseSheet } from './refuse-sheet.tsx'
import { ReturnCard } from './return-card.tsx'
import { type SavedBatch, SavedBatchDialog } from './saved-batch-dialog.tsx'
import { type Saved, SavedDialog } from './saved-dialog.tsx'
import { useBatch } from './use-batch.ts'
import { useCard } from './use-card.ts'
import { useAutosave } from './use-draft.ts'
import { usePreview } from './use-preview.ts'

const words = catalogue(
  {
    at: (at: number, of: number) => `Thủ tục ${at} trong ${of}`,
    add: 'Thêm thủ tục',
    noProcedure: 'Thủ tục mới',
    save: 'Lưu và in giấy tiếp nhận',
    saveAll: (n: number) => `Lưu ${n} hồ sơ, in một giấy tiếp nhận`,
    unready: (name: string) => `Mở thủ tục "${name}" và chọn trường hợp trước khi lưu cả nhóm.`,
    item: (at: number, name: string, why: string) => `Hồ sơ thứ ${at} (${name}): ${why}`,
    supplement: 'In phiếu bổ sung (Mẫu 02)',
    change: 'Đổi thủ tục',
    why: 'Vì sao ngày này?',
    missing: 'Chưa có trong hồ sơ nộp.',
  },
  {
    at: (at: number, of: number) => `Procedure ${at} of ${of}`,
    add: 'Another procedure',
    noProcedure: 'New procedure',
    save: 'Save and print the slip',
    saveAll: (n: number) => `Save ${n} dossiers, print one receipt`,
    unready: (name: string) => `Open “${name}” and choose its case before saving all.`,
    item: (at: number, name: string, why: string) => `Dossier ${at} (${name}): ${why}`,
    supplement: 'Print the supplement request (form 02)',
    change: 'Change the procedure',
    why: 'Why this date?',
    missing: 'Not among the papers handed in.',
  },
)

type IntakeDeskProps = {
  draft: IntakeDraft
  siblings: readonly IntakeDraft[]
  onDraft: (change: (before: IntakeDraft) => Partial<IntakeDraft>) => void
  /** The first thing was typed: from now on a reload finds it. */
  onStarted: (id: string) => void
  onSwitch: (draft: IntakeDraft) => void
  onAdd: () => void
  onFresh: () => void
}
type Sheet = 'supplement' | 'refuse' | undefined

const printBatch = (codes: readonly string[]): void => {
  window.open(addressOf(getBatchReceipt, { codes: codes.join(',') }), '_blank', 'noopener')
}

export function IntakeDesk({
  draft,
  siblings,
  onDraft,
  onStarted,
  onSwitch,
  onAdd,
  onFresh,
}: IntakeDeskProps) {
  const w = useWords(words)
  const reasons = useWords(blockedWords)
  const { language } = useLanguage()
  const me = useMe()
  const go = useGo()
  const client = useQueryClient()
  const tie = useTieDossier()
  const [searching, setSearching] = useState(false)
  const [whyOpen, setWhyOpen] = useState(true)
  const [sheet, setSheet] = useState<Sheet>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [uploading, setUploading] = useState(0)
  const [saved, setSaved] = useState<Saved>()
  const [batchSaved, setBatchSaved] = useState<SavedBatch>()
  const { saved: kept, drop } = useAutosave(me.id, draft)
  const { detail, detailError, chosen, components, preview, refused, fields, settled } = usePreview(draft)
  const change = (next: Partial<IntakeDraft>): void => onDraft(() => next)
  const { scanned, scanProblem } = useCard(draft, change)
  const started = !isBlank(draft)
  const latestStarted = useRef(onStarted)
  latestStarted.current = onStarted
  useEffect(() => {
    if (started) latestStarted.current(draft.id)
  }, [started, draft.id])
  // A procedure with a single case needs no choice.
  const only = detail?.cases.length === 1 ? detail.cases[0]?.id : undefined
  const latestDraft = useRef(onDraft)
  latestDraft.current = onDraft
  useEffect(() => {
    if (only) latestDraft.current((before) => (before.caseId === only ? {} : { caseId: only }))
  }, [only])

  const saveFields = problem instanceof ProblemError ? problem.fields : []
  const errorOf = (path: string): string | undefined =>
    [...fields, ...saveFields].find((field) => field.path === path)?.[language]
  const situation = { draft, hasCase: chosen !== undefined, preview, fieldProblems: fields.length, uploading }
  const batch = useBatch(draft, components, siblings)
  const blocked =
    whyBlocked(reasons, situation, true) ?? (batch?.unready ? w.unready(batch.unready) : undefined)
  const blockedWithoutPapers = whyBlocked(reasons, situation, false)

  const finish = async (
    form: Saved['form'],
    send: () => Promise<Omit<Saved, 'form' | 'owner' | 'procedure'>>,
  ) => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await send()
      setSheet(undefined)
      if (draft.procedure) void tie(answer.code, draft.procedure.code)
      setSaved({ ...answer, form, owner: draft.owner.name, procedure: draft.procedure?.name ?? '' })
      // Chrome lets a tab open for five seconds after the key was pressed; if it is later than that, the dialog has the button.
      window.open(addressOf(getPaper, { code: answer.code, form }), '_blank', 'noopener')
      await drop(draft)
      void invalidate(client, listTasks)
      void invalidate(client, listDossiers)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const intake = () => toIntake(draft, components ?? [])
  const saveAll = async (): Promise<void> => {
    if (busy || !batch) return
    setBusy(true)
    setProblem(undefined)
    try {
      // One intention: the keys of all its drafts name it, so that a repeat after a lost answer makes nothing twice.
      const idempotencyKey = batch.drafts.map(({ key }) => key.slice(0, 8)).join('-')
      const answer = await call(createBatch, batch.request(), {
        idempotencyKey: `${draft.key}-${idempotencyKey}`,
      })
      setBatchSaved({ ...answer, owner: draft.owner.name })
      printBatch(answer.items.map(({ code }) => code))
      for (const { code, procedure } of answer.items) await tie(code, procedure)
      for (const one of batch.drafts) await drop(one)
      void invalidate(client, listTasks)
      void invalidate(client, listDossiers)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  /** Blocked by what is on the screen alone; a sibling that is not ready stops only the whole. */
  const blockedAlone = whyBlocked(reasons, situation, true)
  const saveOne = (): void => {
    if (!blockedAlone)
      void finish('form-01', () => call(createDossier, intake(), { idempotencyKey: draft.key }))
  }
  const save = (): void => {
    if (batch) {
      if (!blocked) void saveAll()
    } else saveOne()
  }
  const supplement = (content: Incomplete): void =>
    void finish('form-02', () =>
      call(requestIntakeSupplement, { ...intake(), ...content }, { idempotencyKey: `${draft.key}-02` }),
    )
  const refuse = (content: RefusalContent): void =>
    void finish('form-03', () =>
      call(refuseIntake, { ...intake(), ...content }, { idempotencyKey: `${draft.key}-03` }),
    )
  // Form 02 may be asked once: a paper ticked a moment ago is counted before the request lists what is missing.
  const [asking, setAsking] = useState(false)
  const openSupplement = (): void => {
    if (preview && !settled) setAsking(true)
    else setSheet('supplement')
  }
  useEffect(() => {
    if (!asking || !settled) return
    setAsking(false)
    setSheet('supplement')
  }, [asking, settled])

  useShortcuts([
    { keys: '/', label: w.change, run: () => setSearching(true) },
    { keys: 'v', label: w.why, run: () => setWhyOpen((open) => !open) },
    { keys: 'F9', label: w.supplement, run: openSupplement },
    { keys: 'Ctrl+Enter', label: w.save, run: save, when: blocked === undefined },
  ])

  const missing = preview?.missing ?? []
  const rows = components ? checklistRows(draft, components, '') : []
  const items = missing.map(({ component, name }) => ({
    component,
    what: name,
    reason: rows.find(({ id }) => id === component)?.reason || w.missing,
  }))
  /** Of several dossiers the server says which one it refused. */
  const ofItem = (message: string): string => {
    const at = problem instanceof ProblemError ? problem.details.item : undefined
    if (!batch || typeof at !== 'number') return message
    return w.item(at, batch.drafts[at - 1]?.procedure?.name ?? '', message)
  }
  const problems: FieldProblem[] = problem
    ? saveFields.length > 0
      ? saveFields.map((field) => ({ field: field.path, message: field[language] }))
      : [{ message: ofItem(messageOf(problem, language)) }]
    : []
  const sheetProblem = problem ? messageOf(problem, language) : blockedWithoutPapers
  const at = [...siblings, draft].toSorted((a, b) => a.savedAt.localeCompare(b.savedAt))
  return (
    <div className={styles.page}>
      <div className={styles.work}>
        {problems.length > 0 && sheet === undefined ? (
          <ErrorSummary
            problems={problems}
            code={problem instanceof ProblemError ? problem.requestId?.slice(0, 8) : undefined}
          />
        ) : null}
        {detailError ? <ErrorSummary problems={[{ message: messageOf(detailError, language) }]} /> : null}
        <ProcedureCard
          draft={draft}
          detail={detail}
          group={preview?.group ?? null}
          saved={kept}
          searching={searching}
          onSearching={setSearching}
          onCase={(caseId) => change({ caseId })}
          onProcedure={(procedure) => change({ procedure, caseId: '', papers: {}, resolvingUnit: null })}
          siblings={
            <>
              {siblings.length > 0
                ? at.map((one, index) => (
                    <button
                      key={one.id}
                      type="button"
                      className={styles.sibling}
                      aria-current={one.id === draft.id ? 'step' : undefined}
                      onClick={() => one.id !== draft.id && onSwitch(one)}
                    >
                      {one.id === draft.id
                        ? w.at(index + 1, at.length)
                        : (one.procedure?.name ?? w.noProcedure)}
                    </button>
                  ))
                : null}
              {draft.procedure && draft.owner.name ? (
                <Button look="quiet" icon={Plus} onClick={onAdd}>
                  {w.add}
                </Button>
              ) : null}
            </>
          }
        />
        <ApplicantCard
          draft={draft}
          onChange={change}
          errorOf={errorOf}
          scanned={scanned}
          scanProblem={scanProblem}
        />
        <PapersCard
          draft={draft}
          components={components}
          onSending={(delta) => setUploading((count) => count + delta)}
          onChange={(component, next) =>
            onDraft((before) => {
              const paper = paperOf(before, component)
              return {
                papers: { ...before.papers, [component.id]: changePaper(component, paper, next(paper)) },
              }
            })
          }
        />
        <ReturnCard
          draft={draft}
          onChange={change}
          errorOf={errorOf}
          unit={preview ? preview.resolvingUnit : undefined}
          nonTerritorial={preview?.nonTerritorial ?? false}
          chooseCentre={me.centre === null}
        />
      </div>
      <Consequences
        preview={preview}
        whyOpen={whyOpen}
        problems={[
          ...fields.map((field) => field[language]),
          ...(refused && refused.fields.length === 0 ? [refused[language]] : []),
        ]}
        missing={missing.map(({ name }) => name)}
        blocked={blocked}
        busy={busy}
        started={started}
        onSaveOne={batch && siblings.length > 0 && !blockedAlone ? saveOne : undefined}
        saveLabel={batch ? w.saveAll(batch.count) : undefined}
        onSave={save}
        onSupplement={openSupplement}
        onRefuse={() => setSheet('refuse')}
      />
      <SupplementSheet
        open={sheet === 'supplement'}
        onClose={() => setSheet(undefined)}
        initial={items}
        busy={busy}
        problem={sheetProblem}
        onSubmit={supplement}
      />
      <RefuseSheet
        open={sheet === 'refuse'}
        onClose={() => setSheet(undefined)}
        busy={busy}
        problem={sheetProblem}
        onSubmit={refuse}
      />
      <SavedBatchDialog
        saved={batchSaved}
        onPrint={() => printBatch(batchSaved?.items.map(({ code }) => code) ?? [])}
        onNext={onFresh}
      />
      <SavedDialog
        saved={saved}
        hasSibling={siblings.length > 0}
        onPrint={() =>
          saved && window.open(addressOf(getPaper, { code: saved.code, form: saved.form }), '_blank')
        }
        onAdd={() => {
          const [sibling] = siblings
          if (sibling) onSwitch(sibling)
          else onAdd()
        }}
        onNext={onFresh}
        onOpen={() => saved && go(`/desk/ho-so/${saved.code}`)}
      />
    </div>
  )
}
