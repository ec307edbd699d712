import { createDrafts } from './administration/drafts.ts'
import { createEdits } from './administration/edits.ts'
import { createOverview } from './administration/overview.ts'
import { createPublication } from './administration/publication.ts'
import { type AdministrationDeps, createShared } from './administration/shared.ts'

/** What administrators of the catalogue do: each change is one transaction with its event. */
export const createAdministration = (deps: AdministrationDeps) => {
  const shared = createShared(deps)
  return {
    ...createOverview(shared),
    ...createEdits(shared),
    ...createDrafts(shared),
    ...createPublication(shared),
  }
}
