import { printTicket, type VisitorTicket } from '#modules/queue/contract.ts'
import {
  bitmapOf,
  escPosOf,
  type ListPaper,
  layOutList,
  layOutTicket,
  measureWith,
  PAPER_FAMILY,
  type PaperWidth,
  paintPaper,
  type TicketPaper,
  ticketPath,
} from '#modules/queue/rules.ts'
import { newUuid, prepare } from '../../api/call.ts'
import { kioskOf } from './here.ts'
import type { KioskTicket } from './kiosk.ts'
import type { KioskState } from './state.ts'

export type Printed = 'printed' | 'failed' | 'no-printer'
export type Copy = {
  brought: readonly string[]
  missing: readonly string[]
  language: 'vi' | 'en'
  again: boolean
}

export type PaperList = Pick<ListPaper, 'title' | 'papers' | 'language'>

/** As long as somebody watches the slit. */
const WAIT_SECONDS = 20
const WEIGHTS = [500, 700, 800]

const loadFonts = (): Promise<unknown> =>
  Promise.allSettled(
    WEIGHTS.map((weight) => document.fonts.load(`${weight} 28px "${PAPER_FAMILY}"`, 'Ặậ123')),
  )

type Painted = { ticket: KioskTicket; copy: Copy } | { list: PaperList }

/** Ticket or list as the printer's bytes, painted on a canvas of this page. */
const paint = (what: Painted, width: PaperWidth, place: NonNullable<KioskState['paper']>) => {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser paints nothing')
  const { centre, hotline } = place
  const measure = measureWith(pen)
  const layout =
    'list' in what
      ? layOutList({ ...what.list, centre, hotline }, width, measure)
      : layOutTicket(ticketPaper(what.ticket, what.copy, place), width, measure)
  canvas.width = layout.width
  canvas.height = layout.height
  paintPaper(pen, layout)
  return escPosOf(bitmapOf(layout, pen.getImageData(0, 0, layout.width, layout.height).data))
}

const ticketPaper = (
  ticket: KioskTicket,
  { brought, missing, language, again }: Copy,
  place: NonNullable<KioskState['paper']>,
): TicketPaper => ({
  ...{ number: ticket.number, centre: place.centre, procedure: null, issuedAt: new Date(ticket.issuedAt) },
  service: language === 'en' ? ticket.serviceGroup.nameEn : ticket.serviceGroup.name,
  ...{ wait: ticket.wait, servedToday: ticket.servedToday, language, again },
  comeBackAt: ticket.comeBackAt === null ? null : new Date(ticket.comeBackAt),
  ahead: ticket.offline ? null : ticket.ahead,
  papers: [
    ...brought.map((name) => ({ name, state: 'BROUGHT' as const })),
    ...missing.map((name) => ({ name, state: 'MISSING' as const })),
  ],
  url: new URL(ticketPath(ticket.token), place.url).href,
  // A kiosk that was paired before it was told keeps the paper of then.
  ...{ hotline: place.hotline, returnMinutes: place.returnMinutes ?? null },
  offline: ticket.offline === true,
})

/** Hands a job to the print agent of this machine and waits for the slit, as long as somebody stands there. */
const send = async (
  centre: string,
  id: string,
  bytesOf: (width: PaperWidth, place: NonNullable<KioskState['paper']>) => Promise<Uint8Array>,
): Promise<Printed> => {
  try {
    const { agent, paper } = await kioskOf(centre).look()
    if (!agent) return 'no-printer'
    const place = paper ?? {
      ...{ centre: '', hotline: '', url: window.location.origin, returnMinutes: null },
    }
    const address = `http://127.0.0.1:${agent.port}/jobs/${id}`
    const headers = { authorization: `Bearer ${agent.token}` }
    const body = new Blob([Uint8Array.from(await bytesOf(agent.width, place))])
    const taken = await fetch(address, { method: 'PUT', headers, body })
    if (!taken.ok) return 'failed'
    const answer: unknown = await (await fetch(`${address}?wait=${WAIT_SECONDS}`, { headers })).json()
    const printed =
      typeof answer === 'object' && answer !== null && 'state' in answer && answer.state === 'printed'
    return printed ? 'printed' : 'failed'
  } catch {
    return 'failed'
  }
}

/** The first paper of a ticket is one job, however often it is asked for. */
export const printHere = (ticket: KioskTicket, copy: Copy): Promise<Printed> =>
  send(ticket.centre, copy.again ? newUuid() : ticket.id, async (width, place) => {
    await loadFonts()
    return paint({ ticket, copy }, width, place)
  })

export const printListHere = (centre: string, list: PaperList): Promise<Printed> =>
  send(centre, newUuid(), async (width, place) => {
    await loadFonts()
    return paint({ list }, width, place)
  })

/** At a desk with a print agent: the paper as the server paints it, with what the procedures ask for, marked as printed again. */
export const printAgainHere = ({
  centre,
  token,
}: Pick<VisitorTicket, 'centre' | 'token'>): Promise<Printed> =>
  send(centre, newUuid(), async (width) => {
    const { url } = prepare(printTicket, { token, width: String(width), copy: 'AGAIN' })
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  })
