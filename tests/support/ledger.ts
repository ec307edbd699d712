import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/**
 * What a client did and was told, kept outside the system under test and forced to disk line by line. "Lost" is what was
 * acknowledged and is absent; "ghost" is what is there twice or was never sent.
 */
export type Request = {
  /** The idempotency key, and the mark by which an effect is found again. */
  key: string
  does: 'intake' | 'complete' | 'return'
  account: string
  path: string
  body: Record<string, unknown>
}
export type Entry =
  | ({ entry: 'sent' } & Request)
  | { entry: 'answered'; key: string; status: number; body: string; ms: number }
  | { entry: 'unanswered'; key: string; why: string; ms: number }

export type Ledger = { write: (...entries: readonly Entry[]) => void }

export const openLedger = (file: string): Ledger => {
  const descriptor = openSync(file, 'a')
  return {
    write: (...entries) => {
      writeSync(descriptor, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      fdatasyncSync(descriptor)
    },
  }
}

export type Answer = { status: number; body: string }
export type Recorded = Request & { answers: Answer[] }

/** Every request that was sent, with the answers it got, in the order of sending. */
export const readLedger = async (file: string): Promise<Recorded[]> => {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  const requests = new Map<string, Recorded>()
  for (const line of lines) {
    // Written by `openLedger` in this same run.
    const entry = JSON.parse(line) as Entry
    if (entry.entry === 'sent') {
      const { key, does, account, path, body } = entry
      if (!requests.has(key)) requests.set(key, { key, does, account, path, body, answers: [] })
    } else if (entry.entry === 'answered') {
      requests.get(entry.key)?.answers.push({ status: entry.status, body: entry.body })
    }
  }
  return [...requests.values()]
}

export const isAcknowledged = ({ answers }: Recorded): boolean => answers.some(({ status }) => status < 300)
