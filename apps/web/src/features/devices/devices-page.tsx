import { CircleCheck, type LucideIcon, Plus, Printer, TriangleAlert, WifiOff } from 'lucide-react'
import { useState } from 'react'
import { type HallDevice, listDevices } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { CentreScreen, useChosenCentre } from '../hall/centre-screen.tsx'
import { type Paired, PairingDialog, RegisterSheet, RenewSheet, RetireSheet } from './device-sheets.tsx'
import { words } from './device-words.ts'
import { placeWords } from './place-words.ts'
import { PlacesTab } from './places-tab.tsx'

type Sheet = { does: 'register' } | { does: 'renew' | 'retire'; device: HallDevice } | null

/** A machine that lost its paper is seen here before a visitor stands in front of it. */
const EVERY_MS = 10_000

const PARTS = ['may', 'man-hinh'] as const
type Part = (typeof PARTS)[number]

/** `/desk/thiet-bi`: machines of the hall, how each is and how a new one is paired; addresses of displays and tablets. */
export function DevicesPage() {
  const w = useWords(words)
  const [read, write] = useAddress()
  const [sheet, setSheet] = useState<Sheet>(null)
  const [paired, setPaired] = useState<Paired>()
  const places = useWords(placeWords)
  const part = PARTS.find((one) => one === read('phan')) ?? 'may'
  const centre = useChosenCentre()
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
    <CentreScreen
      title={w.title}
      centre={centre}
      actions={
        devices.data?.may.register ? (
          <Button icon={Plus} onClick={() => setSheet({ does: 'register' })}>
            {w.register}
          </Button>
        ) : null
      }
    >
      <Loaded query={devices}>
        {(data) => (
          <Tabs<Part>
            label={places.parts}
            value={part}
            tabs={[
              { value: 'may', label: places.machines },
              { value: 'man-hinh', label: places.screens },
            ]}
            onChange={(phan) => write({ phan: phan === 'may' ? '' : phan })}
          >
            <div className={styles.panel}>
              {part === 'man-hinh' ? (
                <PlacesTab centre={centre} devices={data} />
              ) : data.items.length === 0 ? (
                <EmptyState icon={Printer} title={w.none}>
                  {w.noneHint}
                </EmptyState>
              ) : (
                <DeviceTable items={data.items} mayChange={data.may.register} open={setSheet} />
              )}
            </div>
          </Tabs>
        )}
      </Loaded>
      {sheet?.does === 'register' ? <RegisterSheet centre={centre} onClose={close} onPaired={pair} /> : null}
      {sheet?.does === 'renew' ? <RenewSheet device={sheet.device} onClose={close} onPaired={pair} /> : null}
      {sheet?.does === 'retire' ? <RetireSheet device={sheet.device} onClose={close} /> : null}
      {paired ? <PairingDialog paired={paired} onClose={() => setPaired(undefined)} /> : null}
    </CentreScreen>
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
