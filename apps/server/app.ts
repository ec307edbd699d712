import type { FastifyInstance } from 'fastify'
import { calendarErrors, createCalendarRoutes } from '#modules/calendar/index.ts'
import { catalogueErrors } from '#modules/catalogue/errors.ts'
import { createCatalogueRoutes } from '#modules/catalogue/routes.ts'
import { documentErrors } from '#modules/documents/errors.ts'
import { createDocumentRoutes } from '#modules/documents/index.ts'
import { createDossierRoutes, createImportRoutes, dossierErrors } from '#modules/dossiers/index.ts'
import { identityErrors } from '#modules/identity/errors.ts'
import { createDemoRoutes, type DemoPerson } from '#modules/identity/index.ts'
import { organisationErrors } from '#modules/organisation/index.ts'
import { createOrganisationRoutes } from '#modules/organisation/routes.ts'
import { createQueueRoutes, queueErrors } from '#modules/queue/index.ts'
import { createWorkflowRoutes, workflowErrors } from '#modules/workflow/index.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import type { Pressure } from '#platform/db/pressure.ts'
import { platformErrors } from '#platform/errors.ts'
import type { Route } from '#platform/http/route.ts'
import { createHttpServer } from '#platform/http/server.ts'
import type { Config } from './config.ts'
import { createHealthRoutes } from './health.ts'
import type { Services } from './services.ts'
import { readShell, serveWeb } from './web.ts'

/** Refusals of the whole house, code by code. */
export const errors = {
  ...platformErrors,
  ...identityErrors,
  ...organisationErrors,
  ...calendarErrors,
  ...catalogueErrors,
  ...documentErrors,
  ...workflowErrors,
  ...dossierErrors,
  ...queueErrors,
}

export type DemoStaff = () => Promise<readonly DemoPerson[]>

/** Operations of the whole house; one line a module. */
export const routesOf = (services: Services, demoStaff: DemoStaff | null): Route[] => [
  ...services.identity.routes,
  ...(demoStaff ? createDemoRoutes(demoStaff) : []),
  ...createOrganisationRoutes(services.organisation),
  ...createCalendarRoutes(services.calendar),
  ...createCatalogueRoutes(services.catalogue),
  ...createDocumentRoutes(services.documents),
  ...createWorkflowRoutes(services.workflow),
  ...createDossierRoutes(services.dossiers),
  ...createQueueRoutes(services.queue),
  ...(services.importService ? createImportRoutes(services.importService) : []),
]

export type AppOptions = {
  db: Db
  clock: Clock
  config: Pick<Config, 'logLevel' | 'trustProxy' | 'publicRequestsPerMinute'>
  services: Services
  /** The officers of the demo province; null where there is no demo. */
  demoStaff: DemoStaff | null
  checkAnswers: boolean
  /** Of the pool behind `db`; without it nobody is turned away. */
  pressure?: Pressure | undefined
}

export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const { db, clock, config, services, demoStaff, checkAnswers, pressure } = options
  const routes = routesOf(services, demoStaff)
  const app = await createHttpServer({
    db,
    clock,
    routes: [...routes, ...createHealthRoutes({ db, routes, pressure })],
    pressure,
    errors,
    authenticate: services.identity.authenticate,
    nobody: { kind: 'public' },
    publicRequestsPerMinute: config.publicRequestsPerMinute,
    checkAnswers,
    logLevel: config.logLevel,
    trustProxy: config.trustProxy,
    missingPage: await readShell(),
  })
  services.identity.mountAuth(app)
  app.addHook('preClose', async () => services.queue.boards.close())
  await serveWeb(app)
  return app
}
