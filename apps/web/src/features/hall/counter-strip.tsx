import { useQueryClient } from '@tanstack/react-query'
import {
  Accessibility,
  ArrowLeftRight,
  BellRing,
  Check,
  CirclePause,
  DoorOpen,
  Hand,
  Hourglass,
  LogOut,
  Play,
  Printer,
  Undo2,
  UserCheck,
  UserX,
} from 'lucide-react'
import { useRef, useState } from 'react'
import {
  askForHelp,
  type CounterQueue,
  callNext,
  closeCounterForNow,
  confirmPriority,
  declinePriority,
  finishService,
  getCounterQueue,
  getFloor,
  listTickets,
  missTicket,
  openCounter,
  recallTicket,
  startService,
  undoCall,
} from '#modules/queue/contract.ts'
import { call, newIdempotencyKey } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate, keyOf } from '../../api/queries.ts'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button, IconButton } from '../../ui/button/button.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useMe } from '../session/me.tsx'
import { HoldSheet, PauseSheet, TransferSheet } from './counter-sheets.tsx'
import styles from './counter-strip.module.css'
import { priorityWords } from './hall-words.ts'
import { useMyCounter, useSeconds } from './use-counter.ts'
import { usePrintAgain } from './use-print-again.tsx'

const words = catalogue(
  {
    strip: (counter: number) => `Quầy ${counter}`,
    next: 'Gọi tiếp',
    recall: 'Gọi lại',
    miss: 'Vắng',
    transfer: 'Chuyển quầy',
    start: 'Khách đã đến',
    finish: 'Xong',
    hold: 'Tạm giữ',
    undo: (seconds: number) => `Hoàn tác (${seconds} giây)`,
    undoKey: 'Hoàn tác lần gọi vừa rồi',
    pause: 'Tạm nghỉ',
    resume: 'Mở lại quầy',
    resumeFirst: 'Mở lại quầy rồi gọi.',
    leave: 'Rời quầy',
    help: 'Gọi đồng nghiệp',
    helpAsked: 'Đã gọi đồng nghiệp, bấm khi xong',
    printAgain: 'In lại phiếu',
    open: (counter: number) => `Mở quầy ${counter}`,
    closed: (counter: number, name: string) => `Quầy ${counter} (${name}) chưa mở.`,
    choose: 'Chọn quầy để gọi số',
    paused: (reason: string, until: string | null) =>
      until ? `Tạm nghỉ đến ${until}: ${reason}` : `Tạm nghỉ: ${reason}`,
    nobody: 'Chưa gọi số nào',
    called: (n: number) => (n > 1 ? `Đã gọi ${n} lần` : 'Vừa gọi'),
    waited: (minutes: number) => `Đã chờ ${minutes} phút`,
    serving: (time: string) => `phục vụ ${time}`,
    nextUp: (numbers: string) => `Tiếp theo: ${numbers}`,
    none: 'Không còn ai chờ',
    line: (count: number, minutes: number | null) =>
      minutes === null ? `${count} người chờ` : `${count} người chờ · người lâu nhất ${minutes} phút`,
    priority: (what: string) => `Ưu tiên: ${what}`,
    confirm: 'Đúng đối tượng',
    decline: 'Không đúng',
    note: (text: string) => `Ghi chú: ${text}`,
  },
  {
    strip: (counter: number) => `Counter ${counter}`,
    next: 'Call next',
    recall: 'Call again',
    miss: 'Missing',
    transfer: 'Transfer',
    start: 'Visitor is here',
    finish: 'Done',
    hold: 'Hold',
    undo: (seconds: number) => `Undo (${seconds} s)`,
    undoKey: 'Take the last call back',
    pause: 'Pause',
    resume: 'Resume',
    resumeFirst: 'Resume, then call.',
    leave: 'Leave the counter',
    help: 'Ask a colleague',
    helpAsked: 'A colleague was asked; press when done',
    printAgain: 'Print the ticket again',
    open: (counter: number) => `Open counter ${counter}`,
    closed: (counter: number, name: string) => `Counter ${counter} (${name}) is not open.`,
    choose: 'Choose a counter to call numbers',
    paused: (reason: string, until: string | null) =>
      until ? `Paused until ${until}: ${reason}` : `Paused: ${reason}`,
    nobody: 'Nobody called yet',
    called: (n: number) => (n > 1 ? `Called ${n} times` : 'Just called'),
    waited: (minutes: number) => `Waited ${minutes} min`,
    serving: (time: string) => `serving ${time}`,
    nextUp: (numbers: string) => `Next: ${numbers}`,
    none: 'Nobody waits',
    line: (count: number, minutes: number | null) =>
      minutes === null ? `${count} waiting` : `${count} waiting · longest ${minutes} min`,
    priority: (what: string) => `Priority: ${what}`,
    confirm: 'Confirmed',
    decline: 'Not entitled',
    note: (text: string) => `Note: ${text}`,
  },
)

