import { useParams } from '@tanstack/react-router'
import { Download, Upload } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { ROLES } from '#modules/identity/contract.ts'
import {
  getProcess,
  getProcessPositions,
  getProcessVersion,
  type ProcessVersion,
  type ProcessVersionDetail,
} from '#modules/workflow/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { formatDate, formatMoment } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { UnitName } from '../accounts-admin/unit-name.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Card, DataTable, Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import { ImportProcessSheet } from './import-process-sheet.tsx'
import { ProcessDrawing } from './process-drawing.tsx'
import { processWords, STATE_TONE } from './process-words.ts'
import { PublishSheet, WithdrawSheet } from './version-sheets.tsx'

const words = catalogue(
  {
    back: 'Quy trình nội bộ',
    drawing: (n: number) => `Sơ đồ, bản ${n}`,
    steps: 'Các bước',
    step: 'Bước',
    role: 'Người làm',
    place: 'Nơi làm',
    hours: 'Giờ làm việc',
    action: 'Việc',
    needs: 'Cần có',
    returns: 'Trả về được',
    none: 'không',
    versions: 'Các bản',
    version: 'Bản',
    state: 'Trạng thái',
    decision: 'Quyết định',
    effective: 'Hiệu lực',
    by: 'Soạn, ban hành',
    see: 'Xem',
    seeing: 'Đang xem',
    seeOf: (n: number) => `Xem bản ${n}`,
    publish: 'Ban hành',
    withdraw: 'Bãi bỏ',
    actions: 'Việc làm được',
    import: 'Nhập bản mới',
    download: 'Tải BPMN',
    sum: 'Tổng giờ',
    of: (sum: string, limit: string) => `${sum} trên giới hạn ${limit}`,
    facts: (n: number) => `Bản ${n}`,
    created: 'Nhập lúc',
    author: 'Người nhập',
    approver: 'Người ban hành',
    from: 'Hiệu lực từ',
    to: 'Đến hết',
  },
  {
    back: 'Internal processes',
    drawing: (n: number) => `Drawing, version ${n}`,
    steps: 'Steps',
    step: 'Step',
    role: 'Done by',
    place: 'Where',
    hours: 'Working hours',
    action: 'Action',
    needs: 'Needs',
    returns: 'May return to',
    none: 'nothing',
    versions: 'Versions',
    version: 'Version',
    state: 'State',
    decision: 'Decision',
    effective: 'In force',
    by: 'Written, published by',
    see: 'See',
    seeing: 'Shown',
    seeOf: (n: number) => `See version ${n}`,
    publish: 'Publish',
    withdraw: 'Withdraw',
    actions: 'What can be done',
    import: 'Import a new version',
    download: 'Download BPMN',
    sum: 'Hours in all',
    of: (sum: string, limit: string) => `${sum} of at most ${limit}`,
    facts: (n: number) => `Version ${n}`,
    created: 'Imported',
    author: 'Imported by',
    approver: 'Published by',
    from: 'In force from',
    to: 'Until the end of',
  },
)

/** Gives the drawing as it was imported, for the analyst's own tool. */
const saveXml = ({ key, version, xml }: ProcessVersionDetail): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([xml], { type: 'application/xml' }))
  link.download = `${key.replaceAll('/', '-')}-v${version}.bpmn`
  link.click()
  URL.revokeObjectURL(link.href)
}

/** What a drawing of steps alone cannot show. */
const BEYOND_STEPS =
  /<(\w+:)?\w*(Gateway|subProcess|callActivity|boundaryEvent|CatchEvent|receiveTask|sendTask|serviceTask)\b/
const BpmnDrawing = lazy(() => import('./bpmn-drawing.tsx').then((part) => ({ default: part.BpmnDrawing })))

