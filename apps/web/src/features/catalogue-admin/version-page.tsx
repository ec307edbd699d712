import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  getProcedureAdministration,
  getProcedureVersion,
  type ProcedureDetail,
  type VersionRow,
} from '#modules/catalogue/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { durationWords } from '../administration/durations.ts'
import { Card, Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { VersionSheet, type VersionStep } from './version-sheets.tsx'
import { VERSION_TONE, VersionActions } from './versions-tab.tsx'

const words = catalogue(
  {
    title: 'Đọc phiên bản',
    content: 'Nội dung của phiên bản này',
    decision: 'Quyết định',
    field: 'Lĩnh vực',
    levels: 'Cấp',
    agency: 'Cơ quan thực hiện',
    objects: 'Đối tượng',
    results: 'Kết quả',
    basis: 'Căn cứ',
    flags: 'Cần xem lại',
    time: 'Thời hạn',
    originals: (n: number | null, m: number | null) => `${n ?? '?'} chính, ${m ?? '?'} sao`,
    actions: 'Việc làm được',
  },
  {
    title: 'Read a version',
    content: 'What this version says',
    decision: 'Decision',
    field: 'Field',
    levels: 'Level',
    agency: 'Agency',
    objects: 'For',
    results: 'Results',
    basis: 'Legal basis',
    flags: 'To be reviewed',
    time: 'Limit',
    originals: (n: number | null, m: number | null) => `${n ?? '?'} originals, ${m ?? '?'} copies`,
    actions: 'What can be done',
  },
)

/** `/desk/danh-muc/phien-ban/:id`: the whole of one version, to be read before it is checked or published. */
export function VersionPage() {
  const w = useWords(words)
  const { id = '' } = useParams({ strict: false })
  const query = useOperation(getProcedureVersion, { id })
  const code = query.data?.code
  return (
    <DeskScreen
      title={w.title}
      header={
        <div>
          {code ? <AppLink href={`/desk/danh-muc/${code}?muc=versions`}>{code}</AppLink> : null}
          <h1 className={styles.title}>{query.data?.name ?? w.title}</h1>
        </div>
      }
    >
      <Loaded query={query} shape="lines">
        {(version) => (
          <div className={styles.split}>
            <Content version={version} />
            <Steps id={id} code={version.code} />
          </div>
        )}
      </Loaded>
    </DeskScreen>
  )
}

function Steps({ id, code }: { id: string; code: string }) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const behind = useOperation(getProcedureAdministration, { code })
  const [step, setStep] = useState<{ step: VersionStep; version: VersionRow }>()
  return (
    <Loaded query={behind} shape="lines">
      {({ versions }) => {
        const row = versions.find((one) => one.id === id)
        if (!row) return null
        return (
          <Card title={w.actions} actions={<Chip tone={VERSION_TONE[row.state]}>{cw.state[row.state]}</Chip>}>
            <div className={styles.stack}>
              <Facts
                facts={[
                  {
                    label: w.decision,
                    value: [row.decisionNo, row.decisionDate && formatDate(row.decisionDate)]
                      .filter(Boolean)
                      .join(', '),
                  },
                ]}
              />
              <VersionActions version={row} onStep={setStep} />
            </div>
            {step ? <VersionSheet {...step} onClose={() => setStep(undefined)} /> : null}
          </Card>
        )
      }}
    </Loaded>
  )
}

function Content({ version }: { version: ProcedureDetail }) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { language } = useLanguage()
  return (
    <div className={styles.stack}>
      <Card title={w.content}>
        <Facts
          facts={[
            { label: w.field, value: version.field },
            { label: w.levels, value: version.levels.map((level) => cw.level[level]).join(', ') },
            { label: w.agency, value: version.agency },
            { label: w.objects, value: version.objects.join('; ') },
            { label: w.results, value: version.results.map(({ name }) => name).join('; ') },
            {
              label: w.time,
              value: version.methods
                .map(
                  ({ channel, duration }) =>
                    `${cw.channel[channel]}: ${duration ? durationWords(duration, language) : '?'}`,
                )
                .join('; '),
            },
            { label: w.basis, value: version.legalBasis.join('; ') },
            { label: w.flags, value: version.flags.map((flag) => cw.flag[flag] ?? flag).join('; ') },
          ]}
        />
      </Card>
      {version.cases.map((one) => (
        <Card key={one.id} title={one.name}>
          <ol className={styles.fields}>
            {one.components.map((paper) => (
              <li key={paper.id}>
                {paper.name}{' '}
                <span className={styles.muted}>({w.originals(paper.originals, paper.copies)})</span>
              </li>
            ))}
          </ol>
        </Card>
      ))}
    </div>
  )
}
