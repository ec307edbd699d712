import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { PackageCheck, Printer, Undo2 } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  cancelHandoverSheet,
  getHandoverSheet,
  listHandoverCandidates,
  listHandoverSheets,
  type Resolution,
  receiveHandoverSheet,
  type Sheet,
  type SheetRow,
  settleHandoverRow,
} from '#modules/dossiers/contract.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { canRetry, messageOf } from '../../api/problem.ts'
import { invalidate, keyOf, useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea } from '../../ui/field/field.tsx'
import { CardChoice } from '../../ui/field/segmented-choice.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useScanner, useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import type { Tone } from '../../ui/status/status-table.ts'
import { codeInScan } from '../dossiers/code-in-scan.ts'
import styles from './handover.module.css'
import { openSheetPaper } from './open-sheet-paper.ts'
import { SheetChip } from './sheet-chip.tsx'
import { sheetInScan } from './sheet-in-scan.ts'
import { handoverWords } from './words.ts'

const words = catalogue(
  {
    back: 'Về danh sách phiếu',
    scanHint: 'Quét mã vạch từng hồ sơ trong bó. Hồ sơ chưa quét sẽ ghi là thiếu.',
    scanned: (n: number, all: number) => `Đã quét ${n} / ${all}`,
    extraHere: (n: number) => `Thừa ${n}`,
    heard: (code: string) => `Đã quét ${code}`,
    heardExtra: (code: string) => `${code} không có trên phiếu, ghi là thừa`,
    allHere: 'Đủ cả, đánh dấu tất cả',
    receive: 'Nhận phiếu',
    receiveLess: (missing: number, extra: number) =>
      `Nhận phiếu, ghi ${[missing && `thiếu ${missing}`, extra && `thừa ${extra}`].filter(Boolean).join(', ')}`,
    received: (code: string) => `Đã nhận phiếu ${code}.`,
    cancel: 'Hủy phiếu',
    cancelTitle: (code: string) => `Hủy phiếu ${code}?`,
    cancelLine: 'Các hồ sơ trên phiếu trở lại danh sách chờ giao.',
    reason: 'Lý do hủy',
    keep: 'Giữ nguyên',
    what: 'Hồ sơ',
    state: 'Tình trạng',
    settle: 'Xử lý chênh lệch',
    how: 'Hồ sơ này thế nào',
    noteLabel: 'Ghi rõ',
    save: 'Lưu cách xử lý',
    settled: (how: string, by: string) => `${how}, ${by}`,
    lack: 'Chọn cách xử lý và ghi rõ, ít nhất 3 chữ.',
    choose: 'Chọn dòng thiếu hoặc thừa để xử lý.',
    handedBy: (who: string, when: string) => `${who}, ${when}`,
    closed: 'Nhận lúc',
    note: 'Ghi chú',
    cancelled: 'Lý do hủy',
    unknownOwner: 'hồ sơ ngoài phạm vi',
    upDown: 'lên, xuống',
    scanKey: 'quét mã',
    receiveKey: 'nhận phiếu',
  },
  {
    back: 'To the list of sheets',
    scanHint: 'Scan the bar code of each dossier. What is not scanned is recorded as missing.',
    scanned: (n: number, all: number) => `${n} / ${all} scanned`,
    extraHere: (n: number) => `${n} extra`,
    heard: (code: string) => `${code} scanned`,
    heardExtra: (code: string) => `${code} is not on the sheet, recorded as extra`,
    allHere: 'All are here, mark them',
    receive: 'Receive the sheet',
    receiveLess: (missing: number, extra: number) =>
      `Receive, with ${[missing && `${missing} missing`, extra && `${extra} extra`].filter(Boolean).join(', ')}`,
    received: (code: string) => `Sheet ${code} received.`,
    cancel: 'Cancel the sheet',
    cancelTitle: (code: string) => `Cancel sheet ${code}?`,
    cancelLine: 'Its dossiers wait to be handed over again.',
    reason: 'Reason',
    keep: 'Keep it',
    what: 'Dossier',
    state: 'State',
    settle: 'Settle the difference',
    how: 'What about this dossier',
    noteLabel: 'Say more',
    save: 'Save',
    settled: (how: string, by: string) => `${how}, ${by}`,
    lack: 'Choose how, and say more in at least 3 letters.',
    choose: 'Choose a missing or extra row to settle it.',
    handedBy: (who: string, when: string) => `${who}, ${when}`,
    closed: 'Received',
    note: 'Note',
    cancelled: 'Reason',
    unknownOwner: 'a dossier outside your reach',
    upDown: 'up, down',
    scanKey: 'scan',
    receiveKey: 'receive',
  },
)

