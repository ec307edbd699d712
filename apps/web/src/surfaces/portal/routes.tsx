import { type AnyRoute, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { PortalShell } from '../../ui/shell/portal-shell.tsx'

function Portal() {
  return (
    <PortalShell>
      <Outlet />
    </PortalShell>
  )
}

/** The citizens' pages; each is its own file of scripts. */
export function portalRoutes<R extends AnyRoute>(root: R) {
  const portal = createRoute({ getParentRoute: () => root, id: 'portal', component: Portal })
  return portal.addChildren([
    createRoute({
      getParentRoute: () => portal,
      path: '/',
      component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
    }),
  ])
}
