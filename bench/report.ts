/** One line of the table; each name begins with the id of its ratio. */
export type BenchRow = { name: string; value: number; target: number; ok: boolean; detail?: string }

export const best = (values: readonly number[]): number => Math.max(...values)

/** "worst–best" in whole numbers. */
export const spread = (values: readonly number[], unit = ''): string =>
  `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}${unit}`

const figure = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))

export const tableOf = (rows: readonly BenchRow[]): string => {
  const cells = rows.map(({ name, value, target, ok, detail = '' }) => [
    ok ? 'ok' : 'BELOW',
    name,
    figure(value),
    figure(target),
    detail,
  ])
  const lines = [['', 'name', 'value', 'target', 'detail'], ...cells]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
