import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { ADMINISTRATION_SCREENS } from '../../features/administration/routes.ts'

/** The officers' pages. The frame and each screen are their own files of scripts. */
export function deskRoutes<R extends AnyRoute>(root: R) {
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/desk/sign-in',
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  })
  const desk = createRoute({
    getParentRoute: () => root,
    path: '/desk',
    component: lazyRouteComponent(() => import('./desk-frame.tsx'), 'DeskFrame'),
  })
  const screen = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
    createRoute({ getParentRoute: () => desk, path, component })
  return [
    signIn,
    desk.addChildren([
      screen(
        '/',
        lazyRouteComponent(() => import('./home.tsx'), 'DeskHome'),
      ),
      screen(
        '/viec',
        lazyRouteComponent(() => import('../../features/tasks/tasks-page.tsx'), 'TasksPage'),
      ),
      ...ADMINISTRATION_SCREENS.map(({ path, component }) => screen(path, component)),
      screen(
        '/tiep-nhan',
        lazyRouteComponent(() => import('../../features/intake/intake-page.tsx'), 'IntakePage'),
      ),
      screen(
        '/tra-ket-qua',
        lazyRouteComponent(() => import('../../features/returns/returns-page.tsx'), 'ReturnsPage'),
      ),
      screen(
        '/duyet',
        lazyRouteComponent(() => import('../../features/tasks/approvals-page.tsx'), 'ApprovalsPage'),
      ),
      screen(
        '/tai-khoan',
        lazyRouteComponent(() => import('../../features/account/account-page.tsx'), 'AccountPage'),
      ),
      screen(
        '/ban-giao',
        lazyRouteComponent(() => import('../../features/handover/handover-page.tsx'), 'HandoverPage'),
      ),
      screen(
        '/ban-giao/$sheet',
        lazyRouteComponent(() => import('../../features/handover/sheet-page.tsx'), 'SheetPage'),
      ),
      screen(
        '/tien-do',
        lazyRouteComponent(() => import('../../features/workload/workload-page.tsx'), 'WorkloadPage'),
      ),
      screen(
        '/mau-y-kien',
        lazyRouteComponent(() => import('../../features/templates/templates-page.tsx'), 'TemplatesPage'),
      ),
      screen(
        '/so-sach',
        lazyRouteComponent(() => import('../../features/registers/registers-page.tsx'), 'RegistersPage'),
      ),
      screen(
        '/ho-so',
        lazyRouteComponent(() => import('../../features/dossiers/list-page.tsx'), 'DossierListPage'),
      ),
      screen(
        '/ho-so/$code',
        lazyRouteComponent(() => import('../../features/dossiers/dossier-page.tsx'), 'DossierPage'),
      ),
      screen(
        '/$',
        lazyRouteComponent(() => import('./home.tsx'), 'DeskMissing'),
      ),
    ]),
  ]
}
