/** Resolves true after the person has signed in again, false when they gave up. */
type Gate = () => Promise<boolean>

let gate: Gate | undefined
let waiting: Promise<boolean> | undefined

/** The desk installs its sign-in dialog here; surfaces without one (the portal) let a 401 through. */
export function installSignInGate(next: Gate): () => void {
  gate = next
  return () => {
    if (gate === next) gate = undefined
  }
}

/** Requests that fail together wait for one dialog. */
export function signedInAgain(): Promise<boolean> {
  if (!gate) return Promise.resolve(false)
  waiting ??= gate().finally(() => {
    waiting = undefined
  })
  return waiting
}
