import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { listVersionsInPreparation, type VersionRow } from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { VersionSheet, type VersionStep } from './version-sheets.tsx'
import { VERSION_TONE, VersionActions } from './versions-tab.tsx'

const words = catalogue(
  {
    title: 'Chờ kiểm tra, công bố',
    back: 'Danh mục',
    empty: 'Không có bản nháp nào đang chờ.',
    code: 'Mã',
    name: 'Thủ tục',
    state: 'Trạng thái',
    decision: 'Quyết định',
    created: 'Soạn lúc',
    actions: 'Việc làm được',
  },
  {
    title: 'Waiting for check or publication',
    back: 'Catalogue',
    empty: 'No draft is waiting.',
    code: 'Code',
    name: 'Procedure',
    state: 'State',
    decision: 'Decision',
    created: 'Written',
    actions: 'What can be done',
  },
)

/** `/desk/danh-muc/cho-cong-bo`: what a second person has to read. */
export function PreparationPage() {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const waiting = useOperation(listVersionsInPreparation, { limit: 500 })
  const [step, setStep] = useState<{ step: VersionStep; version: VersionRow }>()
  return (
    <DeskScreen
      title={w.title}
      header={
        <div>
          <AppLink href="/desk/danh-muc">{w.back}</AppLink>
          <h1 className={styles.title}>{w.title}</h1>
        </div>
      }
    >
      <Loaded query={waiting}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={ListChecks}
              title={w.empty}
              action={<AppLink href="/desk/danh-muc">{w.back}</AppLink>}
            />
          ) : (
            <Card title={w.title}>
              <DataTable
                label={w.title}
                items={items}
                keyOf={({ id }) => id}
                columns={[
                  { id: 'code', head: w.code, cell: ({ code }) => <span className="n">{code}</span> },
                  {
                    id: 'name',
                    head: w.name,
                    names: true,
                    cell: ({ id, name }) => <AppLink href={`/desk/danh-muc/phien-ban/${id}`}>{name}</AppLink>,
                  },
                  {
                    id: 'state',
                    head: w.state,
                    keep: true,
                    cell: ({ state }) => <Chip tone={VERSION_TONE[state]}>{cw.state[state]}</Chip>,
                  },
                  { id: 'decision', head: w.decision, cell: ({ decisionNo }) => decisionNo ?? '—' },
                  { id: 'created', head: w.created, cell: ({ createdAt }) => formatMoment(createdAt) },
                  {
                    id: 'actions',
                    head: w.actions,
                    actions: true,
                    cell: (version) => <VersionActions version={version} onStep={setStep} />,
                  },
                ]}
              />
            </Card>
          )
        }
      </Loaded>
      {step ? (
        <VersionSheet step={step.step} version={step.version} onClose={() => setStep(undefined)} />
      ) : null}
    </DeskScreen>
  )
}
