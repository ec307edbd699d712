import { type IntakeDraft, isBlank, readDraft } from './draft.ts'

const PREFIX = 'mot-cua.intake.'
const nameOf = (account: string, id: string): string => `${PREFIX}${account}.${id}`

/** The copy on this machine: written at every key, so that a reload or a lost network loses nothing. */
export function keepHere(account: string, draft: IntakeDraft): boolean {
  try {
    window.localStorage.setItem(nameOf(account, draft.id), JSON.stringify(draft))
    return true
  } catch {
    // Full or switched off: the server's copy is then the only one, and the screen says so.
    return false
  }
}

export function forgetHere(account: string, id: string): void {
  try {
    window.localStorage.removeItem(nameOf(account, id))
  } catch {
    // Nothing was kept.
  }
}

export function keptHere(account: string): IntakeDraft[] {
  try {
    return Object.keys(window.localStorage)
      .filter((name) => name.startsWith(nameOf(account, '')))
      .flatMap((name) => readDraft(JSON.parse(window.localStorage.getItem(name) ?? 'null')) ?? [])
  } catch {
    return []
  }
}

/** Both copies joined: of each draft the later one, newest first, blank ones left out. */
export function joinDrafts(...copies: readonly (readonly IntakeDraft[])[]): IntakeDraft[] {
  const latest = new Map<string, IntakeDraft>()
  for (const draft of copies.flat()) {
    const known = latest.get(draft.id)
    if (!known || known.savedAt < draft.savedAt) latest.set(draft.id, draft)
  }
  return [...latest.values()]
    .filter((draft) => !isBlank(draft))
    .toSorted((a, b) => b.savedAt.localeCompare(a.savedAt))
}
