import { CircleCheck, type LucideIcon, Plus, Printer, TriangleAlert, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { listCentres } from '#modules/organisation/contract.ts'
import { type HallDevice, listDevices } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { DataTable, Filter } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { type Paired, PairingDialog, RegisterSheet, RenewSheet, RetireSheet } from './device-sheets.tsx'
import { words } from './device-words.ts'

type Sheet = { does: 'register' } | { does: 'renew' | 'retire'; device: HallDevice } | null

/** A machine that lost its paper is seen here before a visitor stands in front of it. */
const EVERY_MS = 10_000

/** `/desk/thiet-bi`: printers and kiosks of the hall, how each is, and how a new one is paired. */
export function DevicesPage() {
  const w = useWords(words)
  const me = useMe()
  const [read, write] = useAddress()
  const [sheet, setSheet] = useState<Sheet>(null)
  const [paired, setPaired] = useState<Paired>()
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const centre = read('trung-tam') || me.centre || centres.data?.items[0]?.id || ''
  const devices = useOperation(
    listDevices,
    { centre },
    { enabled: centre !== '', refetchInterval: EVERY_MS, keep: true },
  )
  const close = (): void => setSheet(null)
  const pair = (made: Paired): void => {
    setSheet(null)
    setPaired(made)
  }
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          {me.centre === null ? (
            <Filter
              label={w.centre}
              value={centre}
              options={(centres.data?.items ?? []).map(({ id, shortName }) => ({
                value: id,
                label: shortName,
              }))}
              onChange={(id) => write({ 'trung-tam': id })}
            />
          ) : null}
          <div className={styles.end}>
            {devices.data?.may.register ? (
              <Button icon={Plus} onClick={() => setSheet({ does: 'register' })}>
                {w.register}
              </Button>
            ) : null}
          </div>
        </div>
      }
    >
      <Loaded query={devices}>
        {({ items, may }) =>
          items.length === 0 ? (
            <EmptyState icon={Printer} title={w.none}>
              {w.noneHint}
            </EmptyState>
          ) : (
            <DeviceTable items={items} mayChange={may.register} open={setSheet} />
          )
        }
      </Loaded>
      {sheet?.does === 'register' ? <RegisterSheet centre={centre} onClose={close} onPaired={pair} /> : null}
      {sheet?.does === 'renew' ? <RenewSheet device={sheet.device} onClose={close} onPaired={pair} /> : null}
      {sheet?.does === 'retire' ? <RetireSheet device={sheet.device} onClose={close} /> : null}
      {paired ? <PairingDialog paired={paired} onClose={() => setPaired(undefined)} /> : null}
    </DeskScreen>
  )
}

function DeviceTable({
  items,
  mayChange,
  open,
}: {
  items: readonly HallDevice[]
  mayChange: boolean
  open: (sheet: Sheet) => void
}) {
  const w = useWords(words)
  return (
    <DataTable
      label={w.list}
      items={items}
      keyOf={({ id }) => id}
      columns={[
        { id: 'device', head: w.device, names: true, cell: ({ name }) => name },
        { id: 'kind', head: w.kind, cell: ({ kind }) => w[kind] },
        { id: 'state', head: w.state, keep: true, cell: (device) => <DeviceChip device={device} /> },
        { id: 'details', head: w.details, cell: (device) => <Details device={device} /> },
        {
          id: 'actions',
          head: w.actions,
          actions: true,
          cell: (device) =>
            mayChange ? (
              <>
                <Button look="quiet" onClick={() => open({ does: 'renew', device })}>
                  {w.renew}
                </Button>
                <Button look="quiet" onClick={() => open({ does: 'retire', device })}>
                  {w.retire}
                </Button>
              </>
            ) : null,
        },
      ]}
    />
  )
}

type Standing = 'ngoc' | 'nghe' | 'son' | 'tro'
const ICONS: Readonly<Record<Standing, LucideIcon>> = {
  ngoc: CircleCheck,
  nghe: TriangleAlert,
  son: TriangleAlert,
  tro: WifiOff,
}
const toneOf = ({ contact, state }: HallDevice): Standing => {
  if (contact !== 'LIVE') return contact === 'NEVER' ? 'tro' : 'son'
  if (state === null || state === 'READY') return 'ngoc'
  return state === 'PAPER_LOW' ? 'nghe' : 'son'
}

/** What a printer said last is worth nothing when it has gone silent since. */
function DeviceChip({ device }: { device: HallDevice }) {
  const w = useWords(words)
  const { contact, state, stateSince, seenAt } = device
  const tone = toneOf(device)
  const since = contact === 'SILENT' ? seenAt : stateSince
  return (
    <span className={styles.row}>
      <Chip tone={tone} icon={ICONS[tone]}>
        {w.states[contact === 'LIVE' && state !== null ? state : contact]}
      </Chip>
      {since && tone !== 'ngoc' ? <span className="n">{w.since(formatMoment(since))}</span> : null}
    </span>
  )
}

/** Seconds from which a clock is worth looking after. */
const CLOCK = 30

function Details({ device }: { device: HallDevice }) {
  const w = useWords(words)
  const { queued, doubtful, numbersHeld, clockBehindSeconds: behind } = device
  const facts = [
    ...(queued > 0 ? [w.queued(queued)] : []),
    ...(doubtful > 0 ? [w.doubtful(doubtful)] : []),
    ...(numbersHeld > 0 ? [w.held(numbersHeld)] : []),
    ...(behind !== null && behind >= CLOCK ? [w.behind(behind)] : []),
    ...(behind !== null && behind <= -CLOCK ? [w.ahead(-behind)] : []),
  ]
  return facts.length === 0 ? '—' : facts.join('; ')
}
