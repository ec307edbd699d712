import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

/** What hangs above the counters, and at each of them. */
export function displayRoutes<R extends AnyRoute>(root: R) {
  return [
    createRoute({
      getParentRoute: () => root,
      path: '/display/$centre',
      component: lazyRouteComponent(() => import('../../features/display/display-page.tsx'), 'DisplayPage'),
    }),
    createRoute({
      getParentRoute: () => root,
      path: '/display/$centre/$counter',
      component: lazyRouteComponent(
        () => import('../../features/display/counter-display-page.tsx'),
        'CounterDisplayPage',
      ),
    }),
  ]
}
