import { importPast } from './past.ts'
import { type BenchRow, spread } from './report.ts'

/** R10: a file of ended dossiers through the command that offices use, against the server's own COPY of the same bytes. */
export const benchImport = async (rows: number, say: (line: string) => void): Promise<BenchRow> => {
  const { bareMs, importMs, bytes, accepted, wrong } = await importPast(rows, say)
  const value = importMs / Math.min(...bareMs)
  return {
    name: `R10 import of ${rows} dossiers / bare COPY of the same bytes`,
    value,
    target: 6,
    ok: value <= 6 && wrong.length === 0,
    detail:
      `${(importMs / 1_000).toFixed(1)} s for ${accepted} dossiers with results, pauses and sealed events, process start and statistics included; ` +
      `COPY ${spread(bareMs, ' ms')} for ${Math.round(bytes / 1e6)} MB${wrong.length > 0 ? `; WRONG: ${wrong.join(', ')}` : ''}`,
  }
}
