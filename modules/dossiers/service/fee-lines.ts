export type Fees = {
  lines: readonly { kind: string; amount: number | null; note: string | null }[]
  total: number | null
  text: string | null
}

export type FeeLineView = { name: string; amount: number | null; note: string | null }

const feeName = (kind: string): string =>
  kind === 'PHI' ? 'Phí' : kind === 'LE_PHI' ? 'Lệ phí' : 'Phí, lệ phí'

/** The lines of the record in words. A record that names no fee is not free: one line says what is known and whom to ask. */
export const feeLines = ({ lines, total, text }: Fees): FeeLineView[] =>
  lines.length === 0 && total === null
    ? [{ name: feeName(''), amount: null, note: text }]
    : lines.map(({ kind, amount, note }) => ({ name: feeName(kind), amount, note: note ?? text }))

/** On a slip: what is charged; nothing where nothing is, null where that is not known. */
export const feesOnPaper = ({ lines, total }: Fees): { name: string; amount: number }[] | null =>
  total === null
    ? null
    : lines.flatMap(({ kind, amount }) =>
        amount ? [{ name: kind === 'LE_PHI' ? 'Lệ phí' : 'Phí', amount }] : [],
      )