const clockOf = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

/** The line of an officer's counter over every screen of the desk; nothing for those who serve at none. */
export function CounterStrip() {
  const me = useMe()
  const { hall, mine, queue } = useMyCounter(me)
  if (!hall?.may.serve) return null
  if (mine && queue) {
    const own = hall.groups.filter(({ id }) => mine.groups.some((group) => group.id === id))
    const longest = own.flatMap(({ longestMinutes }) => longestMinutes ?? [])
    return <Serving key={mine.id} queue={queue} longest={longest.length > 0 ? Math.max(...longest) : null} />
  }
  if (mine) return null
  const own = hall.counters.find(({ assigned, state }) => assigned && state === 'CLOSED')
  return <NotServing {...(own ? { counter: own } : {})} />
}

/** Runs one operation of the strip at a time; what the server answers is what the strip shows. */
function useStrip() {
  const client = useQueryClient()
  const { language } = useLanguage()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const running = useRef(false)
  const run = async (work: () => Promise<CounterQueue | undefined>): Promise<boolean> => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      const answer = await work()
      if (answer) client.setQueryData(keyOf(getCounterQueue, { counter: answer.counter.id }), answer)
      return true
    } catch (error) {
      setProblem(messageOf(error, language))
      return false
    } finally {
      running.current = false
      setBusy(false)
      for (const read of [getCounterQueue, getFloor, listTickets]) void invalidate(client, read)
    }
  }
  return { run, busy, problem }
}

function NotServing({ counter }: { counter?: { id: string; number: number; name: string } }) {
  const w = useWords(words)
  const go = useGo()
  const { run, busy, problem } = useStrip()
  return (
    <section className={styles.strip} aria-label={counter ? w.strip(counter.number) : w.choose}>
      <p className={styles.idle}>{counter ? w.closed(counter.number, counter.name) : w.choose}</p>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <div className={styles.end}>
        <Button
          icon={DoorOpen}
          busy={busy}
          onClick={() =>
            counter ? void run(() => call(openCounter, { counter: counter.id })) : go('/desk/hang-doi')
          }
        >
          {counter ? w.open(counter.number) : w.choose}
        </Button>
      </div>
    </section>
  )
}

type Sheet = 'transfer' | 'hold' | 'pause' | undefined

