import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { atRoot } from '../root.ts'
import type { TemplateProblem } from './renderer.ts'

/** A template nobody has checked yet, with what it is to print: each entry of `prints` is one PDF. */
export type Trial = {
  files: Readonly<Record<string, string>>
  main: string
  prints: readonly (readonly unknown[])[]
}
export type TrialOutcome =
  | { outcome: 'printed'; pdfs: Buffer[] }
  | { outcome: 'broken'; problems: readonly TemplateProblem[] }
  /** Took longer or more memory than allowed, and was ended. */
  | { outcome: 'too-heavy' }

const Answer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('printed'), pdfs: z.array(z.string()) }),
  z.object({
    outcome: z.literal('broken'),
    problems: z.array(
      z.object({
        file: z.string(),
        line: z.number().nullable(),
        column: z.number().nullable(),
        message: z.string(),
      }),
    ),
  }),
])

/**
 * The compiler fetches packages that a template names. In the child every way out is a proxy on a port that nobody listens on,
 * and the folders of packages already fetched do not exist; files are outside its workspace anyway.
 */
const CLOSED = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  ALL_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '',
  HOME: '/nonexistent',
  XDG_CACHE_HOME: '/nonexistent',
  XDG_DATA_HOME: '/nonexistent',
}

/** Resident memory of a process in MB; undefined where the system does not tell it this way. */
const memoryOf = async (pid: number): Promise<number | undefined> => {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').then(
    (text) => Number(text.split(' ')[1]),
    () => undefined,
  )
  return pages === undefined ? undefined : (pages * 4_096) / (1024 * 1024)
}

export type TrialLimits = { fonts: string; seconds?: number; megabytes?: number }

/** Sets unchecked templates in a process of their own, which is ended when it takes too long or too much. */
export const createTrials = ({ fonts, seconds = 15, megabytes = 900 }: TrialLimits) => ({
  seconds,
  run: (trial: Trial): Promise<TrialOutcome> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [atRoot('platform', 'papers', 'trial-process.ts'), fonts], {
        env: CLOSED,
        stdio: ['pipe', 'pipe', 'pipe'],
      })
      let heavy = false
      const end = () => {
        heavy = true
        child.kill('SIGKILL')
      }
      const clock = setTimeout(end, seconds * 1000)
      const scale = setInterval(async () => {
        const used = child.pid === undefined ? undefined : await memoryOf(child.pid)
        if (used !== undefined && used > megabytes) end()
      }, 50)
      const answer: Buffer[] = []
      const complaint: Buffer[] = []
      child.stdout.on('data', (part: Buffer) => answer.push(part))
      child.stderr.on('data', (part: Buffer) => complaint.push(part))
      // A child that was ended reads no more; its exit tells the rest.
      child.stdin.on('error', () => undefined)
      child.on('error', reject)
      child.on('close', (status, signal) => {
        clearTimeout(clock)
        clearInterval(scale)
        // Ended by us, or by the system because its stack or memory ran out.
        if (heavy || signal) return resolve({ outcome: 'too-heavy' })
        if (status !== 0)
          return reject(new Error(`a trial of a template ended with ${status}: ${Buffer.concat(complaint)}`))
        const told = Answer.parse(JSON.parse(Buffer.concat(answer).toString()))
        resolve(
          told.outcome === 'printed'
            ? { outcome: 'printed', pdfs: told.pdfs.map((pdf) => Buffer.from(pdf, 'base64')) }
            : told,
        )
      })
      child.stdin.end(JSON.stringify(trial))
    }),
})

export type Trials = ReturnType<typeof createTrials>
