import type { DossierView } from '#modules/dossiers/contract.ts'

export type Submission = {
  step: string
  actor: string
  at: string
  text: string
  /** What the same step said when it submitted the time before. */
  before: string | undefined
}

/** The last opinion of each step, in the order in which they were written, each with the one that it replaced. */
export function submissionsOf(opinions: DossierView['opinions']): Submission[] {
  const inOrder = opinions.toSorted((a, b) => a.at.localeCompare(b.at))
  const bySteps = [...Map.groupBy(inOrder, ({ step }) => step).values()]
  return bySteps
    .flatMap((said): Submission[] => {
      const last = said.at(-1)
      return last ? [{ ...last, before: said.at(-2)?.text }] : []
    })
    .toSorted((a, b) => a.at.localeCompare(b.at))
}
