import { Download, FileUp, Printer } from 'lucide-react'
import { useState } from 'react'
import {
  getPaperTemplate,
  getPaperTemplateSource,
  listPaperTemplates,
  type PaperExample,
  type PaperTemplateRow,
  type PaperTemplateVersion,
  previewPaperTemplate,
} from '#modules/documents/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { addressOf } from '../../api/call.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { PublishSheet, UploadSheet, WithdrawSheet } from './template-sheets.tsx'
import { periodOf, STANDING_TONE, standingOf, templateWords } from './template-words.ts'

const words = catalogue(
  {
    title: 'Mẫu giấy tờ',
    list: 'Mẫu giấy tờ',
    all: 'Tất cả các mẫu',
    name: 'Tên mẫu, căn cứ',
    page: 'Khổ giấy',
    version: 'Bản',
    since: 'Từ ngày',
    drafts: (n: number) => `${n} bản nháp`,
    waits: 'Chờ công bố',
    upload: 'Tải lên phiên bản mới',
    document: 'Căn cứ',
    wording: 'Lời văn theo',
    next: 'Sắp hiệu lực',
    nextWords: (n: number, day: string) => `phiên bản ${n}, từ ${day}`,
    preview: 'Xem thử bản đang dùng',
    usual: 'Giấy thường gặp',
    long: 'Tên dài, nhiều dòng',
    bare: 'Thiếu phần không bắt buộc',
    versions: 'Các phiên bản',
    see: 'Xem thử',
    seeOf: (n: number) => `Xem thử phiên bản ${n}`,
    source: 'Tải về',
    sourceOf: (n: number) => `Tải về phiên bản ${n}`,
    publish: 'Công bố',
    withdraw: 'Thu hồi',
    mine: 'Bạn soạn bản này, người khác công bố.',
    none: 'Chưa có mẫu nào.',
    move: 'lên, xuống',
  },
  {
    title: 'Forms',
    list: 'Forms',
    all: 'All forms',
    name: 'Title, legal basis',
    page: 'Paper',
    version: 'Version',
    since: 'Since',
    drafts: (n: number) => `${n} drafts`,
    waits: 'To be published',
    upload: 'Upload a new version',
    document: 'Legal basis',
    wording: 'Wording from',
    next: 'Coming',
    nextWords: (n: number, day: string) => `version ${n}, from ${day}`,
    preview: 'Preview of the version in force',
    usual: 'A usual paper',
    long: 'Long names, many lines',
    bare: 'Nothing that may be left out',
    versions: 'Versions',
    see: 'Preview',
    seeOf: (n: number) => `Preview version ${n}`,
    source: 'Download',
    sourceOf: (n: number) => `Download version ${n}`,
    publish: 'Publish',
    withdraw: 'Withdraw',
    mine: 'You wrote it; somebody else publishes it.',
    none: 'There is no form yet.',
    move: 'up, down',
  },
)

const EXAMPLES: readonly PaperExample[] = ['usual', 'long', 'bare']

const show = (
  { kind, version }: Pick<PaperTemplateVersion, 'kind' | 'version'>,
  example: PaperExample = 'usual',
): void => {
  window.open(addressOf(previewPaperTemplate, { kind, version, example }), '_blank', 'noopener')
}

/** `/desk/mau-giay`: every form that can be printed, its legal basis, versions and previews. */
export function TemplatesPage() {
  const w = useWords(words)
  const [read, write] = useAddress()
  const query = useOperation(listPaperTemplates, {})
  const items = query.data?.items ?? []
  const active = items.find(({ kind }) => kind === read('mau')) ?? items[0]
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
        </div>
      }
      keys={[{ keys: ['J', 'K'], label: w.move }]}
    >
      <div className={styles.tall}>
        <div className={styles.grow}>
          <Loaded query={query}>
            {() => (
              <ListWithPreview
                list={
                  <WorkList<PaperTemplateRow>
                    label={w.list}
                    groups={[{ id: 'all', label: w.all, items }]}
                    columns={[
                      {
                        id: 'name',
                        head: w.name,
                        width: 'minmax(0, 1fr)',
                        cell: ({ title, legalBasis }) => (
                          <TwoLines title={title} detail={legalBasis.document} />
                        ),
                      },
                      { id: 'page', head: w.page, width: '84px', cell: ({ page }) => page },
                      {
                        id: 'version',
                        head: w.version,
                        width: '56px',
                        cell: ({ inForce }) => <span className="n">{inForce?.version ?? '—'}</span>,
                      },
                      {
                        id: 'drafts',
                        head: w.waits,
                        width: '120px',
                        cell: ({ drafts }) =>
                          drafts > 0 ? <Chip tone="nghe">{w.drafts(drafts)}</Chip> : null,
                      },
                    ]}
                    keyOf={({ kind }) => kind}
                    nameOf={({ title }) => title}
                    active={active?.kind}
                    onActive={(mau) => write({ mau })}
                    onOpen={({ inForce, kind }) => inForce && show({ kind, version: inForce.version })}
                    empty={<EmptyState icon={Printer} title={w.none} />}
                  />
                }
                preview={active ? <TemplatePanel key={active.kind} template={active} /> : null}
              />
            )}
          </Loaded>
        </div>
      </div>
    </DeskScreen>
  )
}

