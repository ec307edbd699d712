import { useParams } from '@tanstack/react-router'
import { ChevronDown, ChevronUp, CircleHelp, Copy, FileQuestionMark, Printer } from 'lucide-react'
import { useState } from 'react'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import { type DossierView, getDossier } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { useGo } from '../../surfaces/desk/go.ts'
import { keptWalk } from '../../surfaces/desk/kept.ts'
import { Button, IconButton } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { explanationOf } from '../../ui/due/date-explanation.ts'
import { DateReasons } from '../../ui/due/why-this-date.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { Key } from '../../ui/key/key.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip, StatusChip } from '../../ui/status/chip.tsx'
import { PaceChip } from '../../ui/status/due-chip.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { ConsultationsCard } from '../consultations/consultations-card.tsx'
import { dueInFull } from '../tasks/due-text.ts'
import { ActionColumn } from './action-column.tsx'
import styles from './dossier.module.css'
import {
  OpinionsCard,
  PapersTable,
  PrintsCard,
  ProcessCard,
  ResultCard,
  TimelineCard,
} from './dossier-parts.tsx'
import { GroupCard, ParentLink } from './group-card.tsx'
import { HandsCard } from './hands-card.tsx'
import { LatenessCard } from './lateness-card.tsx'
import { OfficialName } from './official-name.tsx'
import { PeopleCard } from './people-card.tsx'

const words = catalogue(
  {
    title: (code: string) => `Hồ sơ ${code}`,
    copy: 'Chép mã hồ sơ',
    copied: (code: string) => `Đã chép mã ${code}.`,
    abroad: 'Phi địa giới',
    onSite: { appraise: 'thẩm định', approve: 'phê duyệt', seal: 'đóng dấu' },
    atCentre: (parts: string) => `Tại Trung tâm: ${parts}`,
    print: 'In',
    walk: (at: number, of: number) => `Hồ sơ ${at} / ${of}`,
    before: 'Hồ sơ trước',
    after: 'Hồ sơ sau',
    promised: 'Hẹn trả',
    noDue: NO_LIMIT_WORDS.promise.vi,
    why: 'Vì sao ngày này?',
    tabs: 'Các phần của hồ sơ',
    overview: 'Tổng quan',
    papers: 'Thành phần',
    opinions: 'Ý kiến',
    prints: 'Giấy in',
    log: 'Nhật ký',
    missing: 'Không thấy hồ sơ này, hoặc hồ sơ không thuộc phạm vi của ông/bà.',
    list: 'Về danh sách hồ sơ',
    failed: 'Chưa mở được hồ sơ',
    retry: 'Tải lại',
    neighbours: 'hồ sơ sau, trước',
    tab: 'chuyển thẻ',
  },
  {
    title: (code: string) => `Dossier ${code}`,
    copy: 'Copy the code',
    copied: (code: string) => `Code ${code} was copied.`,
    abroad: 'Non-territorial',
    onSite: { appraise: 'appraised', approve: 'approved', seal: 'sealed' },
    atCentre: (parts: string) => `At the centre: ${parts}`,
    print: 'Print',
    walk: (at: number, of: number) => `Dossier ${at} / ${of}`,
    before: 'Former dossier',
    after: 'Next dossier',
    promised: 'Promised',
    noDue: NO_LIMIT_WORDS.promise.en,
    why: 'Why this date?',
    tabs: 'Parts of the dossier',
    overview: 'Overview',
    papers: 'Papers',
    opinions: 'Opinions',
    prints: 'Forms',
    log: 'History',
    missing: 'This dossier does not exist, or it is beyond your reach.',
    list: 'To the list of dossiers',
    failed: 'The dossier could not be opened',
    retry: 'Load again',
    neighbours: 'next, former dossier',
    tab: 'switch tabs',
  },
)

const TABS = ['overview', 'papers', 'opinions', 'prints', 'log'] as const
type TabName = (typeof TABS)[number]

export function DossierPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const params = useParams({ strict: false })
  const code = String(params.code ?? '').toUpperCase()
  const dossier = useOperation(getDossier, { code }, { refetchInterval: 60_000 })
  if (dossier.data) return <DossierScreen key={dossier.data.code} dossier={dossier.data} />
  const unknown = isProblem(dossier.error) && ['not-found', 'invalid'].includes(dossier.error.kind)
  return (
    <DeskScreen title={w.title(code)}>
      {unknown ? (
        <EmptyState
          icon={FileQuestionMark}
          title={w.missing}
          action={<AppLink href="/desk/ho-so">{w.list}</AppLink>}
        />
      ) : dossier.error ? (
        <ErrorSummary
          title={w.failed}
          problems={[{ message: messageOf(dossier.error, language) }]}
          action={<Button onClick={() => void dossier.refetch()}>{w.retry}</Button>}
        />
      ) : (
        <Loading>
          <SkeletonLines />
          <SkeletonRows />
        </Loading>
      )}
    </DeskScreen>
  )
}

