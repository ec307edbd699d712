import { Printer, Ticket } from 'lucide-react'
import { useState } from 'react'
import { listCentres } from '#modules/organisation/contract.ts'
import { getFloor } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Filter } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { AppointmentsTab } from './appointments-tab.tsx'
import { CountersTab } from './counters-tab.tsx'
import { GiveNumberSheet } from './give-number-sheet.tsx'
import parts from './hall.module.css'
import { ServicesTab } from './services-tab.tsx'
import { TicketsTab } from './tickets-tab.tsx'
import { useHallEvents } from './use-counter.ts'

const words = catalogue(
  {
    title: 'Hàng đợi',
    parts: 'Phần của hàng đợi',
    counters: 'Quầy',
    tickets: 'Số hôm nay',
    appointments: 'Lịch hẹn',
    services: 'Dịch vụ',
    give: 'Phát số',
    devices: 'Thiết bị',
    centre: 'Trung tâm',
  },
  {
    title: 'Queue',
    parts: 'Parts of the queue',
    counters: 'Counters',
    tickets: 'Numbers of today',
    appointments: 'Appointments',
    services: 'Services',
    give: 'Give a number',
    devices: 'Devices',
    centre: 'Centre',
  },
)

const PARTS = ['quay', 'so', 'lich-hen', 'dich-vu'] as const
type Part = (typeof PARTS)[number]

/** `/desk/hang-doi`: counters and lines of the hall now, every number of today, and which services it offers. */
export function HallPage() {
  const w = useWords(words)
  const me = useMe()
  const [read, write] = useAddress()
  const go = useGo()
  const [giving, setGiving] = useState(false)
  const centres = useOperation(listCentres, {}, { staleTime: 600_000 })
  const centre = read('trung-tam') || me.centre || centres.data?.items[0]?.id || ''
  const part = PARTS.find((one) => one === read('phan')) ?? 'quay'
  useHallEvents(centre === me.centre ? null : centre)
  const hall = useOperation(
    getFloor,
    { centre },
    { enabled: centre !== '', refetchInterval: 30_000, keep: true },
  )
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
            <Button icon={Printer} onClick={() => go(`/desk/thiet-bi?trung-tam=${centre}`)}>
              {w.devices}
            </Button>
            {hall.data?.may.serve || hall.data?.may.order ? (
              <Button icon={Ticket} onClick={() => setGiving(true)}>
                {w.give}
              </Button>
            ) : null}
          </div>
        </div>
      }
    >
      <Loaded query={hall}>
        {(data) => (
          <Tabs<Part>
            label={w.parts}
            value={part}
            tabs={[
              { value: 'quay', label: w.counters },
              {
                value: 'so',
                label: w.tickets,
                count: data.groups.reduce((sum, { waiting }) => sum + waiting, 0),
              },
              { value: 'lich-hen', label: w.appointments },
              { value: 'dich-vu', label: w.services },
            ]}
            onChange={(phan) => write({ phan: phan === 'quay' ? '' : phan })}
          >
            <div className={parts.part}>
              {part === 'quay' ? <CountersTab hall={data} /> : null}
              {part === 'so' ? <TicketsTab hall={data} /> : null}
              {part === 'lich-hen' ? <AppointmentsTab hall={data} /> : null}
              {part === 'dich-vu' ? <ServicesTab centre={centre} /> : null}
            </div>
          </Tabs>
        )}
      </Loaded>
      {giving && hall.data ? <GiveNumberSheet hall={hall.data} onClose={() => setGiving(false)} /> : null}
    </DeskScreen>
  )
}
