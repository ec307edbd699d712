import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/connect.ts'
import type { Output } from '#platform/operation.ts'
import { fold } from '#platform/text/fold.ts'
import type { LocalDate } from '#platform/time/vietnam.ts'
import {
  type AdminUnitView,
  type CentreView,
  COUNTER_KINDS,
  type CounterView,
  type listUnits,
  type SecondmentView,
  type StaffCard,
  type UnitSummary,
  type UnitView,
} from './contract.ts'
import {
  ancestors,
  isValidOn,
  isWithin,
  type Level,
  nearestIdentifier,
  type Tree,
  type Unit,
  type UnitKind,
} from './rules.ts'

const nameOf = (tree: Tree, id: string): string => tree.units.get(id)?.name ?? id

export const centreView = (tree: Tree, unit: Unit): CentreView => {
  const centre = tree.centres.get(unit.id)
  const place = unit.adminCode === null ? undefined : tree.places.get(unit.adminCode)
  return {
    id: unit.id,
    name: unit.name,
    shortName: unit.shortName,
    kind: unit.kind,
    level: unit.level,
    address: centre?.address ?? null,
    phone: centre?.phone ?? null,
    adminCode: unit.adminCode,
    place: place?.fullName ?? null,
    receptionPoints: [...(centre?.receptionPoints ?? [])],
  }
}

const LEVEL_ORDER: Record<Level, number> = { province: 0, area: 1, district: 1, commune: 2 }

/** Centres in operation, the province's first, then by code of their place. */
export const centresOn = (tree: Tree, date: LocalDate, level?: Level): CentreView[] =>
  [...tree.centres.keys()]
    .flatMap((id) => tree.units.get(id) ?? [])
    .filter((unit) => isValidOn(unit, date) && (level === undefined || unit.level === level))
    .sort(
      (a, b) =>
        LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] ||
        (a.adminCode ?? '').localeCompare(b.adminCode ?? '') ||
        a.id.localeCompare(b.id),
    )
    .map((unit) => centreView(tree, unit))

export const unitSummary = (tree: Tree, unit: Unit, date: LocalDate): UnitSummary => ({
  id: unit.id,
  name: unit.name,
  shortName: unit.shortName,
  kind: unit.kind,
  level: unit.level,
  parent: unit.parent,
  parentName: unit.parent === null ? null : nameOf(tree, unit.parent),
  adminCode: unit.adminCode,
  inForce: isValidOn(unit, date),
})

export const unitView = (tree: Tree, unit: Unit, date: LocalDate): UnitView => ({
  ...unitSummary(tree, unit, date),
  function: unit.function,
  identifier: unit.identifier,
  effectiveIdentifier: nearestIdentifier(tree, unit.id),
  legacyIdentifier: unit.legacyIdentifier,
  centralBody: unit.centralBody,
  validFrom: unit.validFrom,
  validTo: unit.validTo,
  confidence: unit.confidence,
  note: unit.note,
  ancestors: ancestors(tree, unit.id).map(({ id, name }) => ({ id, name })),
  children: tree.children.get(unit.id)?.length ?? 0,
  predecessors: tree.successions
    .filter((one) => one.to === unit.id)
    .map((one) => ({ id: one.from, name: nameOf(tree, one.from), date: one.date, partial: one.partial })),
  successors: (tree.successorsOf.get(unit.id) ?? []).map((one) => ({
    id: one.to,
    name: nameOf(tree, one.to),
    date: one.date,
    partial: one.partial,
  })),
  formerNames: tree.formerNames
    // A change of identifier alone also leaves a row; it is no other name.
    .filter((name) => name.unit === unit.id && name.name !== unit.name)
    .map(({ name, until }) => ({ name, until })),
  version: unit.version,
})

type UnitFilter = {
  q: string
  parent?: string | undefined
  kind?: UnitKind | undefined
  level?: Level | undefined
  ended: boolean
  limit: number
  after?: string | undefined
}

/**
 * Every word asked for begins a word of the name; names with the whole phrase come first, then by folded name and id,
 * which is also the cursor. The tree is in memory: no query.
 */
