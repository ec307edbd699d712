import { useParams } from '@tanstack/react-router'
import type { ProcedureDetail } from '#modules/catalogue/contract.ts'
import { getProcedure, getProcedureAdministration } from '#modules/catalogue/contract.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Card, Facts } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { LimitsTab } from './limits-tab.tsx'
import { NamesForm } from './names-form.tsx'
import { PapersTab } from './papers-tab.tsx'
import { VersionsTab } from './versions-tab.tsx'

const words = catalogue(
  {
    back: 'Danh mục',
    tabs: 'Phần của thủ tục',
    names: 'Tên gọi',
    limits: 'Thời hạn',
    papers: 'Giấy tờ',
    versions: 'Phiên bản',
    facts: 'Bản đang hiệu lực',
    field: 'Lĩnh vực',
    levels: 'Cấp',
    ministry: 'Bộ, ngành',
    agency: 'Cơ quan thực hiện',
    authority: 'Cơ quan có thẩm quyền',
    results: 'Kết quả',
    decision: 'Quyết định',
    from: 'Hiệu lực từ',
    to: 'Hết hiệu lực',
    since: 'trước ngày đọc nguồn',
    source: 'Nguồn',
    flags: 'Cần xem lại',
    citizen: 'Trang của người dân',
    notInForce: 'Thủ tục này chưa có bản nào đang hiệu lực; chỉ có các phiên bản dưới đây.',
  },
  {
    back: 'Catalogue',
    tabs: 'Parts of the procedure',
    names: 'Names',
    limits: 'Limits',
    papers: 'Papers',
    versions: 'Versions',
    facts: 'The version in force',
    field: 'Field',
    levels: 'Level',
    ministry: 'Ministry',
    agency: 'Agency',
    authority: 'Competent authority',
    results: 'Results',
    decision: 'Decision',
    from: 'In force from',
    to: 'No longer in force',
    since: 'before the source was read',
    source: 'Source',
    flags: 'To be reviewed',
    citizen: 'The citizens’ page',
    notInForce: 'No version of this procedure is in force; there are only the versions below.',
  },
)

const TABS = ['names', 'limits', 'papers', 'versions'] as const
type TabName = (typeof TABS)[number]
const isTab = (value: string): value is TabName => TABS.some((tab) => tab === value)

/** `/desk/danh-muc/:code`: everything an administrator decides about one procedure. */
export function ProcedurePage() {
  const w = useWords(words)
  const { code = '' } = useParams({ strict: false })
  const [read, write] = useAddress()
  const tab = read('muc')
  const procedure = useOperation(getProcedure, { code })
  const behind = useOperation(getProcedureAdministration, { code })
  const known = procedure.data
  const name = known?.plainName ?? known?.name ?? behind.data?.versions[0]?.name ?? code
  const chosen: TabName = isTab(tab) ? tab : 'names'
  const dormant = isProblem(procedure.error) && behind.data !== undefined
  return (
    <DeskScreen
      title={`${code} ${name}`}
      header={
        <div>
          <div className={styles.row}>
            <AppLink href="/desk/danh-muc">{w.back}</AppLink>
            <span aria-hidden="true">/</span>
            <span className="n">{code}</span>
          </div>
          <h1 className={styles.title}>{name}</h1>
          {known?.plainName ? <p className={styles.subtitle}>{known.name}</p> : null}
        </div>
      }
    >
      {dormant ? (
        <div className={styles.stack}>
          <p className={styles.note}>{w.notInForce}</p>
          <VersionsTab code={code} versions={behind.data.versions} />
        </div>
      ) : (
        <Loaded query={procedure} shape="lines">
          {(detail) => (
            <div className={styles.split}>
              <div>
                <Tabs
                  label={w.tabs}
                  tabs={TABS.map((value) => ({
                    value,
                    label: w[value],
                    ...(value === 'papers'
                      ? { count: detail.cases.reduce((sum, one) => sum + one.components.length, 0) }
                      : {}),
                    ...(value === 'versions' && behind.data ? { count: behind.data.versions.length } : {}),
                  }))}
                  value={chosen}
                  onChange={(muc) => write({ muc })}
                >
                  <div className={styles.panel}>
                    {chosen === 'names' ? (
                      // A saved or reloaded revision begins anew from what is stored.
                      <NamesForm key={`${detail.code} ${detail.revision}`} procedure={detail} />
                    ) : (
                      <Loaded query={behind}>
                        {(data) =>
                          chosen === 'limits' ? (
                            <LimitsTab procedure={detail} limits={data.limits} />
                          ) : chosen === 'papers' ? (
                            <PapersTab procedure={detail} marks={data.marks} />
                          ) : (
                            <VersionsTab code={code} versions={data.versions} procedure={detail} />
                          )
                        }
                      </Loaded>
                    )}
                  </div>
                </Tabs>
              </div>
              <div className={styles.aside}>
                <Side procedure={detail} />
              </div>
            </div>
          )}
        </Loaded>
      )}
    </DeskScreen>
  )
}

/** The source may know the month only: `2026-07`. */
const asOf = (date: string): string => date.split('-').toReversed().join('/')

function Side({ procedure }: { procedure: ProcedureDetail }) {
  const w = useWords(words)
  const cw = useWords(catalogueWords)
  const { version } = procedure
  return (
    <Card
      title={w.facts}
      actions={<Chip tone={version.state === 'PUBLISHED' ? 'ngoc' : 'nghe'}>{cw.state[version.state]}</Chip>}
    >
      <Facts
        facts={[
          { label: w.field, value: procedure.field },
          { label: w.levels, value: procedure.levels.map((level) => cw.level[level]).join(', ') },
          { label: w.ministry, value: procedure.ministry },
          { label: w.agency, value: procedure.agency },
          { label: w.authority, value: procedure.competentAuthority },
          { label: w.results, value: procedure.results.map((result) => result.name).join('; ') },
          { label: w.decision, value: version.decisionNo },
          { label: w.from, value: version.effectiveFrom ? formatDate(version.effectiveFrom) : w.since },
          { label: w.to, value: version.effectiveTo && formatDate(version.effectiveTo) },
          { label: w.source, value: `${procedure.source.key}, ${asOf(procedure.source.asOf)}` },
          { label: w.flags, value: procedure.flags.map((flag) => cw.flag[flag] ?? flag).join('; ') },
          {
            label: w.citizen,
            value: <AppLink href={`/thu-tuc/${procedure.code}`}>{procedure.code}</AppLink>,
          },
        ]}
      />
    </Card>
  )
}
