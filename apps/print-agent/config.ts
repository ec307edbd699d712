import { readFileSync } from 'node:fs'
import path from 'node:path'

export type PrinterLink =
  | { link: 'tcp'; host: string; port: number }
  | { link: 'device'; path: string }
  | { link: 'cups'; queue: string }

export type AgentConfig = {
  /** Address of the centre's server, to which the printer's health goes; null: to nobody. */
  server: string | null
  /** Given when the printer was registered; kiosks that print here know it too. */
  token: string
  port: number
  /** Where jobs are kept until they are printed. */
  folder: string
  printer: PrinterLink
  /** `escpos`: the printer answers questions. `none`: it is written to and never asked. */
  status: 'escpos' | 'none'
  /** Addresses of pages that may print here, besides the server's own. */
  origins: readonly string[]
}

const DEFAULT_PORT = 17_391
const LEAST_TOKEN = 20

type Json = { [key: string]: unknown }
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const problem = (what: string): never => {
  throw new Error(`Cấu hình chưa đúng · invalid configuration: ${what}`)
}
const text = (value: unknown, name: string): string =>
  typeof value === 'string' && value !== '' ? value : problem(`${name} must be a text`)
const port = (value: unknown, name: string): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 65_536
    ? value
    : problem(`${name} must be a port`)

const linkOf = (value: unknown): PrinterLink => {
  if (!isObject(value)) return problem('printer is missing')
  if (value.link === 'tcp')
    return {
      link: 'tcp',
      host: text(value.host, 'printer.host'),
      port: port(value.port ?? 9_100, 'printer.port'),
    }
  if (value.link === 'device') return { link: 'device', path: text(value.path, 'printer.path') }
  if (value.link === 'cups') return { link: 'cups', queue: text(value.queue, 'printer.queue') }
  return problem('printer.link is "tcp", "device" or "cups"')
}

const originOf = (address: string, name: string): string =>
  URL.canParse(address) ? new URL(address).origin : problem(`${name} must be an address`)

/** Reads and checks a configuration; relative folders are beside it. */
export const parseConfig = (content: string, beside: string): AgentConfig => {
  const value: unknown = JSON.parse(content)
  if (!isObject(value)) return problem('not an object')
  const { server = null, status = 'escpos', origins = [] } = value
  const token = text(value.token, 'token')
  if (token.length < LEAST_TOKEN) problem(`token has at least ${LEAST_TOKEN} letters`)
  if (status !== 'escpos' && status !== 'none') return problem('status is "escpos" or "none"')
  if (!Array.isArray(origins)) return problem('origins is a list')
  return {
    server: server === null ? null : originOf(text(server, 'server'), 'server'),
    ...{ token, status, port: port(value.port ?? DEFAULT_PORT, 'port') },
    folder: path.resolve(beside, text(value.folder ?? 'jobs', 'folder')),
    printer: linkOf(value.printer),
    origins: origins.map((one, i) => originOf(text(one, `origins[${i}]`), `origins[${i}]`)),
  }
}

export const readConfig = (file: string): AgentConfig =>
  parseConfig(readFileSync(file, 'utf8'), path.dirname(path.resolve(file)))
