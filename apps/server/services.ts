import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { createCalendarService } from '#modules/calendar/index.ts'
import { addWorkingMinutes, movedByPause } from '#modules/calendar/rules.ts'
import { createCatalogueService } from '#modules/catalogue/index.ts'
import { createDocuments } from '#modules/documents/index.ts'
import {
  createDossierService,
  createHistoryImport,
  createImports,
  type DossierService,
} from '#modules/dossiers/index.ts'
import { createIdentity } from '#modules/identity/index.ts'
import { createOrganisationService } from '#modules/organisation/index.ts'
import { belowOf, placeOf } from '#modules/organisation/rules.ts'
import { createQueueService, PAPER_FAMILY } from '#modules/queue/index.ts'
import { createWorkflowService } from '#modules/workflow/index.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { Refusal } from '#platform/errors.ts'
import type { FileStore } from '#platform/files/store.ts'
import { createFollower } from '#platform/log/follow.ts'
import { createLog } from '#platform/log/log.ts'
import { createPainter } from '#platform/papers/canvas.ts'
import { atRoot } from '#platform/root.ts'
import { processOperations } from './process-operations.ts'

export type ServiceOptions = {
  db: Db
  /**
   * Connections of their own for the caches of organisation, calendar and catalogue, which look at a version number once a
   * second: a use case inside a transaction that asks them must never wait for another transaction's connection.
   */
  reference: Db
  /** The driver's own connections behind `db`: bulk loads need COPY. Without them files of dossiers are not imported. */
  pool?: pg.Pool
  files: FileStore
  clock: Clock
  /** Signs session cookies. */
  secret: string
  demo: boolean
  hotline: string
  publicUrl: () => string
  onAppend?: () => void
}

/** Every module, wired by hand in the order of imports. */
export const createServices = (options: ServiceOptions) => {
  const { db, reference, pool, files, clock, secret, demo, hotline, publicUrl, onAppend } = options
  const log = createLog({ clock, ...(onAppend ? { onAppend } : {}) })
  const organisation = createOrganisationService({ db: reference, log, clock })
  const identity = createIdentity({
    ...{ db, clock, log, secret },
    below: async () => belowOf(await organisation.tree()),
  })
  const isCentre = async (id: string) => (await organisation.tree()).centres.has(id)
  const calendar = createCalendarService({ db: reference, log, clock, isCentre })
  const catalogue = createCatalogueService({ db: reference, log, clock })
  const documents = createDocuments({
    db,
    clock,
    log,
    files,
    scanner: null,
    dataFolder: atRoot('data'),
  })
  const calendarFor = async (unit: string | null) =>
    calendar.calendarFor(reference, unit !== null && (await isCentre(unit)) ? unit : null)
  const officersAt = async (role: string, unit: string) =>
    identity.service.officersReaching(role, placeOf(await organisation.tree(), unit))
  const workflow = createWorkflowService({
    db,
    log,
    clock,
    fourEyes: !demo,
    deadline: async (from, hours, unit) => addWorkingMinutes(await calendarFor(unit), from, hours * 60),
    movedByPause: async (due, from, to, unit) => movedByPause(await calendarFor(unit), due, from, to),
    operations: processOperations({ db, log }),
    agencies: async () => new Set((await organisation.tree()).units.keys()),
    tree: organisation.tree,
    rightsHeld: () => identity.service.rightsHeld(),
    subjectCodes: (ids) => dossiers.codesOf(ids),
    officersAt,
  })
  const dossiers: DossierService = createDossierService({
    db,
    clock,
    log,
    catalogue,
    workflow,
    documents,
    recordAccess: (access) => log.recordAccess(db, access),
    tree: organisation.tree,
    calendarFor,
    officersAt,
    parameters: () => calendar.localValues(reference),
    samples: demo,
    publicUrl,
    hotline,
  })
  const follower = createFollower(db)
  const queue = createQueueService({
    db,
    clock,
    log,
    follower,
    chance: Math.random,
    token: () => randomBytes(15).toString('base64url'),
    tree: organisation.tree,
    countersOf: organisation.countersOf,
    calendarFor,
    resolvedBy: async (centre, code) => {
      // A code that nobody knows is no fault of a visitor: every reception takes them.
      const procedure = await catalogue.getInForce(code).catch((error: unknown) => {
        if (error instanceof Refusal) return undefined
        throw error
      })
      if (!procedure) return null
      const { content } = procedure
      const units = await organisation.tree()
      const agency = content.profiles[units.profile]?.agency
      const { unit } = await organisation.resolveAgency({
        mapping: agency?.text ?? (agency?.units.join('; ') || content.agency),
        centre,
        procedure: { ministry: content.ministry, field: content.field, levels: content.levels },
      })
      const place = unit === null ? null : placeOf(units, unit)
      return {
        agencies: unit === null || !place ? [] : [unit, ...place.rooms, ...place.agencies],
        field: content.field,
      }
    },
    painter: createPainter({ fonts: atRoot('data/fonts/be-vietnam-pro'), family: PAPER_FAMILY }),
    catalogue,
    hotline,
    publicUrl,
  })
  const { tree } = organisation
  const imports = pool && createHistoryImport({ db, pool, clock, log, tree, catalogue, samples: demo })
  const onError = (error: unknown) => console.error(error)
  const importService = imports && createImports({ imports, files, clock, onError })
  return {
    log,
    follower,
    imports,
    importService,
    identity,
    organisation,
    calendar,
    catalogue,
    files,
    documents,
    workflow,
    dossiers,
    queue,
  }
}

export type Services = ReturnType<typeof createServices>
