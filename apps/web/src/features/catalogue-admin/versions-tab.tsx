import { FilePlus2 } from 'lucide-react'
import { useState } from 'react'
import type { ProcedureDetail, VersionRow } from '#modules/catalogue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { formatDate, formatMoment } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import type { Tone } from '../../ui/status/status-table.ts'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { DraftSheet } from './draft-sheet.tsx'
import { VersionSheet, type VersionStep } from './version-sheets.tsx'

const words = catalogue(
  {
    title: 'Các phiên bản',
    draft: 'Soạn phiên bản mới',
    state: 'Trạng thái',
    decision: 'Quyết định',
    from: 'Hiệu lực',
    created: 'Soạn lúc',
    actions: 'Việc làm được',
    noDecision: 'không ghi số',
    since: 'từ trước',
    until: (date: string) => `đến trước ${date}`,
    open: 'nay',
    notYet: 'chưa định',
    mine: 'Ông/bà soạn: người khác kiểm tra và công bố',
    read: 'Đọc',
    check: 'Kiểm tra xong',
    publish: 'Công bố',
    repeal: 'Bãi bỏ',
  },
  {
    title: 'Versions',
    draft: 'Write a new version',
    state: 'State',
    decision: 'Decision',
    from: 'In force',
    created: 'Written',
    actions: 'What can be done',
    noDecision: 'no number',
    since: 'from before',
    until: (date: string) => `until before ${date}`,
    open: 'now',
    notYet: 'not set',
    mine: 'Written by you: somebody else checks and publishes',
    read: 'Read',
    check: 'Confirm the check',
    publish: 'Publish',
    repeal: 'Repeal',
  },
)

export const VERSION_TONE: Record<VersionRow['state'], Tone> = {
  DRAFT: 'tro',
  CHECKED: 'cham',
  PUBLISHED: 'ngoc',
  AMENDED: 'tro',
  REPEALED: 'son',
}

type Step = { step: VersionStep; version: VersionRow }

/** The steps that the rules of a version leave to this person: nobody checks or publishes what they wrote. */
export function VersionActions({ version, onStep }: { version: VersionRow; onStep: (step: Step) => void }) {
  const w = useWords(words)
  const step: VersionStep | undefined =
    version.state === 'PUBLISHED'
      ? version.effectiveTo === null
        ? 'repeal'
        : undefined
      : version.mine
        ? undefined
        : version.state === 'DRAFT'
          ? 'check'
          : version.state === 'CHECKED'
            ? 'publish'
            : undefined
  const waits = version.mine && (version.state === 'DRAFT' || version.state === 'CHECKED')
  return (
    <>
      {waits ? <span className={styles.muted}>{w.mine}</span> : null}
      {step ? (
        <Button look={step === 'repeal' ? 'danger' : 'outline'} onClick={() => onStep({ step, version })}>
          {w[step]}
        </Button>
      ) : null}
    </>
  )
}

export function VersionsTab({
  code,
  versions,
  procedure,
}: {
  code: string
  versions: readonly VersionRow[]
  procedure?: ProcedureDetail
}) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const [step, setStep] = useState<Step>()
  const [drafting, setDrafting] = useState(false)
  return (
    <Card
      title={w.title}
      actions={
        <Button icon={FilePlus2} onClick={() => setDrafting(true)}>
          {w.draft}
        </Button>
      }
    >
      <DataTable
        label={w.title}
        items={versions}
        keyOf={({ id }) => id}
        dim={({ state }) => state === 'AMENDED' || state === 'REPEALED'}
        columns={[
          {
            id: 'state',
            head: w.state,
            keep: true,
            names: true,
            cell: ({ state }) => <Chip tone={VERSION_TONE[state]}>{cw.state[state]}</Chip>,
          },
          {
            id: 'decision',
            head: w.decision,
            cell: ({ decisionNo, decisionDate }) =>
              [decisionNo ?? w.noDecision, decisionDate && formatDate(decisionDate)]
                .filter(Boolean)
                .join(', '),
          },
          {
            id: 'from',
            head: w.from,
            cell: ({ state, effectiveFrom, effectiveTo }) =>
              state === 'DRAFT' || state === 'CHECKED'
                ? w.notYet
                : `${effectiveFrom ? formatDate(effectiveFrom) : w.since} – ${
                    effectiveTo ? w.until(formatDate(effectiveTo)) : w.open
                  }`,
          },
          { id: 'created', head: w.created, cell: ({ createdAt }) => formatMoment(createdAt) },
          {
            id: 'read',
            head: w.read,
            cell: ({ id }) => <AppLink href={`/desk/danh-muc/phien-ban/${id}`}>{w.read}</AppLink>,
          },
          {
            id: 'actions',
            head: w.actions,
            actions: true,
            cell: (version) => <VersionActions version={version} onStep={setStep} />,
          },
        ]}
      />
      {step ? (
        <VersionSheet step={step.step} version={step.version} onClose={() => setStep(undefined)} />
      ) : null}
      {drafting ? <DraftSheet code={code} procedure={procedure} onClose={() => setDrafting(false)} /> : null}
    </Card>
  )
}
