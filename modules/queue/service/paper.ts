import type { CatalogueService } from '#modules/catalogue/index.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { inTransaction } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { RawAnswer } from '#platform/http/route.ts'
import type { Input } from '#platform/operation.ts'
import type { Painter } from '#platform/papers/canvas.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { printTicket, printTicketAgain, VisitorTicket } from '../contract.ts'
import {
  bitmapOf,
  escPosOf,
  layOutTicket,
  measureWith,
  type PaperWidth,
  paintPaper,
  returnMinutesOf,
  type TicketPaper,
  ticketPath,
} from '../rules.ts'
import { findByToken, findTicket, type TicketRow } from '../store/tickets.ts'
import { type QueueDeps, record, staffActor } from './deps.ts'
import { assertFloor } from './floor.ts'
import type { Visitors } from './visitor.ts'

export type PaperDeps = {
  painter: Painter
  hotline: string
  publicUrl: () => string
  catalogue: Pick<CatalogueService, 'get'>
}

const WIDTHS: Readonly<Record<Input<typeof printTicket>['width'], PaperWidth>> = { '576': 576, '384': 384 }

type Wanted = { name: string; papers: readonly string[] }

/** Tickets on paper. The promise on it is the one that was made when the number was taken, also when it is printed again. */
export const createPapers = (deps: QueueDeps & PaperDeps, visitors: Pick<Visitors, 'get'>) => {
  /** What a procedure is called and what its first case asks for; a procedure not in force any more says nothing. */
  const wantedFor = async (code: string): Promise<Wanted | undefined> => {
    try {
      const { name, plainName, cases } = await deps.catalogue.get({ code })
      const components = cases[0]?.components ?? []
      const papers = components.filter(({ mandatory }) => mandatory).map((one) => one.name)
      return { name: plainName ?? name, papers }
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }

  const paperOf = async (
    row: TicketRow,
    view: VisitorTicket,
    copy: Input<typeof printTicket>['copy'],
  ): Promise<TicketPaper> => {
    const [rule, centre, wanted] = await Promise.all([
      deps.ruleOf(row.centre_id),
      deps.tree().then(({ units }) => units.get(row.centre_id)?.name ?? ''),
      Promise.all(row.procedures.map(wantedFor)),
    ])
    const procedures = wanted.filter((one) => one !== undefined)
    const waits = view.state === 'WAITING'
    return {
      ...{ number: row.code, centre, issuedAt: row.issued_at, language: row.language },
      service: row.language === 'en' ? view.serviceGroup.nameEn : view.serviceGroup.name,
      procedure: procedures.length === 1 ? (procedures[0]?.name ?? null) : null,
      ...{ wait: waits ? view.wait : null, servedToday: waits ? view.servedToday : null },
      comeBackAt: waits && view.comeBackAt ? new Date(view.comeBackAt) : null,
      ahead: waits ? view.ahead : null,
      papers: [...new Set(procedures.flatMap(({ papers }) => papers))].map((name) => ({
        ...{ name, state: 'BRING' as const },
      })),
      url: new URL(ticketPath(row.token), deps.publicUrl()).href,
      returnMinutes: returnMinutesOf(rule),
      ...{ hotline: deps.hotline, again: copy === 'AGAIN', offline: false },
    }
  }

  return {
    again: async (
      { centre, ticket }: Input<typeof printTicketAgain>,
      actor: StaffActor,
    ): Promise<VisitorTicket> => {
      assertFloor(await deps.tree(), actor, centre)
      const token = await inTransaction(deps.db, async (tx) => {
        const row = await findTicket(tx, ticket)
        const at = deps.clock.now()
        if (row?.centre_id !== centre || row.day !== localDateOf(at))
          throw new Refusal('queue.unknown-ticket')
        await record(deps, tx, {
          ...{ type: 'ticket-printed-again', at, actor: staffActor(actor) },
          ...{ subject: { kind: 'ticket', id: row.id }, data: { centre, number: row.code } },
        })
        return row.token
      })
      return visitors.get({ token })
    },

    print: async ({ token, width, copy }: Input<typeof printTicket>): Promise<RawAnswer> => {
      const [row, view] = await Promise.all([findByToken(deps.db, token), visitors.get({ token })])
      if (!row) throw new Refusal('queue.unknown-ticket')
      const paper = await paperOf(row, view, copy)
      const { layout, pixels } = deps.painter.paint(
        (pen) => layOutTicket(paper, WIDTHS[width], measureWith(pen)),
        paintPaper,
      )
      return {
        raw: Buffer.from(escPosOf(bitmapOf(layout, pixels))),
        mediaType: 'application/octet-stream',
        headers: { 'Cache-Control': 'no-store' },
      }
    },
  }
}
