import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Channel, openDevice, openTcp } from './channel.ts'
import type { AgentConfig } from './config.ts'
import {
  ASK_IN_TURN,
  ASK_STATUS,
  askStatus,
  isAnswerInTurn,
  isStatus,
  type PrinterState,
  stateOf,
} from './status.ts'

/** One conversation: how are you, and print this. */
export type Conversation = {
  state: PrinterState
  /** Resolves when the paper is known to be out, fails when it is not known. Once begun it is not to be repeated. */
  print: (bytes: Uint8Array, file: string, id: string) => Promise<void>
  close: () => Promise<void>
}

export type Printer = {
  /** Fails where nothing answers: the printer is off or unplugged. */
  begin: () => Promise<Conversation>
}

const ANSWER_MS = 1_000
/** A printer that takes no byte for so long has stopped. */
const WRITE_MS = 10_000
/** From the last byte on paper to the answer: 15 cm at the slowest pace of thermal heads, twice. */
const IN_TURN_MS = 15_000
/** Slowest line in use, 9 600 baud. What is already in the wires has to come out first. */
const BYTES_A_MS = 0.96
/** What stops a printer in the middle, among the causes of being offline. */
const STOPPED = 0x64
/** Noise that is left over from a conversation before. */
const NOISE = 64

const readState = async (channel: Channel): Promise<PrinterState> => {
  const answers: number[] = []
  for (let noise = 0; (await channel.read(0)) !== undefined; noise += 1)
    if (noise > NOISE) return 'UNREADABLE'
  for (const n of ASK_STATUS) {
    await channel.write(askStatus(n), ANSWER_MS)
    const answer = await channel.read(ANSWER_MS)
    if (answer === undefined) return 'OFFLINE'
    if (!isStatus(answer)) return 'UNREADABLE'
    answers.push(answer)
  }
  return stateOf(answers)
}

/** Waits for the answer in turn; meanwhile the printer may say at once what stopped it. */
const untilPrinted = async (channel: Channel, bytes: number): Promise<void> => {
  const patience = IN_TURN_MS + bytes / BYTES_A_MS
  for (const until = performance.now() + patience; performance.now() < until; ) {
    const answer = await channel.read(ANSWER_MS)
    if (answer === undefined) await channel.write(askStatus(2), WRITE_MS)
    else if (isAnswerInTurn(answer)) return
    else if (!isStatus(answer)) throw new Error('the printer answered noise')
    else if ((answer & STOPPED) !== 0) throw new Error('the printer stopped in the middle')
  }
  throw new Error('the printer did not say that it is done')
}

const overChannel =
  (openChannel: () => Promise<Channel>, asks: boolean): Printer['begin'] =>
  async () => {
    const channel = await openChannel()
    try {
      const state = asks ? await readState(channel) : 'READY'
      return {
        state,
        print: async (bytes) => {
          await channel.write(bytes, WRITE_MS)
          if (!asks) return
          await channel.write(ASK_IN_TURN, WRITE_MS)
          await untilPrinted(channel, bytes.length)
        },
        close: channel.close,
      }
    } catch (error) {
      await channel.close()
      throw error
    }
  }

const run = promisify(execFile)
const COMMAND_MS = 10_000
const CUPS_DONE_MS = 60_000
const CUPS_PAUSE_MS = 300

/** In English whatever the machine speaks, because words are read here. */
const command = async (name: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await run('env', ['LC_ALL=C', name, ...args], { timeout: COMMAND_MS })
  return stdout
}

const cupsState = (said: string): PrinterState => {
  if (/media-(empty|needed)|out of paper/i.test(said)) return 'PAPER_OUT'
  if (/(cover|door)-open/i.test(said)) return 'COVER_OPEN'
  if (/-error\b/i.test(said)) return 'FAULT'
  if (/disabled|offline|not connected|unplugged/i.test(said)) return 'OFFLINE'
  return /media-low/i.test(said) ? 'PAPER_LOW' : 'READY'
}

/** Through CUPS, which keeps a queue of its own: a job is done when that queue does not have it any more. */
const overCups =
  (queue: string): Printer['begin'] =>
  async () => ({
    state: cupsState(await command('lpstat', ['-l', '-p', queue])),
    print: async (_bytes, file, id) => {
      const said = await command('lp', ['-d', queue, '-o', 'raw', '-t', id, file])
      const request = /request id is (\S+)/.exec(said)?.[1]
      if (request === undefined) throw new Error(`lp said: ${said}`)
      for (const until = Date.now() + CUPS_DONE_MS; Date.now() < until; await sleep(CUPS_PAUSE_MS)) {
        const waiting = await command('lpstat', ['-W', 'not-completed', '-o', queue])
        if (!waiting.split(/\s+/).includes(request)) return
      }
      throw new Error('CUPS has not printed it')
    },
    close: async () => undefined,
  })

export const createPrinter = ({ printer, status }: Pick<AgentConfig, 'printer' | 'status'>): Printer => {
  const asks = status === 'escpos'
  if (printer.link === 'tcp') return { begin: overChannel(() => openTcp(printer.host, printer.port), asks) }
  if (printer.link === 'device') return { begin: overChannel(() => openDevice(printer.path), asks) }
  return { begin: overCups(printer.queue) }
}
