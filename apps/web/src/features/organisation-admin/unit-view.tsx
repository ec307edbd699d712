import { PencilLine } from 'lucide-react'
import { useState } from 'react'
import type { Role } from '#modules/identity/contract.ts'
import type { UnitView as Unit } from '#modules/organisation/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Card, Facts } from '../administration/layout.tsx'
import { useMe } from '../session/me.tsx'
import { CountersTab } from './counters-tab.tsx'
import { MandatesTab } from './mandates-tab.tsx'
import { OnSiteTab } from './on-site-tab.tsx'
import { organisationWords } from './organisation-words.ts'
import { SecondmentsTab } from './secondments-tab.tsx'
import { StaffTab } from './staff-tab.tsx'
import { UnitSheet } from './unit-sheet.tsx'

const words = catalogue(
  {
    tabs: 'Phần của đơn vị',
    facts: 'Thông tin',
    staff: 'Cán bộ',
    counters: 'Quầy',
    secondments: 'Biệt phái',
    'on-site': 'Làm tại Trung tâm',
    mandates: 'Giao ký',
    running: 'Đang hoạt động',
    ended: 'Đã kết thúc',
    short: 'Tên ngắn',
    kind: 'Loại',
    level: 'Cấp',
    parent: 'Trực thuộc',
    identifier: 'Mã định danh',
    inherited: (code: string) => `${code} (của cấp trên)`,
    legacy: 'Mã cũ',
    admin: 'Mã địa bàn',
    central: 'Ngành dọc của',
    from: 'Từ ngày',
    to: 'Đến hết ngày',
    former: 'Tên cũ',
    until: (name: string, date: string) => `${name} (đến ${date})`,
    before: 'Tiền thân',
    after: 'Kế tiếp',
    succession: (name: string, date: string, part: boolean) => `${name}, ${date}${part ? ', một phần' : ''}`,
    source: 'Độ tin cậy',
    note: 'Ghi chú',
    edit: 'Sửa tên, mã',
  },
  {
    tabs: 'Parts of the unit',
    facts: 'Facts',
    staff: 'Officers',
    counters: 'Counters',
    secondments: 'Secondments',
    'on-site': 'Done at the centre',
    mandates: 'Who signs',
    running: 'In operation',
    ended: 'Ended',
    short: 'Short name',
    kind: 'Kind',
    level: 'Level',
    parent: 'Part of',
    identifier: 'Identifier',
    inherited: (code: string) => `${code} (from above)`,
    legacy: 'Former code',
    admin: 'Code of the place',
    central: 'Branch of',
    from: 'From',
    to: 'Until the end of',
    former: 'Former names',
    until: (name: string, date: string) => `${name} (until ${date})`,
    before: 'Came from',
    after: 'Followed by',
    succession: (name: string, date: string, part: boolean) => `${name}, ${date}${part ? ', in part' : ''}`,
    source: 'Confidence',
    note: 'Note',
    edit: 'Change name or identifier',
  },
)

const TABS = ['facts', 'counters', 'staff', 'secondments', 'on-site', 'mandates'] as const
type TabName = (typeof TABS)[number]
const OF_CENTRES: readonly TabName[] = ['counters', 'secondments', 'on-site']
/** Who may know who signs; the server asks where in the tree. */
const KNOWS_SIGNING: readonly Role[] = [
  'UNIT_ADMIN',
  'SYSTEM_ADMIN',
  'CENTRE_DIRECTOR',
  'SUPERVISOR',
  'AUDITOR',
  'AGENCY_LEAD',
]

/** One unit; a centre also has counters and officers sent to it. */
export function UnitView({ unit, onShow }: { unit: Unit; onShow: (id: string) => void }) {
  const w = useWords(words)
  const [read, write] = useAddress()
  const { grants } = useMe()
  const knowsSigning = grants.some(({ role }) => KNOWS_SIGNING.includes(role))
  const tabs = TABS.filter(
    (tab) => (unit.kind === 'centre' || !OF_CENTRES.includes(tab)) && (tab !== 'mandates' || knowsSigning),
  )
  const tab = tabs.find((one) => one === read('muc')) ?? 'facts'
  // Where in the tree the right holds, the server knows; who has none at all is not shown the buttons.
  const mayChange = grants.some(({ role }) => role === 'UNIT_ADMIN' || role === 'SYSTEM_ADMIN')
  return (
    <>
      <div className={styles.row}>
        <h2 className={styles.title}>{unit.name}</h2>
        <Chip tone={unit.inForce ? 'ngoc' : 'tro'}>{unit.inForce ? w.running : w.ended}</Chip>
      </div>
      <Tabs
        label={w.tabs}
        tabs={tabs.map((value) => ({ value, label: w[value] }))}
        value={tab}
        onChange={(muc) => write({ muc })}
      >
        <div className={styles.panel}>
          {tab === 'facts' ? (
            <FactsCard unit={unit} mayChange={mayChange} onShow={onShow} />
          ) : tab === 'counters' ? (
            <CountersTab centre={unit.id} mayChange={mayChange} />
          ) : tab === 'staff' ? (
            <StaffTab unit={unit} mayChange={mayChange} />
          ) : tab === 'secondments' ? (
            <SecondmentsTab centre={unit.id} mayChange={mayChange} />
          ) : tab === 'on-site' ? (
            <OnSiteTab centre={unit.id} />
          ) : (
            <MandatesTab unit={unit.id} />
          )}
        </div>
      </Tabs>
    </>
  )
}

function FactsCard({
  unit,
  mayChange,
  onShow,
}: {
  unit: Unit
  mayChange: boolean
  onShow: (id: string) => void
}) {
  const w = useWords(words)
  const ow = useWords(organisationWords)
  const [editing, setEditing] = useState(false)
  const neighbours = (list: Unit['successors']) =>
    list.length === 0
      ? null
      : list.map(({ id, name, date, partial }) => (
          <div key={id}>
            <Button look="quiet" onClick={() => onShow(id)}>
              {w.succession(name, formatDate(date), partial)}
            </Button>
          </div>
        ))
  const own = unit.identifier ?? (unit.effectiveIdentifier && w.inherited(unit.effectiveIdentifier))
  return (
    <Card
      title={w.facts}
      actions={
        mayChange ? (
          <Button icon={PencilLine} onClick={() => setEditing(true)}>
            {w.edit}
          </Button>
        ) : null
      }
    >
      <Facts
        facts={[
          { label: w.short, value: unit.shortName },
          { label: w.kind, value: ow.kind[unit.kind] },
          { label: w.level, value: ow.level[unit.level] },
          {
            label: w.parent,
            value: unit.ancestors.length > 0 ? unit.ancestors.map(({ name }) => name).join(' › ') : null,
          },
          { label: w.identifier, value: own && <span className="n">{own}</span> },
          { label: w.legacy, value: unit.legacyIdentifier },
          { label: w.admin, value: unit.adminCode && <span className="n">{unit.adminCode}</span> },
          { label: w.central, value: unit.centralBody },
          { label: w.from, value: unit.validFrom && formatDate(unit.validFrom) },
          { label: w.to, value: unit.validTo && formatDate(unit.validTo) },
          {
            label: w.former,
            value: unit.formerNames.map(({ name, until }) => w.until(name, formatDate(until))).join('; '),
          },
          { label: w.before, value: neighbours(unit.predecessors) },
          { label: w.after, value: neighbours(unit.successors) },
          { label: w.source, value: ow.confidence[unit.confidence] },
          { label: w.note, value: unit.note },
        ]}
      />
      {editing ? <UnitSheet unit={unit} onClose={() => setEditing(false)} /> : null}
    </Card>
  )
}
