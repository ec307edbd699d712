import {
  bitmapOf,
  escPosOf,
  layOutTicket,
  measureWith,
  PAPER_FAMILY,
  type PaperWidth,
  paintPaper,
  ticketPath,
} from '#modules/queue/rules.ts'
import { newUuid } from '../../api/call.ts'
import { kioskOf } from './here.ts'
import type { KioskTicket } from './kiosk.ts'

export type Printed = 'printed' | 'failed' | 'no-printer'
export type Copy = {
  brought: readonly string[]
  missing: readonly string[]
  language: 'vi' | 'en'
  again: boolean
}

/** As long as somebody watches the slit. */
const WAIT_SECONDS = 20
const WEIGHTS = [500, 700, 800]

const loadFonts = (): Promise<unknown> =>
  Promise.allSettled(
    WEIGHTS.map((weight) => document.fonts.load(`${weight} 28px "${PAPER_FAMILY}"`, 'Ặậ123')),
  )

const paint = (
  ticket: KioskTicket,
  copy: Copy,
  width: PaperWidth,
  place: { centre: string; hotline: string; url: string },
) => {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser paints nothing')
  const { language } = copy
  const layout = layOutTicket(
    {
      ...{
        number: ticket.number,
        centre: place.centre,
        procedure: null,
        issuedAt: new Date(ticket.issuedAt),
      },
      service: language === 'en' ? ticket.serviceGroup.nameEn : ticket.serviceGroup.name,
      ...{ wait: ticket.wait, servedToday: ticket.servedToday, language, again: copy.again },
      comeBackAt: ticket.comeBackAt === null ? null : new Date(ticket.comeBackAt),
      ahead: ticket.offline ? null : ticket.ahead,
      papers: [
        ...copy.brought.map((name) => ({ name, state: 'BROUGHT' as const })),
        ...copy.missing.map((name) => ({ name, state: 'MISSING' as const })),
      ],
      url: new URL(ticketPath(ticket.token), place.url).href,
      hotline: place.hotline,
      offline: ticket.offline === true,
    },
    width,
    measureWith(pen),
  )
  canvas.width = layout.width
  canvas.height = layout.height
  paintPaper(pen, layout)
  return escPosOf(bitmapOf(layout, pen.getImageData(0, 0, layout.width, layout.height).data))
}

/** Hands the ticket to the print agent of this machine. The first paper of a ticket is one job, however often it is asked for. */
export const printHere = async (ticket: KioskTicket, copy: Copy): Promise<Printed> => {
  const { agent, paper } = await kioskOf(ticket.centre).look()
  if (!agent) return 'no-printer'
  try {
    await loadFonts()
    const place = paper ?? { centre: '', hotline: '', url: window.location.origin }
    const id = copy.again ? newUuid() : ticket.id
    const address = `http://127.0.0.1:${agent.port}/jobs/${id}`
    const headers = { authorization: `Bearer ${agent.token}` }
    const body = new Blob([Uint8Array.from(paint(ticket, copy, agent.width, place))])
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
