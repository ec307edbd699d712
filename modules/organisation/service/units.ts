import { violates } from '#platform/db/connect.ts'
import { refuse } from '#platform/errors.ts'
import type { Input, Output } from '#platform/operation.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import * as op from '../contract.ts'
import { parseDocument, writeDocument } from '../import.ts'
import { assertMayAdminister, mayProvinceWide } from '../rights.ts'
import { ancestors, continuesIdentifier, isIdentifier } from '../rules.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { type Asked, type Shared, unitOf } from './shared.ts'

/** The tree itself: a unit edited by its administrator, or the whole organisation from a document. */
export const createUnits = ({ cache, change, record, today }: Shared) => {
  return {
    editUnit: async (input: Input<typeof op.editUnit>, { actor }: Asked) => {
      const tree = await cache.get()
      unitOf(op.editUnit, tree, input.unit)
      assertMayAdminister(op.editUnit, actor, tree, input.unit)
      if (input.effectiveFrom > today())
        refuse(op.editUnit, 'organisation.date-in-future', { date: input.effectiveFrom })
      const above = ancestors(tree, input.unit).find((unit) => unit.identifier)?.identifier ?? null
      assertIdentifier(input.identifier, above)
      const write = change(async (tx) => {
        const row = await store.lockUnit(tx, input.unit)
        if (row?.version !== input.version) return refuse(op.editUnit, 'organisation.changed-meanwhile')
        const to = {
          name: input.name ?? row.name,
          shortName: input.shortName ?? row.short_name,
          identifier: input.identifier === undefined ? row.identifier : input.identifier,
        }
        await store.updateUnit(tx, row.id, to)
        const before = { name: row.name, shortName: row.short_name, identifier: row.identifier }
        const until = dayBefore(input.effectiveFrom)
        await store.insertFormerNames(tx, [{ unit: row.id, until, ...before, legalBasis: input.legalBasis }])
        await store.raiseVersion(tx)
        await record(tx, actor, 'unit-edited', unitSubject(row.id), {
          before,
          after: to,
          legalBasis: input.legalBasis,
          effectiveFrom: input.effectiveFrom,
        })
      })
      await write.catch((error: unknown) => {
        if (!violates(error, 'unit_identifier_in_force')) throw error
        return refuse(op.editUnit, 'organisation.identifier-taken', { identifier: input.identifier })
      })
      const edited = await cache.get()
      return views.unitView(edited, unitOf(op.editUnit, edited, input.unit), today())
    },

    importOrganisation: async (
      { document: raw }: Input<typeof op.importOrganisation>,
      { actor }: Asked,
    ): Promise<Output<typeof op.importOrganisation>> => {
      if (!mayProvinceWide(actor))
        refuse(op.importOrganisation, 'organisation.outside-your-unit', { name: 'danh mục tổ chức' })
      const document = parseDocument(raw)
      let changed = 0
      await change(async (tx) => {
        // Imports and edits follow one another, so that each is checked against what the other left.
        await store.lockHead(tx)
        changed = (await writeDocument(tx, document)).changed
        await record(
          tx,
          actor,
          'organisation-imported',
          { kind: 'organisation', id: document.profile },
          {
            title: document.title,
            units: document.units.length,
            changed,
          },
        )
      })
      return { units: document.units.length, changed, centres: document.centres.length }
    },
  }
}

const unitSubject = (id: string) => ({ kind: 'unit', id })

const dayBefore = (date: LocalDate): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const assertIdentifier = (identifier: string | null | undefined, above: string | null): void => {
  if (identifier === null || identifier === undefined) return
  if (!isIdentifier(identifier) || !continuesIdentifier(identifier, above))
    refuse(op.editUnit, 'organisation.identifier-invalid', { identifier, above: above ?? '' })
}