function Serving({ queue, longest }: { queue: CounterQueue; longest: number | null }) {
  const w = useWords(words)
  const go = useGo()
  const { run, busy, problem } = useStrip()
  const [sheet, setSheet] = useState<Sheet>()
  const nextKey = useRef<string>(undefined)
  const { current, counter } = queue
  const paper = usePrintAgain(counter.centre)
  const now = useSeconds(current !== null)
  const at = { counter: counter.id }
  const on = { ...at, ticket: current?.id ?? '' }
  const undoLeft = queue.undoUntil ? Math.ceil((Date.parse(queue.undoUntil) - now) / 1_000) : 0
  const mayUndo = current?.state === 'CALLED' && undoLeft > 0
  const open = queue.state === 'OPEN'
  const isCalled = current?.state === 'CALLED'
  const isServing = current?.state === 'SERVING'

  const goOn = (): void =>
    void run(async () => {
      nextKey.current ??= newIdempotencyKey()
      await call(callNext, at, { idempotencyKey: nextKey.current })
      nextKey.current = undefined
      return call(getCounterQueue, at)
    })
  const begin = async (): Promise<void> => {
    const done = await run(() => call(startService, on))
    const procedure = current?.procedures[0]
    // The visitor has said at the kiosk what it is about: the form is there before the first word.
    if (done && procedure && current.dossiers.length === 0) go(`/desk/tiep-nhan?thu-tuc=${procedure}`)
  }
  const recall = (): void => void run(() => call(recallTicket, on))
  const miss = (): void => void run(() => call(missTicket, on))
  const finish = (): void => void run(() => call(finishService, on))
  const undo = (): void => void run(() => call(undoCall, on))

  useShortcuts([
    { keys: 'F2', label: w.next, run: goOn, when: open },
    { keys: 'F3', label: w.recall, run: recall, when: isCalled },
    { keys: 'F4', label: w.miss, run: miss, when: isCalled },
    { keys: 'F6', label: w.transfer, run: () => setSheet('transfer'), when: current !== null },
    { keys: 'F7', label: w.start, run: () => void begin(), when: isCalled },
    { keys: 'F8', label: w.finish, run: finish, when: current !== null },
    { keys: 'Ctrl+Z', label: w.undoKey, run: undo, when: mayUndo },
  ])

  return (
    <section className={styles.strip} aria-label={w.strip(counter.number)}>
      <Current queue={queue} now={now} />
      {current?.priorityClass !== undefined &&
      current.priorityClass !== 'NONE' &&
      !current.priorityConfirmed ? (
        <div className={styles.group}>
          <Button icon={UserCheck} busy={busy} onClick={() => void run(() => call(confirmPriority, on))}>
            {w.confirm}
          </Button>
          <Button look="quiet" busy={busy} onClick={() => void run(() => call(declinePriority, on))}>
            {w.decline}
          </Button>
        </div>
      ) : null}
      <div className={styles.group}>
        {mayUndo ? (
          <Button icon={Undo2} shortcut="Ctrl+Z" busy={busy} onClick={undo}>
            {w.undo(undoLeft)}
          </Button>
        ) : null}
        {isCalled ? (
          <>
            <Button icon={Play} shortcut="F7" busy={busy} onClick={() => void begin()}>
              {w.start}
            </Button>
            <Button icon={BellRing} shortcut="F3" busy={busy} onClick={recall}>
              {w.recall}
            </Button>
            <Button icon={UserX} shortcut="F4" busy={busy} onClick={miss}>
              {w.miss}
            </Button>
          </>
        ) : null}
        {isServing ? (
          <>
            <Button icon={ArrowLeftRight} shortcut="F6" onClick={() => setSheet('transfer')}>
              {w.transfer}
            </Button>
            <Button icon={Hourglass} onClick={() => setSheet('hold')}>
              {w.hold}
            </Button>
            <Button icon={Check} shortcut="F8" busy={busy} onClick={finish}>
              {w.finish}
            </Button>
          </>
        ) : null}
        {current ? null : (
          <>
            <Button
              icon={open ? CirclePause : DoorOpen}
              busy={busy}
              onClick={() => (open ? setSheet('pause') : void run(() => call(openCounter, at)))}
            >
              {open ? w.pause : w.resume}
            </Button>
            <Button
              icon={LogOut}
              look="quiet"
              busy={busy}
              onClick={() => void run(() => call(closeCounterForNow, at))}
            >
              {w.leave}
            </Button>
          </>
        )}
      </div>
      {(problem ?? paper.problem) ? (
        <p role="alert" className={styles.problem}>
          {problem ?? paper.problem}
        </p>
      ) : null}
      <div className={styles.end}>
        <div className={styles.ahead}>
          <strong className="n">
            {queue.next.length > 0
              ? w.nextUp(
                  queue.next
                    .slice(0, 3)
                    .map(({ number }) => number)
                    .join(' · '),
                )
              : w.none}
          </strong>
          <span className="n">{w.line(queue.waiting, longest)}</span>
        </div>
        {current ? (
          <IconButton
            icon={Printer}
            label={w.printAgain}
            disabled={paper.busy}
            onClick={() => paper.print(current.id)}
          />
        ) : null}
        <IconButton
          icon={Hand}
          label={queue.help ? w.helpAsked : w.help}
          aria-pressed={queue.help !== null}
          onClick={() => void run(() => call(askForHelp, { ...at, wanted: queue.help === null }))}
        />
        <Button
          look="main"
          shortcut="F2"
          busy={busy}
          blocked={open ? undefined : w.resumeFirst}
          onClick={goOn}
        >
          {w.next}
        </Button>
      </div>
      {paper.paper}
      {sheet === 'transfer' && current ? (
        <TransferSheet queue={queue} ticket={current} onClose={() => setSheet(undefined)} />
      ) : null}
      {sheet === 'hold' && current ? (
        <HoldSheet queue={queue} ticket={current} onClose={() => setSheet(undefined)} />
      ) : null}
      {sheet === 'pause' ? <PauseSheet queue={queue} onClose={() => setSheet(undefined)} /> : null}
    </section>
  )
}

/** The number in large figures; under it why it has priority, and how long it waited and is being served. */
function Current({ queue, now }: { queue: CounterQueue; now: number }) {
  const w = useWords(words)
  const classes = useWords(priorityWords)
  const { current } = queue
  if (!current)
    return (
      <div className={styles.empty}>
        {queue.state === 'PAUSED' ? (
          <Chip tone="nghe" icon={CirclePause}>
            {w.paused(queue.reason ?? '', queue.until ? partsOf(queue.until).time : null)}
          </Chip>
        ) : (
          <span>{w.nobody}</span>
        )}
      </div>
    )
  const times = [
    w.waited(Math.round(current.waitedMinutes)),
    current.startedAt ? w.serving(clockOf(now - Date.parse(current.startedAt))) : w.called(current.calls),
  ]
  return (
    <div className={styles.current}>
      <strong className={styles.number}>{current.number}</strong>
      <div>
        <p className={styles.first}>
          {current.priorityClass === 'NONE' ? (
            current.serviceGroup.name
          ) : (
            <>
              <Accessibility size={16} aria-hidden="true" /> {w.priority(classes[current.priorityClass])}
            </>
          )}
        </p>
        <p className="n">{times.join(' · ')}</p>
        {current.note ? <p>{w.note(current.note)}</p> : null}
      </div>
    </div>
  )
}
