/** How long the block stays with a call before the next one comes, where nothing is said. */
const SHOWN_MS = 5_000
const BETWEEN_MS = 600
/** A clip that does not come must not stop the hall. */
export const LONGEST_MS = 25_000

const after = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** One call from its beginning to the moment at which the next one may begin; what is being said is never cut off by it. */
export const announceCall = async (speech: Promise<unknown>): Promise<void> => {
  await Promise.all([after(SHOWN_MS), Promise.race([speech.catch(() => undefined), after(LONGEST_MS)])])
  await after(BETWEEN_MS)
}
