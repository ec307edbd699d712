import { lazyRouteComponent } from '@tanstack/react-router'

/** The administration screens beneath `/desk`; each feature is a file of scripts of its own. */
export const ADMINISTRATION_SCREENS = [
  {
    path: '/danh-muc',
    component: lazyRouteComponent(() => import('../catalogue-admin/catalogue-page.tsx'), 'CataloguePage'),
  },
  {
    path: '/danh-muc/cho-cong-bo',
    component: lazyRouteComponent(() => import('../catalogue-admin/preparation-page.tsx'), 'PreparationPage'),
  },
  {
    path: '/danh-muc/phien-ban/$id',
    component: lazyRouteComponent(() => import('../catalogue-admin/version-page.tsx'), 'VersionPage'),
  },
  {
    path: '/danh-muc/$code',
    component: lazyRouteComponent(() => import('../catalogue-admin/procedure-page.tsx'), 'ProcedurePage'),
  },
  {
    path: '/lich',
    component: lazyRouteComponent(() => import('../calendar-admin/calendar-page.tsx'), 'CalendarPage'),
  },
  {
    path: '/to-chuc',
    component: lazyRouteComponent(
      () => import('../organisation-admin/organisation-page.tsx'),
      'OrganisationPage',
    ),
  },
  {
    path: '/nguoi-dung',
    component: lazyRouteComponent(() => import('../accounts-admin/accounts-page.tsx'), 'AccountsPage'),
  },
  {
    path: '/nguoi-dung/$id',
    component: lazyRouteComponent(() => import('../accounts-admin/account-page.tsx'), 'AccountPage'),
  },
  {
    path: '/quy-trinh',
    component: lazyRouteComponent(() => import('../processes-admin/processes-page.tsx'), 'ProcessesPage'),
  },
  {
    path: '/quy-trinh/xem/$',
    component: lazyRouteComponent(() => import('../processes-admin/process-page.tsx'), 'ProcessPage'),
  },
  {
    path: '/hang-doi',
    component: lazyRouteComponent(() => import('../hall/hall-page.tsx'), 'HallPage'),
  },
  {
    path: '/thiet-bi',
    component: lazyRouteComponent(() => import('../devices/devices-page.tsx'), 'DevicesPage'),
  },
  {
    path: '/dieu-phoi',
    component: lazyRouteComponent(() => import('../dispatch/dispatch-page.tsx'), 'DispatchPage'),
  },
  {
    path: '/mau-giay',
    component: lazyRouteComponent(() => import('../papers-admin/templates-page.tsx'), 'TemplatesPage'),
  },
  {
    path: '/canh-bao',
    component: lazyRouteComponent(() => import('../alarms/alarms-page.tsx'), 'AlarmsPage'),
  },
  {
    path: '/giam-sat',
    component: lazyRouteComponent(() => import('../supervision/supervision-page.tsx'), 'SupervisionPage'),
  },
] as const
