import type { StaffActor } from '#modules/identity/contract.ts'
import { ancestors, subtree, type Tree } from '#modules/organisation/rules.ts'
import { inTransaction, violates } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type * as op from '../contract/search.ts'
import { type OpinionTemplate, type SavedFilter, SearchConditions } from '../contract/search.ts'
import { PLACEHOLDERS, unknownPlaceholders } from '../rules/opinion-template.ts'
import * as store from '../store/kept.ts'
import type { DossierDeps } from './deps.ts'
import { holdsAt } from './rights.ts'

type Asked = { actor: StaffActor }
/** More than anybody finds again. */
const MOST_KEPT = 100
/** Whose word a unit's templates are. */
const leadersOf = (tree: Tree, unit: string): string[] =>
  tree.centres.has(unit) ? ['CENTRE_DIRECTOR'] : ['UNIT_LEAD', 'AGENCY_LEAD']

const listed = (names: readonly string[]): string => names.map((name) => name || '…').join(', ')

/** The officer's own filters and templates, and the templates that the units share. */
export const createKept = (deps: DossierDeps) => {
  const filterOf = (row: Awaited<ReturnType<typeof store.filtersOf>>[number]): SavedFilter => ({
    id: row.id,
    list: row.list === 'tasks' ? 'tasks' : 'dossiers',
    name: row.name,
    // Conditions that a later version no longer knows are left out, not an error of whoever opens the list.
    conditions: SearchConditions.catch({}).parse(row.content),
    isDefault: row.is_default,
    savedAt: toLocalIso(row.saved_at),
  })

  const filters = async ({ actor }: Asked): Promise<Output<typeof op.listFilters>> => ({
    items: (await store.filtersOf(deps.db, actor.id)).map(filterOf),
  })

  const saveFilter = async (
    { id, list, name, conditions, isDefault }: Input<typeof op.saveFilter>,
    { actor }: Asked,
  ): Promise<SavedFilter> => {
    const saved_at = deps.clock.now()
    await inTransaction(deps.db, async (tx) => {
      const mine = await store.filtersOf(tx, actor.id)
      if (mine.length >= MOST_KEPT && !mine.some((one) => one.id === id))
        throw new Refusal('dossiers.too-many-kept', { count: mine.length })
      await store.saveFilterRow(tx, {
        ...{ id, account: actor.id, list, name, saved_at },
        ...{ content: conditions, is_default: isDefault },
      })
    }).catch((error: unknown) => {
      if (violates(error, 'saved_filter_name')) throw new Refusal('dossiers.filter-name-taken', { name })
      throw error
    })
    return { id, list, name, conditions, isDefault, savedAt: toLocalIso(saved_at) }
  }

  const removeFilter = async ({ id }: Input<typeof op.removeFilter>, { actor }: Asked) => {
    await store.deleteFilter(deps.db, actor.id, id)
    return {}
  }

  /** Whose shared templates somebody uses: of the units of the grants, above them and beneath. */
  const unitsOf = (actor: StaffActor, tree: Tree): string[] => {
    const anchors = [actor.unit, ...actor.grants.flatMap(({ unit }) => unit ?? [])]
    const around = anchors.flatMap((unit) => [
      ...ancestors(tree, unit).map(({ id }) => id),
      ...subtree(tree, unit).map(({ id }) => id),
    ])
    return [...new Set(around)]
  }
  const mayShare = (actor: StaffActor, tree: Tree, unit: string): boolean =>
    tree.units.has(unit) && holdsAt(actor, tree, leadersOf(tree, unit), unit)

  const templateOf = (row: store.TemplateRecord, actor: StaffActor, tree: Tree): OpinionTemplate => ({
    ...{ id: row.id, key: row.key, title: row.title, body: row.body },
    unit: row.unit === null ? null : { id: row.unit, name: tree.units.get(row.unit)?.shortName ?? row.unit },
    savedBy: row.saved_by_name,
    mayEdit: row.unit === null ? row.account === actor.id : mayShare(actor, tree, row.unit),
  })

  const templates = async ({ actor }: Asked): Promise<Output<typeof op.listTemplates>> => {
    const tree = await deps.tree()
    const units = unitsOf(actor, tree)
    const rows = await store.templatesFor(deps.db, actor.id, units)
    return {
      items: rows.map((row) => templateOf(row, actor, tree)),
      shareable: units
        .filter((unit) => mayShare(actor, tree, unit))
        .map((id) => ({ id, name: tree.units.get(id)?.shortName ?? id }))
        .slice(0, 50),
    }
  }

  const saveTemplate = async (
    { id, key, title, body, unit }: Input<typeof op.saveTemplate>,
    { actor }: Asked,
  ): Promise<OpinionTemplate> => {
    const tree = await deps.tree()
    const strange = unknownPlaceholders(body)
    if (strange.length > 0)
      throw new Refusal('dossiers.template-placeholder', {
        names: listed(strange),
        known: listed(Object.keys(PLACEHOLDERS)),
      })
    if (unit !== undefined && !mayShare(actor, tree, unit)) throw new Refusal('dossiers.template-not-yours')
    const row: store.TemplateRecord = {
      ...{ id, key, title, body, account: unit === undefined ? actor.id : null, unit: unit ?? null },
      ...{ saved_at: deps.clock.now(), saved_by: actor.id, saved_by_name: actor.name },
    }
    await inTransaction(deps.db, async (tx) => {
      const before = await store.lockTemplate(tx, id)
      if (before && !templateOf(before, actor, tree).mayEdit) throw new Refusal('dossiers.template-not-yours')
      const mine = await store.templatesFor(tx, actor.id, unit === undefined ? [] : [unit])
      if (!before && mine.length >= MOST_KEPT)
        throw new Refusal('dossiers.too-many-kept', { count: mine.length })
      await store.saveTemplateRow(tx, row)
    }).catch((error: unknown) => {
      const taken = ['opinion_template_own_key', 'opinion_template_unit_key'].some((one) =>
        violates(error, one),
      )
      if (taken) throw new Refusal('dossiers.template-key-taken', { key })
      throw error
    })
    return templateOf(row, actor, tree)
  }

  const removeTemplate = async ({ id }: Input<typeof op.removeTemplate>, { actor }: Asked) => {
    const tree = await deps.tree()
    await inTransaction(deps.db, async (tx) => {
      const row = await store.lockTemplate(tx, id)
      if (!row) return
      if (!templateOf(row, actor, tree).mayEdit) throw new Refusal('dossiers.template-not-yours')
      await store.deleteTemplate(tx, id)
    })
    return {}
  }

  return { filters, saveFilter, removeFilter, templates, saveTemplate, removeTemplate }
}
