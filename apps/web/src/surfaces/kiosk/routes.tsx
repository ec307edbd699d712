import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** Machines in the hall: where numbers are taken, and where visits are rated. */
export function kioskRoutes<R extends AnyRoute>(root: R) {
  return [
    createRoute({
      getParentRoute: () => root,
      path: '/kiosk/$centre',
      component: lazyRouteComponent(() => import('../../features/kiosk/kiosk-page.tsx'), 'KioskPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/danh-gia/$token',
      component: lazyRouteComponent(() => import('../../features/rating/rating-page.tsx'), 'RatingPage'),
    }),
  ]
}
