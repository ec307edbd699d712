import { useState } from 'react'
import { listHandoverSheets } from '#modules/dossiers/contract.ts'
import { useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { SelectField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { useAddress } from '../administration/address.ts'
import { CandidatesTab } from './candidates-tab.tsx'
import { SheetsTab } from './sheets-tab.tsx'
import { useHandPlaces } from './use-places.ts'
import { handoverWords } from './words.ts'

const words = catalogue(
  {
    tabs: 'Phần bàn giao',
    give: 'Cần giao',
    arriving: 'Đang đến',
    sent: 'Đã lập',
    differences: 'Chênh lệch',
    at: 'Nơi giao',
    scan: 'Quét mã phiếu để nhận, quét mã hồ sơ để chọn giao',
    upDown: 'lên, xuống',
    choose: 'chọn',
    open: 'mở phiếu',
    make: 'lập phiếu',
  },
  {
    tabs: 'Parts of the hand-over',
    give: 'To hand over',
    arriving: 'Arriving',
    sent: 'Made',
    differences: 'Differences',
    at: 'From',
    scan: 'Scan a sheet to receive it, a dossier to choose it',
    upDown: 'up, down',
    choose: 'choose',
    open: 'open the sheet',
    make: 'make sheets',
  },
)

const TABS = ['give', 'arriving', 'sent', 'differences'] as const
type Tab = (typeof TABS)[number]

/** `/desk/ban-giao`: what has to leave, what arrives, and what came otherwise than listed. */
export function HandoverPage() {
  const w = useWords(words)
  const shared = useWords(handoverWords)
  const [read, write] = useAddress()
  const places = useHandPlaces()
  const [place, setPlace] = useState<string>()
  const from = places.find(({ id }) => id === place) ?? places[0]
  const asked = TABS.find((one) => one === read('phan'))
  const tab: Tab = asked ?? (places.length > 0 ? 'give' : 'sent')
  const sheets = useOperation(
    listHandoverSheets,
    { limit: 1 },
    { staleTime: 20_000, refetchInterval: 60_000 },
  )
  const counts: Partial<Record<Tab, { value: number; capped: boolean }>> = {
    ...(sheets.data
      ? { arriving: sheets.data.counts.arriving, differences: sheets.data.counts.unsettled }
      : {}),
  }
  const pills = TABS.filter((one) => one !== 'give' || places.length > 0)
  return (
    <DeskScreen
      title={shared.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{shared.title}</h1>
          <span className={desk.aside}>{w.scan}</span>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        ...(tab === 'give'
          ? [
              { keys: ['X'], label: w.choose },
              { keys: ['Ctrl+Enter'], label: w.make },
            ]
          : [{ keys: ['Enter'], label: w.open }]),
      ]}
    >
      <div className={desk.column}>
        <fieldset className={desk.pills} aria-label={w.tabs}>
          {pills.map((one) => (
            <button
              key={one}
              type="button"
              className={desk.pill}
              aria-pressed={tab === one}
              onClick={(event) => {
                write({ phan: one })
                if (event.detail > 0) event.currentTarget.blur()
              }}
            >
              {w[one]}{' '}
              {counts[one] ? (
                <span className="n">{`${counts[one].value}${counts[one].capped ? '+' : ''}`}</span>
              ) : null}
            </button>
          ))}
          {tab === 'give' && places.length > 1 ? (
            <SelectField
              label={w.at}
              value={from?.id ?? ''}
              onChange={setPlace}
              options={places.map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null}
        </fieldset>
        {tab === 'give' && from ? <CandidatesTab key={from.id} from={from} /> : null}
        {tab === 'give' ? null : <SheetsTab key={tab} show={tab} />}
      </div>
    </DeskScreen>
  )
}