/** A sequence is drawn by its places; everything else as it was drawn by its author. */
function Drawing({ version }: { version: ProcessVersionDetail }) {
  const positions = useOperation(getProcessPositions, { id: version.id }, { refetchInterval: 60_000 })
  const items = positions.data?.items ?? NOWHERE
  if (!BEYOND_STEPS.test(version.xml)) return <ProcessDrawing steps={version.steps} positions={items} />
  return (
    <Suspense fallback={<div className={styles.muted}>…</div>}>
      <BpmnDrawing xml={version.xml} positions={items} />
    </Suspense>
  )
}
const NOWHERE: readonly { node: string; count: number }[] = []

/** `/desk/quy-trinh/xem/:key`: a process drawn and told step by step, with its versions. */
export function ProcessPage() {
  const w = useWords(words)
  const { _splat: key = '' } = useParams({ strict: false })
  const query = useOperation(getProcess, { key })
  const mayChange = useMe().grants.some(({ role }) => role === 'PROCESS_ADMIN')
  const [importing, setImporting] = useState(false)
  return (
    <DeskScreen
      title={query.data?.title ?? key}
      header={
        <div className={styles.header}>
          <div>
            <div className={styles.row}>
              <AppLink href="/desk/quy-trinh">{w.back}</AppLink>
              <span aria-hidden="true">/</span>
              <span className="n">{key}</span>
            </div>
            <h1 className={styles.title}>{query.data?.title ?? key}</h1>
          </div>
          <div className={styles.end}>
            {mayChange ? (
              <Button icon={Upload} onClick={() => setImporting(true)}>
                {w.import}
              </Button>
            ) : null}
          </div>
        </div>
      }
    >
      <Loaded query={query} shape="lines">
        {({ current, versions }) => (
          <Version currentId={current.id} versions={versions} mayChange={mayChange} />
        )}
      </Loaded>
      {importing ? (
        <ImportProcessSheet
          processKey={key}
          onClose={() => setImporting(false)}
          onImported={() => setImporting(false)}
        />
      ) : null}
    </DeskScreen>
  )
}