export const unitPage = (tree: Tree, filter: UnitFilter, date: LocalDate): Output<typeof listUnits> => {
  const asked = fold(filter.q)
  const words = asked.split(' ').filter((word) => word !== '')
  const keyOf = (unit: Unit): string => {
    const folded = tree.folded.get(unit.id) ?? ''
    return `${` ${folded}`.includes(` ${asked}`) ? 0 : 1}${folded}~${unit.id}`
  }
  const matches = (unit: Unit): boolean => {
    const folded = tree.folded.get(unit.id) ?? ''
    return (
      (filter.ended || isValidOn(unit, date)) &&
      (filter.kind === undefined || unit.kind === filter.kind) &&
      (filter.level === undefined || unit.level === filter.level) &&
      (filter.parent === undefined || unit.parent === filter.parent) &&
      words.every((word) => ` ${folded}`.includes(` ${word}`))
    )
  }
  const after = filter.after
  const found = [...tree.units.values()]
    .filter(matches)
    .map((unit) => ({ unit, key: keyOf(unit) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const page = found.slice(0, filter.limit)
  return {
    items: page.map(({ unit }) => unitSummary(tree, unit, date)),
    next: found.length > page.length ? (page.at(-1)?.key ?? null) : null,
  }
}

/** Places of the profile's list by parent or by a name, also a name of the previous list. */
export const adminUnitPage = (
  tree: Tree,
  { parent, q, limit }: { parent?: string | undefined; q: string; limit: number },
): { edition: string; items: AdminUnitView[] } => {
  const words = fold(q)
  const former = Map.groupBy(tree.adminSuccessions, (succession) => succession.to)
  const current = tree.adminUnits.filter((place) => place.edition === tree.adminEdition)
  const editionHasOlder = tree.adminUnits.some((place) => place.edition < tree.adminEdition)
  const formerOf = (code: string, level: string) =>
    editionHasOlder && level === 'commune' ? (former.get(code) ?? []) : []
  const items = current
    .filter((place) =>
      parent === undefined ? words !== '' || place.parent === null : place.parent === parent,
    )
    .map((place) => ({
      code: place.code,
      level: place.level,
      name: place.name,
      fullName: place.fullName,
      type: place.type,
      parent: place.parent,
      parentName: place.parent === null ? null : (tree.places.get(place.parent)?.fullName ?? null),
      lon: place.lon,
      lat: place.lat,
      formerNames: formerOf(place.code, place.level).map(({ from, fromName, partial }) => ({
        code: from,
        name: fromName,
        partial,
      })),
    }))
    .filter((place) =>
      words === ''
        ? true
        : [place.fullName, ...place.formerNames.map((name) => name.name)].some((name) =>
            fold(name).includes(words),
          ),
    )
    .slice(0, limit)
  return { edition: tree.adminEdition, items }
}

const Kinds = z.array(z.enum(COUNTER_KINDS))

type CounterRow = {
  id: string
  centre_id: string
  number: number
  name: string
  kinds: string[]
  agencies: string[]
  fields: string[]
  priority: boolean
  closed_on: string | null
}

export const counterView = (tree: Tree, row: CounterRow): CounterView => ({
  id: row.id,
  centre: row.centre_id,
  number: row.number,
  name: row.name,
  kinds: Kinds.parse(row.kinds),
  agencies: row.agencies.map((id) => ({ id, name: nameOf(tree, id) })),
  fields: row.fields,
  priority: row.priority,
  closedOn: row.closed_on,
})

/** Open counters of a centre by number. */
export const countersOf = async (db: Db, tree: Tree, centre: string): Promise<CounterView[]> => {
  const rows = await db
    .selectFrom('counter')
    .selectAll()
    .where('centre_id', '=', centre)
    .where('closed_on', 'is', null)
    .orderBy('number')
    .execute()
  return rows.map((row) => counterView(tree, row))
}

/** Open and closed counters by number, the open one first, with the officer of the moment. */
export const allCounters = async (db: Db, tree: Tree, centre: string) => {
  const rows = await db
    .selectFrom('counter')
    .leftJoin('counter_assignment', (join) =>
      join
        .onRef('counter_assignment.counter_id', '=', 'counter.id')
        .on('counter_assignment.to_at', 'is', null),
    )
    .leftJoin('staff', 'staff.id', 'counter_assignment.staff_id')
    .selectAll('counter')
    .select(['staff.id as officer_id', 'staff.full_name as officer_name'])
    .where('counter.centre_id', '=', centre)
    .orderBy('counter.number')
    .orderBy(sql`counter.closed_on desc nulls first`)
    .orderBy('counter.id')
    .execute()
  return rows.map((row) => ({
    ...counterView(tree, row),
    officer:
      row.officer_id !== null && row.officer_name !== null
        ? { id: row.officer_id, name: row.officer_name }
        : null,
  }))
}

/** Officers employed by a unit, leaders first, with the centre and counter where they serve today. */
export const unitStaff = async (db: Db, tree: Tree, unit: string, date: LocalDate) => {
  const rows = await db
    .selectFrom('staff')
    .leftJoin('secondment', (join) =>
      join
        .onRef('secondment.staff_id', '=', 'staff.id')
        .on('secondment.from_date', '<=', date)
        .on(sql<boolean>`coalesce(secondment.ended_on, secondment.to_date) >= ${date}`),
    )
    .leftJoin('counter_assignment', (join) =>
      join.onRef('counter_assignment.staff_id', '=', 'staff.id').on('counter_assignment.to_at', 'is', null),
    )
    .leftJoin('counter', 'counter.id', 'counter_assignment.counter_id')
    .where('staff.left_on', 'is', null)
    .where('staff.unit_id', '=', unit)
    .select([
      'staff.id',
      'staff.full_name',
      'staff.position',
      'staff.fields',
      'staff.leader',
      'staff.office_phone',
      'secondment.centre_id',
      'counter.number',
    ])
    .orderBy('staff.leader', 'desc')
    .orderBy('staff.full_name')
    .orderBy('staff.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.full_name,
    position: row.position,
    unit: { id: unit, name: nameOf(tree, unit) },
    seconded: row.centre_id !== null,
    leader: row.leader,
    fields: row.fields,
    phone: row.office_phone,
    counter: row.number,
    centre: row.centre_id === null ? null : { id: row.centre_id, name: nameOf(tree, row.centre_id) },
  }))
}

/** Officers seconded to the centre today and the centre's own, leaders first. */
export const centreStaff = async (
  db: Db,
  tree: Tree,
  centre: string,
  date: LocalDate,
): Promise<StaffCard[]> => {
  const own = [...tree.units.values()].filter((unit) => isOwnUnit(tree, unit, centre)).map((unit) => unit.id)
  const rows = await db
    .selectFrom('staff')
    .leftJoin('secondment', (join) =>
      join
        .onRef('secondment.staff_id', '=', 'staff.id')
        .on('secondment.from_date', '<=', date)
        .on(sql<boolean>`coalesce(secondment.ended_on, secondment.to_date) >= ${date}`),
    )
    .leftJoin('counter_assignment', (join) =>
      join.onRef('counter_assignment.staff_id', '=', 'staff.id').on('counter_assignment.to_at', 'is', null),
    )
    .leftJoin('counter', (join) =>
      join.onRef('counter.id', '=', 'counter_assignment.counter_id').on('counter.centre_id', '=', centre),
    )
    .where('staff.left_on', 'is', null)
    .where((eb) =>
      eb.or([
        eb('secondment.centre_id', '=', centre),
        eb.and([eb('secondment.id', 'is', null), eb('staff.unit_id', 'in', own)]),
      ]),
    )
    .select([
      'staff.id',
      'staff.full_name',
      'staff.position',
      'staff.unit_id',
      'staff.fields',
      'staff.leader',
      'staff.office_phone',
      'secondment.id as tour',
      'secondment.fields as tour_fields',
      'counter.number',
    ])
    .orderBy('staff.leader', 'desc')
    .orderBy('counter.number', (order) => order.asc().nullsLast())
    .orderBy('staff.full_name')
    .orderBy('staff.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.full_name,
    position: row.position,
    unit: { id: row.unit_id, name: nameOf(tree, row.unit_id) },
    seconded: row.tour !== null,
    leader: row.leader,
    fields: row.tour_fields?.length ? row.tour_fields : row.fields,
    phone: row.office_phone ?? tree.centres.get(centre)?.phone ?? null,
    counter: row.number,
  }))
}

