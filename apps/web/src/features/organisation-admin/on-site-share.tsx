import { getOnSiteShare } from '#modules/dossiers/contract.ts'
import type { Output } from '#platform/operation.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import { formatCount, formatDate } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { Card, DataTable } from '../administration/layout.tsx'

const words = catalogue(
  {
    title: (from: string, to: string) => `Tỷ lệ thực hiện tại Trung tâm, từ ${from} đến ${to}`,
    what: 'Trong số đã tiếp nhận',
    dossiers: 'Hồ sơ',
    procedures: 'Thủ tục có hồ sơ',
    accepted: 'Đã tiếp nhận',
    appraised: 'Thẩm định tại chỗ',
    approved: 'Phê duyệt tại chỗ',
    sealed: 'Đóng dấu tại chỗ',
    of: (count: string, share: string) => `${count} (${share} %)`,
    note: 'Tính theo quyết định có hiệu lực vào ngày tiếp nhận từng hồ sơ.',
  },
  {
    title: (from: string, to: string) => `Share done at the centre, from ${from} to ${to}`,
    what: 'Of what was accepted',
    dossiers: 'Dossiers',
    procedures: 'Procedures with dossiers',
    accepted: 'Accepted',
    appraised: 'Appraised on site',
    approved: 'Approved on site',
    sealed: 'Sealed on site',
    of: (count: string, share: string) => `${count} (${share} %)`,
    note: 'By the decisions in force on the day on which each dossier was accepted.',
  },
)

type Share = Output<typeof getOnSiteShare>['dossiers']

/** Whole per cent, by the Vietnamese comma with one digit where it is a fraction. */
const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '0' : `${Math.round((part / whole) * 1_000) / 10}`.replace('.', ',')

/** How much of this year's work is done on the spot; shown to those who watch the centre, to others nothing. */
export function OnSiteShare({ centre }: { centre: string }) {
  const w = useWords(words)
  const to = localDateOf(new Date())
  const from = `${to.slice(0, 4)}-01-01`
  const share = useOperation(getOnSiteShare, { centre, from, to }, { staleTime: 300_000 })
  if (!share.data) return null
  const items: { name: string; counts: Share }[] = [
    { name: w.dossiers, counts: share.data.dossiers },
    { name: w.procedures, counts: share.data.procedures },
  ]
  const part = (which: 'appraised' | 'approved' | 'sealed') => ({
    id: which,
    head: w[which],
    cell: ({ counts }: (typeof items)[number]) => (
      <span className="n">{w.of(formatCount(counts[which]), percentOf(counts[which], counts.accepted))}</span>
    ),
  })
  return (
    <Card title={w.title(formatDate(from), formatDate(to))}>
      <DataTable
        label={w.title(formatDate(from), formatDate(to))}
        items={items}
        keyOf={({ name }) => name}
        columns={[
          { id: 'what', head: w.what, names: true, cell: ({ name }) => name },
          {
            id: 'accepted',
            head: w.accepted,
            cell: ({ counts }) => <span className="n">{formatCount(counts.accepted)}</span>,
          },
          part('appraised'),
          part('approved'),
          part('sealed'),
        ]}
      />
      <p className={styles.muted}>{w.note}</p>
    </Card>
  )
}