function DossierScreen({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const go = useGo()
  const [tab, setTab] = useState<TabName>('overview')
  const [whyOpen, setWhyOpen] = useState(false)
  const walk = keptWalk()
  const at = walk.codes.indexOf(dossier.code)
  const before = at > 0 ? walk.codes[at - 1] : undefined
  const after = at >= 0 ? walk.codes[at + 1] : undefined
  const open = (code: string | undefined): void => {
    if (code) go(`/desk/ho-so/${code}`)
  }
  useShortcuts([
    { keys: 'j', label: w.after, run: () => open(after), when: after !== undefined },
    { keys: 'k', label: w.before, run: () => open(before), when: before !== undefined },
    { keys: 'v', label: w.why, run: () => setWhyOpen(true) },
    { keys: 'p', label: w.print, run: () => setTab('prints') },
    ...TABS.map((name, index) => ({ keys: String(index + 1), label: w[name], run: () => setTab(name) })),
  ])
  const { deadline } = dossier
  return (
    <DeskScreen
      title={w.title(dossier.code)}
      header={
        <DossierHeader
          dossier={dossier}
          onWhy={() => setWhyOpen(true)}
          onPrint={() => setTab('prints')}
          walk={
            at >= 0 && walk.of > 1 ? (
              <>
                <span className={`${desk.small} n`}>{w.walk(walk.skipped + at + 1, walk.of)}</span>
                <IconButton
                  icon={ChevronUp}
                  label={w.before}
                  aria-disabled={before === undefined || undefined}
                  onClick={() => open(before)}
                />
                <IconButton
                  icon={ChevronDown}
                  label={w.after}
                  aria-disabled={after === undefined || undefined}
                  onClick={() => open(after)}
                />
              </>
            ) : null
          }
        />
      }
      keys={[
        ...(at >= 0 && walk.of > 1 ? [{ keys: ['J', 'K'], label: w.neighbours }] : []),
        { keys: ['1–5'], label: w.tab },
        { keys: ['V'], label: w.why },
      ]}
    >
      <Tabs
        label={w.tabs}
        value={tab}
        onChange={setTab}
        tabs={TABS.map((name) => ({
          value: name,
          label: w[name],
          ...(name === 'papers' ? { count: dossier.components.length } : {}),
          ...(name === 'opinions' ? { count: dossier.opinions.length } : {}),
          ...(name === 'prints' ? { count: dossier.papers.length } : {}),
          ...(name === 'log' ? { count: dossier.timeline.length } : {}),
        }))}
      >
        <div className={styles.columns}>
          <div className={styles.left}>
            {tab === 'overview' ? (
              <>
                <LatenessCard dossier={dossier} />
                <ParentLink dossier={dossier} />
                <GroupCard dossier={dossier} />
                <ProcessCard dossier={dossier} />
                <ConsultationsCard dossier={dossier} />
                <HandsCard dossier={dossier} />
                <ResultCard dossier={dossier} />
                <div className={styles.pair}>
                  <div className={styles.left}>
                    <PapersTable dossier={dossier} whole={false} />
                    <OpinionsCard dossier={dossier} />
                  </div>
                  <TimelineCard dossier={dossier} />
                </div>
              </>
            ) : null}
            {tab === 'papers' ? <PapersTable dossier={dossier} whole /> : null}
            {tab === 'opinions' ? (
              <>
                <ConsultationsCard dossier={dossier} />
                <OpinionsCard dossier={dossier} />
              </>
            ) : null}
            {tab === 'prints' ? <PrintsCard dossier={dossier} /> : null}
            {tab === 'log' ? <TimelineCard dossier={dossier} /> : null}
          </div>
          <div className={styles.right}>
            <ActionColumn dossier={dossier} />
            <PeopleCard dossier={dossier} />
          </div>
        </div>
      </Tabs>
      <Dialog open={whyOpen} onClose={() => setWhyOpen(false)} title={w.why}>
        <DateReasons explanation={explanationOf(deadline)} />
      </Dialog>
    </DeskScreen>
  )
}

type HeaderProps = {
  dossier: DossierView
  walk: React.ReactNode
  onWhy: () => void
  onPrint: () => void
}

function DossierHeader({ dossier, walk, onWhy, onPrint }: HeaderProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const toast = useToast()
  const { deadline, procedure } = dossier
  const copy = (): void => {
    void navigator.clipboard?.writeText(dossier.code).then(() => toast({ message: w.copied(dossier.code) }))
  }
  return (
    <div className={styles.head}>
      <div className={styles.codes}>
        <strong className="n">{dossier.code}</strong>
        <button type="button" className={styles.copy} aria-label={w.copy} title={w.copy} onClick={copy}>
          <Copy size={16} aria-hidden="true" />
        </button>
        <StatusChip status={dossier.status} />
        <PaceChip pace={dossier.pace} words={dossier.paceWords} />
        {dossier.outcome === 'REFUSED' && dossier.status !== 'REFUSED' ? (
          <StatusChip status="REFUSED" />
        ) : null}
        {dossier.nonTerritorial ? <Chip>{w.abroad}</Chip> : null}
        {dossier.onSite.length > 0 ? (
          <Chip>{w.atCentre(dossier.onSite.map((part) => w.onSite[part]).join(', '))}</Chip>
        ) : null}
      </div>
      <div className={styles.tools}>
        <Button icon={Printer} shortcut="P" onClick={onPrint}>
          {w.print}
        </Button>
        {walk}
      </div>
      <div>
        <h1 className={desk.title}>{procedure.name}</h1>
        <OfficialName code={procedure.code} name={procedure.officialName} />
      </div>
      <div className={styles.due}>
        <span className={desk.small}>
          {w.promised} · {deadline.paceWords[language]}
        </span>
        <p className={`${styles.dueDate} n`}>{deadline.due ? dueInFull(deadline.due, language) : w.noDue}</p>
        <button type="button" className={styles.why} onClick={onWhy}>
          <CircleHelp size={16} aria-hidden="true" /> {w.why} <Key keys="V" />
        </button>
      </div>
    </div>
  )
}