/** The centre and its rooms; a communal centre beneath the provincial one has staff of its own. */
const isOwnUnit = (tree: Tree, unit: Unit, centre: string): boolean =>
  unit.id === centre || (unit.kind === 'room' && isWithin(tree, unit.id, centre))

export const centreSecondments = async (
  db: Db,
  tree: Tree,
  filter: { centre?: string; id?: string },
): Promise<SecondmentView[]> => {
  const rows = await db
    .selectFrom('secondment')
    .innerJoin('staff', 'staff.id', 'secondment.staff_id')
    .selectAll('secondment')
    .select('staff.full_name')
    .$if(filter.centre !== undefined, (query) =>
      query.where('secondment.centre_id', '=', filter.centre ?? ''),
    )
    .$if(filter.id !== undefined, (query) => query.where('secondment.id', '=', filter.id ?? ''))
    .orderBy('secondment.from_date', 'desc')
    .orderBy('secondment.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    staff: row.staff_id,
    name: row.full_name,
    sendingUnit: { id: row.sending_unit, name: nameOf(tree, row.sending_unit) },
    centre: row.centre_id,
    from: row.from_date,
    to: row.to_date,
    endedOn: row.ended_on,
    decisionNo: row.decision_no,
    fields: row.fields,
    backupOf: row.backup_of,
    exceptionBasis: row.exception_basis,
  }))
}
