import { onSiteAt } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { HandedIn } from '../contract/vocabulary.ts'
import { isNonTerritorial } from '../rules/territory.ts'
import { componentsOf, upsertComponents } from '../store/dossiers.ts'
import { type Acting, type Effect, required } from './acting.ts'
import { matchComponents, type Paper } from './prepare-intake.ts'

const toHandedIn = (row: Awaited<ReturnType<typeof componentsOf>>[number]): HandedIn => ({
  component: row.component_id,
  originals: row.originals,
  copies: row.copies,
  certifiedCopies: row.certified_copies,
  // Written from the contract's own words.
  status: row.status as HandedIn['status'],
  ...(row.reason === null ? {} : { reason: row.reason }),
  files: row.files,
})

const toComponent = (row: Awaited<ReturnType<typeof componentsOf>>[number]): Paper => ({
  id: row.component_id,
  name: row.name,
  group: row.group_name,
  mandatory: row.mandatory,
})

/** Puts what was brought now over what lay there before, and gives what is still missing. */
const mergeComponents = async ({ tx, dossier, input, deps }: Acting) => {
  const stored = await componentsOf(tx, dossier.id)
  const before = stored.map(toHandedIn)
  const brought = new Map((input.components ?? []).map((one) => [one.component, one]))
  const together = before.map((one) => {
    const now = brought.get(one.component)
    if (!now) return one.status === 'missing' ? { ...one, status: 'missing' as const } : one
    return { ...now, files: [...one.files, ...now.files.filter((file) => !one.files.includes(file))] }
  })
  const version = await deps.catalogue.getVersion(dossier.procedure_version)
  const ofCase = version?.content.cases.find((one) => one.id === dossier.case_id)?.components ?? []
  // A procedure of a group has the group's papers that are its own, under the group's names for them.
  const components = dossier.parent_id === null ? ofCase : stored.map(toComponent)
  const known = new Set(before.map(({ component }) => component))
  return matchComponents(components, [
    ...together,
    ...[...brought.values()].filter(({ component }) => !known.has(component)),
  ])
}

const writeComponents = (
  { tx, dossier }: Acting,
  rows: Awaited<ReturnType<typeof mergeComponents>>['rows'],
) =>
  upsertComponents(
    tx,
    rows.map((row) => ({ dossier_id: dossier.id, ...row })),
  )

/** What is still missing is said, and nothing changes. */
export const supplementComponents = async (acting: Acting): Promise<void> => {
  const { rows, missing } = await mergeComponents(acting)
  if (missing.length > 0) {
    throw new Refusal('dossiers.missing-components', {
      count: missing.length,
      names: missing.map(({ name }) => `"${name.slice(0, 80)}"`).join(', '),
      missing,
    })
  }
  await writeComponents(acting, rows)
}

/** T6: what the applicant sent lies with the rest; whether it is all is checked after. */
export const resubmitted = async (acting: Acting): Promise<Effect> => {
  const { rows, missing } = await mergeComponents(acting)
  // A procedure whose record lists no paper is supplemented all the same.
  const brought = rows.length === 0 ? [] : required(acting.input.components, 'dossiers.items-required')
  await writeComponents(acting, rows)
  return {
    patch: { supplement_deadline: null },
    data: { brought: brought.map(({ component }) => component), missing: missing.length },
  }
}

/** T3 and T6: complete now, so the process starts and with it the clock. */
export const acceptWithProcess = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, deps, now, processVersion: version } = acting
  if (version === null) throw new Error(`${acting.input.action} starts a process and has none`)
  await supplementComponents(acting)
  const [instance] = await deps.workflow.startInstances(tx, [
    {
      subject: { kind: 'dossier', id: dossier.id },
      version,
      places: {
        receivingCentre: dossier.receiving_centre,
        resolvingAgency: dossier.resolving_unit,
        returningPlace: dossier.returning_centre,
      },
      facts: {
        case: dossier.case_id,
        procedure: dossier.procedure_code,
        channel: dossier.channel,
        // Written by `assessFees`, whose total it is.
        fees: (dossier.fees as { total: number | null }).total,
        nonTerritorial: isNonTerritorial(acting.tree, dossier.receiving_centre, dossier.resolving_unit),
      },
      at: now,
    },
  ])
  return {
    patch: {
      accepted_at: now,
      instance: instance?.instance ?? null,
      process_version: version,
      on_site: [...onSiteAt(acting.tree.signing, dossier.receiving_centre, dossier.procedure_code)],
    },
    data: { code: dossier.code },
  }
}