type Opened =
  | { sheet: 'upload' }
  | { sheet: 'publish'; version: PaperTemplateVersion }
  | { sheet: 'withdraw'; version: PaperTemplateVersion }

function TemplatePanel({ template }: { template: PaperTemplateRow }) {
  const w = useWords(words)
  const [opened, setOpened] = useState<Opened>()
  const query = useOperation(getPaperTemplate, { kind: template.kind }, { keep: true })
  const { kind, inForce, next, legalBasis } = template
  const close = (): void => setOpened(undefined)
  return (
    <div className={styles.stack}>
      <h2 className={styles.title}>{template.title}</h2>
      <Facts
        facts={[
          { label: w.document, value: legalBasis.document },
          { label: w.wording, value: legalBasis.wordingFrom },
          inForce && { label: w.since, value: formatDate(inForce.effectiveFrom) },
          next && { label: w.next, value: w.nextWords(next.version, formatDate(next.effectiveFrom)) },
        ]}
      />
      {inForce ? (
        <div>
          <p className={styles.label}>{w.preview}</p>
          <div className={styles.row}>
            {EXAMPLES.map((example) => (
              <Button
                key={example}
                icon={Printer}
                onClick={() => show({ kind, version: inForce.version }, example)}
              >
                {w[example]}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
      <Loaded query={query} shape="lines">
        {({ versions }) => <Versions versions={versions} onOpen={setOpened} />}
      </Loaded>
      <div className={styles.row}>
        <Button look="main" icon={FileUp} onClick={() => setOpened({ sheet: 'upload' })}>
          {w.upload}
        </Button>
      </div>
      {opened?.sheet === 'upload' ? <UploadSheet template={template} onClose={close} /> : null}
      {opened?.sheet === 'publish' ? <PublishSheet version={opened.version} onClose={close} /> : null}
      {opened?.sheet === 'withdraw' ? <WithdrawSheet version={opened.version} onClose={close} /> : null}
    </div>
  )
}

function Versions({
  versions,
  onOpen,
}: {
  versions: readonly PaperTemplateVersion[]
  onOpen: (opened: Opened) => void
}) {
  const w = useWords(words)
  const tw = useWords(templateWords)
  const today = localDateOf(new Date())
  return (
    <section aria-label={w.versions}>
      <p className={styles.label}>{w.versions}</p>
      <ul className={styles.stack}>
        {versions.map((one) => (
          <li key={one.version} className={one.state === 'withdrawn' ? styles.dim : undefined}>
            <p className={styles.row}>
              <strong>{tw.version(one.version)}</strong>
              <Chip tone={STANDING_TONE[standingOf(one, today)]}>{tw[standingOf(one, today)]}</Chip>
            </p>
            <p className={styles.muted}>
              {[
                periodOf(one),
                one.shipped ? tw.shipped : [one.author, one.publisher].filter(Boolean).join(', '),
              ]
                .filter((part) => part !== '—')
                .join(' · ')}
            </p>
            {one.state === 'draft' && one.mine ? <p className={styles.muted}>{w.mine}</p> : null}
            <VersionActions version={one} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type VersionProps = { version: PaperTemplateVersion; onOpen: (opened: Opened) => void }

function VersionActions({ version: one, onOpen }: VersionProps) {
  const w = useWords(words)
  const { kind, version } = one
  return (
    <div className={styles.row}>
      <Button icon={Printer} aria-label={w.seeOf(version)} onClick={() => show(one)}>
        {w.see}
      </Button>
      <Button
        icon={Download}
        aria-label={w.sourceOf(version)}
        onClick={() =>
          window.open(addressOf(getPaperTemplateSource, { kind, version }), '_blank', 'noopener')
        }
      >
        {w.source}
      </Button>
      {one.state === 'draft' && !one.mine ? (
        <Button look="main" onClick={() => onOpen({ sheet: 'publish', version: one })}>
          {w.publish}
        </Button>
      ) : null}
      {one.state === 'withdrawn' || one.effectiveTo !== null ? null : (
        <Button look="danger" onClick={() => onOpen({ sheet: 'withdraw', version: one })}>
          {w.withdraw}
        </Button>
      )}
    </div>
  )
}