function Version({
  currentId,
  versions,
  mayChange,
}: {
  currentId: string
  versions: readonly ProcessVersion[]
  mayChange: boolean
}) {
  const w = useWords(words)
  const pw = useWords(processWords)
  const { language } = useLanguage()
  const [read, write] = useAddress()
  const [open, setOpen] = useState<{ kind: 'publish' | 'withdraw'; version: ProcessVersion }>()
  const id = versions.find((one) => one.id === read('ban'))?.id ?? currentId
  const query = useOperation(getProcessVersion, { id }, { keep: true })
  return (
    <>
      <Loaded query={query} shape="lines">
        {(version) => {
          const nameOf = (step: string): string => version.steps.find((one) => one.id === step)?.name ?? step
          return (
            <div className={styles.stack}>
              <Card
                title={w.drawing(version.version)}
                actions={<Chip tone={STATE_TONE[version.state]}>{pw.state[version.state]}</Chip>}
              >
                {version.warnings.map((warning) => (
                  <p key={warning.code} className={styles.muted}>
                    {warning[language]}
                  </p>
                ))}
                <Drawing version={version} />
              </Card>
              <div className={styles.split}>
                <Card title={w.steps}>
                  <DataTable
                    label={w.steps}
                    items={version.steps}
                    keyOf={(step) => step.id}
                    columns={[
                      {
                        id: 'step',
                        head: w.step,
                        names: true,
                        cell: (step) => (
                          <>
                            <span className="n">{version.steps.indexOf(step) + 1}.</span> {step.name}
                            {step.decisions.length > 0 ? (
                              <div className={styles.muted}>
                                {step.decisions.map(({ label }) => label).join(' / ')}
                              </div>
                            ) : null}
                            {step.compensation ? (
                              <div className={styles.muted}>{pw.undo(step.compensation)}</div>
                            ) : null}
                          </>
                        ),
                      },
                      { id: 'role', head: w.role, cell: ({ role }) => ROLES[role][language] },
                      {
                        id: 'place',
                        head: w.place,
                        cell: ({ place, agency, part }) => (
                          <>
                            {agency === null ? pw.place[place] : <UnitName id={agency} />}
                            {part ? <div className={styles.muted}>{pw.part[part]}</div> : null}
                          </>
                        ),
                      },
                      {
                        id: 'hours',
                        head: w.hours,
                        cell: ({ hours }) => (hours === null ? pw.noLimit : pw.hours(hours)),
                      },
                      { id: 'action', head: w.action, cell: ({ action }) => pw.action[action] },
                      {
                        id: 'needs',
                        head: w.needs,
                        cell: ({ requires }) => requires.map((one) => pw.requires[one]).join(', ') || w.none,
                      },
                      {
                        id: 'returns',
                        head: w.returns,
                        cell: ({ canReturnTo }) => canReturnTo.map(nameOf).join('; ') || w.none,
                      },
                    ]}
                  />
                </Card>
                <Card
                  title={w.facts(version.version)}
                  actions={
                    <Button icon={Download} onClick={() => saveXml(version)}>
                      {w.download}
                    </Button>
                  }
                >
                  <Facts
                    facts={[
                      {
                        label: w.sum,
                        value:
                          version.limitHours === null
                            ? pw.hours(version.totalHours)
                            : w.of(pw.hours(version.totalHours), pw.hours(version.limitHours)),
                      },
                      { label: w.decision, value: version.decisionNumber },
                      { label: w.from, value: version.effectiveFrom && formatDate(version.effectiveFrom) },
                      { label: w.to, value: version.effectiveTo && formatDate(version.effectiveTo) },
                      { label: w.created, value: formatMoment(version.createdAt) },
                      { label: w.author, value: version.createdBy },
                      { label: w.approver, value: version.approvedBy },
                    ]}
                  />
                </Card>
              </div>
            </div>
          )
        }}
      </Loaded>
      <div className={styles.panel}>
        <Card title={w.versions}>
          <DataTable
            label={w.versions}
            items={versions}
            keyOf={(version) => version.id}
            dim={({ state }) => state === 'withdrawn'}
            columns={[
              {
                id: 'version',
                head: w.version,
                names: true,
                cell: ({ version }) => <span className="n">{version}</span>,
              },
              {
                id: 'state',
                head: w.state,
                keep: true,
                cell: ({ state }) => <Chip tone={STATE_TONE[state]}>{pw.state[state]}</Chip>,
              },
              { id: 'decision', head: w.decision, cell: ({ decisionNumber }) => decisionNumber ?? '—' },
              {
                id: 'effective',
                head: w.effective,
                cell: ({ effectiveFrom, effectiveTo }) =>
                  effectiveFrom
                    ? `${formatDate(effectiveFrom)} – ${effectiveTo ? formatDate(effectiveTo) : ''}`
                    : '—',
              },
              {
                id: 'by',
                head: w.by,
                cell: ({ createdBy, approvedBy }) => [createdBy, approvedBy].filter(Boolean).join(', '),
              },
              {
                id: 'actions',
                head: w.actions,
                actions: true,
                cell: (version) => (
                  <>
                    {version.id === id ? (
                      <span className={styles.muted}>{w.seeing}</span>
                    ) : (
                      <Button
                        aria-label={w.seeOf(version.version)}
                        onClick={() => write({ ban: version.id })}
                      >
                        {w.see}
                      </Button>
                    )}{' '}
                    {mayChange && version.state === 'draft' ? (
                      <Button onClick={() => setOpen({ kind: 'publish', version })}>{w.publish}</Button>
                    ) : null}
                    {mayChange && version.state === 'published' ? (
                      <Button look="danger" onClick={() => setOpen({ kind: 'withdraw', version })}>
                        {w.withdraw}
                      </Button>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        </Card>
      </div>
      {open?.kind === 'publish' ? (
        <PublishSheet version={open.version} onClose={() => setOpen(undefined)} />
      ) : null}
      {open?.kind === 'withdraw' ? (
        <WithdrawSheet version={open.version} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  )
}
