import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoutes } from './surfaces/desk/routes.tsx'
import { displayRoutes } from './surfaces/display/routes.tsx'
import { kioskRoutes } from './surfaces/kiosk/routes.tsx'
import { CrashPage } from './surfaces/portal/crash-page.tsx'
import { portalRoutes } from './surfaces/portal/routes.tsx'

const rootRoute = createRootRoute({
  notFoundComponent: lazyRouteComponent(() => import('./surfaces/portal/missing-page.tsx'), 'MissingPage'),
  errorComponent: CrashPage,
})

/** One file of scripts per surface: a citizen's phone never loads the desk. */
const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gallery',
  component: lazyRouteComponent(() => import('./surfaces/gallery/gallery.tsx'), 'Gallery'),
})

const routeTree = rootRoute.addChildren([
  portalRoutes(rootRoute),
  ...deskRoutes(rootRoute),
  ...kioskRoutes(rootRoute),
  ...displayRoutes(rootRoute),
  galleryRoute,
])

export const router = createRouter({ routeTree, scrollRestoration: true, defaultPreload: 'intent' })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
