import type { PriorityClass } from '#modules/queue/rules.ts'
import type { KioskTicket, TicketRequest } from '../kiosk-offline/kiosk.ts'

export type KioskScreen = 'start' | 'find' | 'group' | 'papers' | 'ticket' | 'mine' | 'look-up' | 'rate'

export type SortedPapers = {
  brought: readonly string[]
  missing: readonly string[]
  unsaid: readonly string[]
}
export const NO_PAPERS: SortedPapers = { brought: [], missing: [], unsaid: [] }

/** What one visitor has chosen; nothing in it names anybody, and all of it ends with the visit. */
export type KioskSession = {
  screen: KioskScreen
  /** Screens behind this one. */
  behind: readonly KioskScreen[]
  group: string | null
  procedure: string | null
  /** What the visitor says of each paper: brought, or not there yet. Who says nothing has said nothing. */
  has: Readonly<Record<string, boolean>>
  /** Names of the papers by what was said of them, for the ticket. */
  papers: SortedPapers
  caseId: string | null
  priority: PriorityClass
  large: boolean
  spoken: boolean
  /** The one wish for a number of this visit: a second tap, a reload or a retry asks with the same key and gets the same number. */
  asked: { key: string; request: TicketRequest } | null
  ticket: KioskTicket | null
  /** Of a ticket or dossier that was scanned. */
  token: string | null
  code: string
}

export const NEW_SESSION: KioskSession = {
  ...{ screen: 'start', behind: [], group: null, procedure: null, has: {}, papers: NO_PAPERS },
  ...{ caseId: null, priority: 'NONE', large: false, spoken: false, asked: null, ticket: null, token: null },
  code: '',
}

export type KioskAction =
  | {
      does: 'go'
      to: KioskScreen
      with?: Partial<Pick<KioskSession, 'group' | 'procedure' | 'token' | 'code'>>
    }
  | { does: 'back' }
  | { does: 'choose-case'; caseId: string }
  | { does: 'tick'; id: string; has: boolean }
  | { does: 'priority'; priority: PriorityClass }
  | { does: 'toggle'; what: 'large' | 'spoken' }
  | { does: 'ask'; key: string; request: TicketRequest }
  | { does: 'got'; ticket: KioskTicket; papers: SortedPapers }
  | { does: 'refused' }
  | { does: 'wipe' }

const CHOICES = { has: {}, papers: NO_PAPERS, caseId: null, asked: null } as const

export const step = (session: KioskSession, action: KioskAction): KioskSession => {
  switch (action.does) {
    case 'go': {
      const chosen = action.with ?? {}
      const other = 'procedure' in chosen && chosen.procedure !== session.procedure
      const behind = [...session.behind, session.screen]
      return { ...session, ...chosen, ...(other ? CHOICES : {}), screen: action.to, behind }
    }
    case 'back': {
      const to = session.behind.at(-1) ?? 'start'
      return { ...session, screen: to, behind: session.behind.slice(0, -1), asked: null }
    }
    case 'choose-case':
      return { ...session, caseId: action.caseId, has: {}, asked: null }
    case 'tick':
      return { ...session, asked: null, has: { ...session.has, [action.id]: action.has } }
    case 'priority':
      return { ...session, priority: action.priority, asked: null }
    case 'toggle':
      return { ...session, [action.what]: !session[action.what] }
    case 'ask':
      // The first tap decides; those that follow before the answer change nothing.
      return session.asked ? session : { ...session, asked: { key: action.key, request: action.request } }
    case 'got':
      return {
        ...session,
        ...{ ticket: action.ticket, papers: action.papers },
        ...{ screen: 'ticket', behind: [] },
      }
    case 'refused':
      return { ...session, asked: null }
    case 'wipe':
      return NEW_SESSION
  }
}

const keyOf = (centre: string): string => `mot-cua.kiosk.${centre}`

/** What was chosen before a reload; a browser without storage begins anew. */
export const keptSession = (centre: string): KioskSession => {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(centre)) ?? 'null')
    // Written below, by this very page.
    return typeof kept === 'object' && kept !== null
      ? { ...NEW_SESSION, ...(kept as Partial<KioskSession>) }
      : NEW_SESSION
  } catch {
    return NEW_SESSION
  }
}

export const keepSession = (centre: string, session: KioskSession): void => {
  try {
    if (session === NEW_SESSION) window.sessionStorage.removeItem(keyOf(centre))
    else window.sessionStorage.setItem(keyOf(centre), JSON.stringify(session))
  } catch {
    // The page then remembers as long as it lives.
  }
}
