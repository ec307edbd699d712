import { bringTickets, leaseNumbers, takeTicket, type VisitorTicket } from '#modules/queue/contract.ts'
import type { Operation, Output, Request } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import {
  afterLeasing,
  afterTelling,
  type GivenTicket,
  giveNumber,
  type KioskState,
  type Moment,
  remember,
  serverTime,
  untold,
  wish,
} from './state.ts'
import type { KioskStore } from './store.ts'

export type TicketRequest = Request<typeof takeTicket>
/** A ticket as the screens show it; `offline` when it was given without network, of which nothing of the hall is known. */
export type KioskTicket = VisitorTicket & { offline?: true }

export type KioskDeps = {
  store: KioskStore
  /** Asks the server; fails with an error that `isUnreachable` tells. */
  ask: <O extends Operation>(
    operation: O,
    input: Request<O>,
    options: { idempotencyKey?: string; signal: AbortSignal },
  ) => Promise<Output<O>>
  /** Whether the server was not reached, or is out of order: a number may then be given without it. */
  isUnreachable: (error: unknown) => boolean
  moment: () => Moment
  newId: () => string
  newToken: () => string
  /** The server is given up for this number after so long; the visitor stands there. */
  patienceMs?: number
}

const PATIENCE_MS = 4_000

const ticketOf = (given: GivenTicket, state: KioskState, centre: string): KioskTicket => {
  const group = state.groups.find(({ id }) => id === given.serviceGroup)
  return {
    ...{ id: given.id, number: given.code, token: given.token, centre, state: 'WAITING', offline: true },
    serviceGroup: { id: given.serviceGroup, name: group?.name ?? '', nameEn: group?.nameEn ?? '' },
    priorityClass: given.priorityClass,
    issuedAt: toLocalIso(new Date(given.taken.at + (given.behind ?? 0))),
    ...{ ahead: 0, wait: null, promised: null, comeBackAt: null, counter: null, servedToday: null },
    ...{ procedures: given.procedures, calledAt: null, returnBy: null },
    may: { cancel: false, returnToLine: false, rate: false },
  }
}

/** A kiosk that gives numbers with the server while it can, and from its own blocks while it cannot. */
export const createKiosk = (centre: string, deps: KioskDeps) => {
  const { store, ask, isUnreachable, moment } = deps
  const read = <T>(look: (state: KioskState) => T): Promise<T> =>
    store.update((state) => ({ state, result: look(state) }))
  const within = () => AbortSignal.timeout(deps.patienceMs ?? PATIENCE_MS)

  const given = (key: string): Promise<KioskTicket | undefined> =>
    read((state) => {
      const ticket = state.tickets.find((one) => one.key === key)
      const answered = state.answered.find((one) => one.key === key)
      return ticket ? ticketOf(ticket, state, centre) : answered?.ticket
    })

  const giveAlone = (request: TicketRequest, key: string): Promise<KioskTicket | undefined> =>
    store.update((state) => {
      const {
        serviceGroup,
        priorityClass = 'NONE',
        procedures = [],
        language = 'vi',
        missingPapers = 0,
      } = request
      const wanted = { serviceGroup, priorityClass, procedures, language, missingPapers }
      const made = { id: deps.newId(), token: deps.newToken() }
      const answer = giveNumber(state, wanted, key, moment(), made)
      return {
        state: answer.state,
        result: answer.given ? ticketOf(answer.given, answer.state, centre) : undefined,
      }
    })

  /** Tells the server what was given without it. */
  const tell = async (token: string): Promise<void> => {
    for (;;) {
      const tickets = await read(untold)
      if (tickets.length === 0) return
      const answer = await ask(bringTickets, { token, moment: moment(), tickets }, { signal: within() })
      await store.update((state) => ({ state: afterTelling(state, answer), result: undefined }))
    }
  }

  const lease = async (token: string): Promise<void> => {
    const { holds, wanted } = await store.update((state) => {
      const wishing = wish(state, moment(), deps.newId)
      const holding = wishing.leases.map(({ id }) => id)
      return { state: wishing, result: { holds: holding, wanted: [...wishing.wanted] } }
    })
    const sent = moment()
    const answer = await ask(leaseNumbers, { token, moment: sent, holds, wanted }, { signal: within() })
    await store.update((state) => ({ state: afterLeasing(state, answer, sent, moment()), result: undefined }))
  }

  const sync = async (): Promise<void> => {
    const { token } = await read((state) => ({ token: state.token }))
    if (token === null) return
    await tell(token)
    const known = await read(({ groups }) => groups.length > 0)
    await lease(token)
    // The first answer names the services; blocks for them are asked for with the second.
    if (!known) await lease(token)
  }

  let syncing: Promise<void> | undefined
  return {
    /** The same key gets the same number, from whomever it came first. */
    take: async (request: TicketRequest, key: string): Promise<KioskTicket> => {
      const before = await given(key)
      if (before) return before
      try {
        const ticket = await ask(takeTicket, request, { idempotencyKey: key, signal: within() })
        await store.update((state) => ({ state: remember(state, { key, ticket }), result: undefined }))
        return ticket
      } catch (error) {
        const alone = isUnreachable(error) ? await giveAlone(request, key) : undefined
        if (!alone) throw error
        return alone
      }
    },
    /** Tells and leases, one after the other; two that ask together are one. */
    sync: (): Promise<void> => {
      syncing ??= sync().finally(() => {
        syncing = undefined
      })
      return syncing
    },
    pair: (part: Partial<Pick<KioskState, 'token' | 'agent'>>): Promise<void> =>
      store.update((state) => {
        // Another token is another device: the blocks of the former are not its own.
        const other = part.token !== undefined && part.token !== state.token
        return {
          state: { ...state, ...part, ...(other ? { leases: [], wanted: [] } : {}) },
          result: undefined,
        }
      }),
    /** What the screens ask of it. */
    look: () =>
      read((state) => ({
        token: state.token,
        ...{ paired: state.token !== null, agent: state.agent, paper: state.paper, groups: state.groups },
        untold: state.tickets.filter(({ told }) => !told).length,
        left: state.leases.reduce((sum, { next, last }) => sum + last - next + 1, 0),
        now: serverTime(state, moment()),
      })),
  }
}
export type Kiosk = ReturnType<typeof createKiosk>