const TONES: Readonly<Record<SheetRow['state'], Tone>> = {
  listed: 'tro',
  received: 'ngoc',
  missing: 'son',
  extra: 'nghe',
  cancelled: 'tro',
}

/** `/desk/ban-giao/{phiếu}`: received by scanning what lies in the batch; differences are settled here. */
export function SheetPage() {
  const { sheet: code = '' } = useParams({ strict: false })
  const shared = useWords(handoverWords)
  const { language } = useLanguage()
  const sheet = useOperation(getHandoverSheet, { sheet: code })
  if (sheet.data) return <OneSheet key={sheet.data.code} sheet={sheet.data} />
  return (
    <DeskScreen title={shared.title}>
      {sheet.error ? (
        <ErrorSummary problems={[{ message: messageOf(sheet.error, language) }]} />
      ) : (
        <Loading>
          <SkeletonRows rows={8} />
        </Loading>
      )}
    </DeskScreen>
  )
}

function OneSheet({ sheet }: { sheet: Sheet }) {
  const w = useWords(words)
  const shared = useWords(handoverWords)
  const { language } = useLanguage()
  const go = useGo()
  const client = useQueryClient()
  const toast = useToast()
  const [came, setCame] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [heard, setHeard] = useState('')
  const [cancelling, setCancelling] = useState(false)
  const [reason, setReason] = useState('')
  const key = useRef(newIdempotencyKey())
  const listed = new Set(sheet.items.map(({ dossier }) => dossier))
  const extra = [...came].filter((code) => !listed.has(code))
  const here = sheet.items.filter(({ dossier }) => came.has(dossier)).length
  const missing = sheet.items.length - here
  const current =
    sheet.items.find(({ dossier }) => dossier === active) ??
    sheet.items.find(({ settle }) => settle.length > 0) ??
    sheet.items[0]

  useScanner((text) => {
    const other = sheetInScan(text)
    if (other) {
      if (other !== sheet.code) go(`/desk/ban-giao/${other}`)
      return
    }
    const code = codeInScan(text)
    if (!code) return
    if (!sheet.mayReceive) {
      setActive(code)
      return
    }
    setCame((before) => new Set([...before, code]))
    setHeard(listed.has(code) ? w.heard(code) : w.heardExtra(code))
    if (listed.has(code)) setActive(code)
  })

  const send = async (work: (idempotencyKey: string) => Promise<Sheet>): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    setProblem(undefined)
    try {
      const after = await work(key.current)
      client.setQueryData(keyOf(getHandoverSheet, { sheet: sheet.code }), after)
      key.current = newIdempotencyKey()
      return true
    } catch (error) {
      if (!canRetry(error)) key.current = newIdempotencyKey()
      setProblem(messageOf(error, language))
      return false
    } finally {
      setBusy(false)
      for (const operation of [listHandoverSheets, listHandoverCandidates]) void invalidate(client, operation)
    }
  }
  const receive = async (): Promise<void> => {
    const received = [...came]
    const done = await send((idempotencyKey) =>
      call(receiveHandoverSheet, { sheet: sheet.code, received }, { idempotencyKey }),
    )
    if (!done) return
    toast({ message: w.received(sheet.code) })
    // Whatever was scanned last, next comes the first difference.
    setActive(undefined)
  }
  const cancel = async (): Promise<void> => {
    const done = await send((idempotencyKey) =>
      call(cancelHandoverSheet, { sheet: sheet.code, reason: reason.trim() }, { idempotencyKey }),
    )
    if (done) setCancelling(false)
  }
  const settle = (row: SheetRow, resolution: Resolution, note: string): Promise<boolean> =>
    send((idempotencyKey) =>
      call(settleHandoverRow, { sheet: sheet.code, code: row.dossier, resolution, note }, { idempotencyKey }),
    )
  useShortcuts([
    {
      keys: 'Ctrl+Enter',
      label: w.receive,
      run: () => void receive(),
      when: sheet.mayReceive && came.size > 0,
    },
    {
      keys: 'x',
      label: w.scanKey,
      when: sheet.mayReceive && current !== undefined,
      run: () => {
        if (!current) return
        const next = new Set(came)
        if (!next.delete(current.dossier)) next.add(current.dossier)
        setCame(next)
      },
    },
  ])
  const stateOf = (row: SheetRow): SheetRow['state'] =>
    sheet.mayReceive && came.has(row.dossier) ? 'received' : row.state
  const names: Readonly<Record<SheetRow['state'], string>> = {
    listed: shared.listed,
    received: shared.rowReceived,
    missing: shared.missing,
    extra: shared.extra,
    cancelled: shared.rowCancelled,
  }
  const rows: readonly SheetRow[] = [
    ...sheet.items,
    ...(sheet.mayReceive
      ? extra.map(
          (dossier): SheetRow => ({
            ...{ dossier, procedure: '', owner: null, state: 'extra', resolution: null },
            ...{ resolutionNote: null, resolvedBy: null, settle: [] },
          }),
        )
      : []),
  ]
  return (
    <DeskScreen
      title={`${shared.sheet} ${sheet.code}`}
      header={
        <div className={desk.head}>
          <Button onClick={() => go('/desk/ban-giao')}>{w.back}</Button>
          <h1 className={`${desk.title} n`}>{sheet.code}</h1>
          <SheetChip sheet={sheet} />
          <span className={desk.aside}>{shared[sheet.kind]}</span>
          <span className={styles.end}>
            <Button icon={Printer} onClick={() => openSheetPaper(sheet.code)}>
              {shared.print}
            </Button>
            {sheet.mayCancel ? (
              <Button look="danger" icon={Undo2} onClick={() => setCancelling(true)}>
                {w.cancel}
              </Button>
            ) : null}
          </span>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        ...(sheet.mayReceive
          ? [
              { keys: ['X'], label: w.scanKey },
              { keys: ['Ctrl+Enter'], label: w.receiveKey },
            ]
          : []),
      ]}
    >
      <div className={desk.column}>
        {problem ? <ErrorSummary problems={[{ message: problem }]} /> : null}
        <span className="visually-hidden" aria-live="polite">
          {heard}
        </span>
        <div className={desk.fill}>
          <ListWithPreview
            list={
              <WorkList<SheetRow>
                label={`${shared.sheet} ${sheet.code}`}
                groups={[{ id: 'rows', label: '', items: rows }]}
                keyOf={({ dossier }) => dossier}
                nameOf={({ dossier, owner }) => `${dossier} ${owner ?? ''}`}
                active={current?.dossier}
                onActive={setActive}
                onOpen={({ dossier, owner }) => owner !== null && go(`/desk/ho-so/${dossier}`)}
                empty={null}
                columns={[
                  {
                    id: 'state',
                    head: w.state,
                    width: '124px',
                    cell: (row) => <Chip tone={TONES[stateOf(row)]}>{names[stateOf(row)]}</Chip>,
                  },
                  {
                    id: 'what',
                    head: w.what,
                    width: 'minmax(0, 1fr)',
                    cell: ({ procedure, dossier, owner }) => (
                      <TwoLines
                        title={procedure || dossier}
                        detail={`${dossier} · ${owner ?? w.unknownOwner}`}
                      />
                    ),
                  },
                  {
                    id: 'settled',
                    head: w.settle,
                    width: 'minmax(0, 260px)',
                    cell: ({ resolution, resolutionNote, resolvedBy }) =>
                      resolution ? (
                        <TwoLines
                          title={w.settled(shared[resolution], resolvedBy ?? '')}
                          detail={resolutionNote ?? ''}
                        />
                      ) : null,
                  },
                ]}
              />
            }
            preview={
              <div className={desk.stack}>
                <dl className={desk.facts}>
                  <dt>{shared.from}</dt>
                  <dd>{sheet.from.name}</dd>
                  <dt>{shared.to}</dt>
                  <dd>{sheet.to.name}</dd>
                  <dt>{shared.handed}</dt>
                  <dd className="n">{w.handedBy(sheet.handedBy, formatMoment(sheet.handedAt))}</dd>
                  {sheet.closedAt && sheet.state === 'received' ? (
                    <>
                      <dt>{w.closed}</dt>
                      <dd className="n">{w.handedBy(sheet.closedBy ?? '', formatMoment(sheet.closedAt))}</dd>
                    </>
                  ) : null}
                  {sheet.note ? (
                    <>
                      <dt>{w.note}</dt>
                      <dd>{sheet.note}</dd>
                    </>
                  ) : null}
                  {sheet.cancelReason ? (
                    <>
                      <dt>{w.cancelled}</dt>
                      <dd>{sheet.cancelReason}</dd>
                    </>
                  ) : null}
                </dl>
                {sheet.mayReceive ? (
                  <>
                    <p className={styles.progress}>
                      <strong className="n">{w.scanned(here, sheet.items.length)}</strong>
                      {extra.length > 0 ? <Chip tone="nghe">{w.extraHere(extra.length)}</Chip> : null}
                    </p>
                    <p className={desk.muted}>{w.scanHint}</p>
                    <Button onClick={() => setCame(new Set([...came, ...listed]))}>{w.allHere}</Button>
                    <Button
                      look="main"
                      wide
                      icon={PackageCheck}
                      shortcut="Ctrl+Enter"
                      busy={busy}
                      onClick={() => void receive()}
                    >
                      {missing + extra.length === 0 ? w.receive : w.receiveLess(missing, extra.length)}
                    </Button>
                  </>
                ) : current && current.settle.length > 0 ? (
                  <SettleForm key={current.dossier} row={current} busy={busy} onSettle={settle} />
                ) : sheet.unsettled > 0 ? (
                  <p className={desk.muted}>{w.choose}</p>
                ) : null}
              </div>
            }
          />
        </div>
      </div>
      <Dialog
        open={cancelling}
        onClose={() => setCancelling(false)}
        title={w.cancelTitle(sheet.code)}
        actions={
          <>
            <Button onClick={() => setCancelling(false)}>{w.keep}</Button>
            <Button
              look="danger"
              busy={busy}
              blocked={reason.trim().length < 3 ? w.reason : undefined}
              onClick={() => void cancel()}
            >
              {w.cancel}
            </Button>
          </>
        }
      >
        <div className={desk.form}>
          <p>{w.cancelLine}</p>
          <TextArea id="cancel-reason" label={w.reason} rows={3} value={reason} onChange={setReason} />
        </div>
      </Dialog>
    </DeskScreen>
  )
}

type SettleFormProps = {
  row: SheetRow
  busy: boolean
  onSettle: (row: SheetRow, resolution: Resolution, note: string) => Promise<boolean>
}

function SettleForm({ row, busy, onSettle }: SettleFormProps) {
  const w = useWords(words)
  const shared = useWords(handoverWords)
  const [how, setHow] = useState<Resolution>()
  const [note, setNote] = useState('')
  const ready = how !== undefined && note.trim().length >= 3
  return (
    <section className={desk.form} aria-label={w.settle}>
      <h2 className={desk.section}>
        {w.settle} · <span className="n">{row.dossier}</span>
      </h2>
      <CardChoice
        label={w.how}
        value={how}
        onChange={setHow}
        options={row.settle.map((value) => ({ value, label: shared[value] }))}
      />
      <TextArea id="settle-note" label={w.noteLabel} rows={3} value={note} onChange={setNote} />
      <Button
        look="main"
        busy={busy}
        blocked={ready ? undefined : w.lack}
        onClick={() => how && void onSettle(row, how, note.trim())}
      >
        {w.save}
      </Button>
    </section>
  )
}
