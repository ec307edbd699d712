import { Printer, Ticket } from 'lucide-react'
import { useState } from 'react'
import { getFloor } from '#modules/queue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { useGo } from '../../surfaces/desk/go.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { AppointmentsTab } from './appointments-tab.tsx'
import { CentreScreen, useChosenCentre } from './centre-screen.tsx'
import { CountersTab } from './counters-tab.tsx'
import { GiveNumberSheet } from './give-number-sheet.tsx'
import parts from './hall.module.css'
import { ServicesTab } from './services-tab.tsx'
import { SettingsTab } from './settings-tab.tsx'
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
    settings: 'Cài đặt sảnh',
    give: 'Phát số',
    devices: 'Thiết bị',
  },
  {
    title: 'Queue',
    parts: 'Parts of the queue',
    counters: 'Counters',
    tickets: 'Numbers of today',
    appointments: 'Appointments',
    services: 'Services',
    settings: 'Hall settings',
    give: 'Give a number',
    devices: 'Devices',
  },
)

const PARTS = ['quay', 'so', 'lich-hen', 'dich-vu', 'cai-dat'] as const
type Part = (typeof PARTS)[number]

/** `/desk/hang-doi`: counters and lines of the hall now, every number of today, and which services it offers. */
export function HallPage() {
  const w = useWords(words)
  const me = useMe()
  const [read, write] = useAddress()
  const go = useGo()
  const [giving, setGiving] = useState(false)
  const centre = useChosenCentre()
  const part = PARTS.find((one) => one === read('phan')) ?? 'quay'
  useHallEvents(centre === me.centre ? null : centre)
  const hall = useOperation(
    getFloor,
    { centre },
    { enabled: centre !== '', refetchInterval: 30_000, keep: true },
  )
  return (
    <CentreScreen
      title={w.title}
      centre={centre}
      actions={
        <>
          <Button icon={Printer} onClick={() => go(`/desk/thiet-bi?trung-tam=${centre}`)}>
            {w.devices}
          </Button>
          {hall.data?.may.serve || hall.data?.may.order ? (
            <Button icon={Ticket} onClick={() => setGiving(true)}>
              {w.give}
            </Button>
          ) : null}
        </>
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
              { value: 'cai-dat', label: w.settings },
            ]}
            onChange={(phan) => write({ phan: phan === 'quay' ? '' : phan })}
          >
            <div className={parts.part}>
              {part === 'quay' ? <CountersTab hall={data} /> : null}
              {part === 'so' ? <TicketsTab hall={data} /> : null}
              {part === 'lich-hen' ? <AppointmentsTab hall={data} /> : null}
              {part === 'dich-vu' ? <ServicesTab centre={centre} /> : null}
              {part === 'cai-dat' ? <SettingsTab floor={data} /> : null}
            </div>
          </Tabs>
        )}
      </Loaded>
      {giving && hall.data ? <GiveNumberSheet hall={hall.data} onClose={() => setGiving(false)} /> : null}
    </CentreScreen>
  )
}
