import { type AnyRoute, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { usePlace } from '../../features/centres/place.ts'
import { PortalShell } from '../../ui/shell/portal-shell.tsx'

function Portal() {
  const place = usePlace()
  return (
    <PortalShell place={place}>
      <Outlet />
    </PortalShell>
  )
}

export type ProcedureFilters = {
  q?: string | undefined
  level?: string | undefined
  field?: string | undefined
  situation?: string | undefined
}
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** The citizens' pages; each is its own file of scripts. */
export function portalRoutes<R extends AnyRoute>(root: R) {
  const portal = createRoute({ getParentRoute: () => root, id: 'portal', component: Portal })
  return portal.addChildren([
    createRoute({
      getParentRoute: () => portal,
      path: '/',
      component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/thu-tuc',
      validateSearch: (raw: Record<string, unknown>): ProcedureFilters => ({
        q: textOf(raw.q),
        level: textOf(raw.level),
        field: textOf(raw.field),
        situation: textOf(raw.situation),
      }),
      component: lazyRouteComponent(
        () => import('../../features/catalogue/procedures-page.tsx'),
        'ProceduresPage',
      ),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/thu-tuc/$code',
      component: lazyRouteComponent(
        () => import('../../features/catalogue/procedure-page.tsx'),
        'ProcedurePage',
      ),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/tra-cuu',
      component: lazyRouteComponent(
        () => import('../../features/tracking/tracking-form.tsx'),
        'TrackingStartPage',
      ),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/tra-cuu/$code',
      component: lazyRouteComponent(
        () => import('../../features/tracking/tracking-page.tsx'),
        'TrackingPage',
      ),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/trung-tam',
      component: lazyRouteComponent(() => import('../../features/centres/centres-page.tsx'), 'CentresPage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/trung-tam/$centre',
      component: lazyRouteComponent(() => import('../../features/centres/centre-page.tsx'), 'CentrePage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/cho-doi',
      component: lazyRouteComponent(() => import('../../features/waiting/halls-page.tsx'), 'HallsPage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/cho-doi/$centre',
      component: lazyRouteComponent(() => import('../../features/waiting/promises-page.tsx'), 'PromisesPage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/dat-lich/$centre',
      component: lazyRouteComponent(() => import('../../features/appointments/book-page.tsx'), 'BookPage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/lich-hen/$token',
      component: lazyRouteComponent(
        () => import('../../features/appointments/appointment-page.tsx'),
        'AppointmentPage',
      ),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/lay-so/$centre',
      component: lazyRouteComponent(() => import('../../features/tickets/take-page.tsx'), 'TakePage'),
    }),
    createRoute({
      getParentRoute: () => portal,
      path: '/ve/$token',
      component: lazyRouteComponent(() => import('../../features/tickets/ticket-page.tsx'), 'TicketPage'),
    }),
  ])
}
