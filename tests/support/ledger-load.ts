import { fork } from 'node:child_process'
import path from 'node:path'
import type { Command, Report } from './ledger-client.ts'

export type Load = {
  load: () => Promise<void>
  /** Ends when every officer has been answered. */
  halt: () => Promise<void>
  /** Sends the latest requests again; answers that differ from the first ones are surprises of the next report. */
  repeat: () => Promise<void>
  report: () => Promise<Report>
  end: () => Promise<void>
}

export type LoadOptions = { base: string; ledger: string; clients: number; seed: number }

/** Starts the ledger client as a process of its own and speaks with it. */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const child = fork(path.join(import.meta.dirname, 'ledger-client.ts'))
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ask = (command: Command): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = () => reject(new Error('the ledger client ended'))
      child.once('exit', fail)
      child.once('message', (message: { answer?: unknown; error?: string }) => {
        child.off('exit', fail)
        if (message.error === undefined) resolve(message.answer)
        else reject(new Error(message.error))
      })
      child.send(command)
    })
  await ask({ do: 'begin', ...options })
  return {
    load: async () => {
      await ask({ do: 'load' })
    },
    halt: async () => {
      await ask({ do: 'halt' })
    },
    repeat: async () => {
      await ask({ do: 'repeat' })
    },
    // What the client answers to this command.
    report: async () => (await ask({ do: 'report' })) as Report,
    end: async () => {
      child.disconnect()
      await exited
    },
  }
}
