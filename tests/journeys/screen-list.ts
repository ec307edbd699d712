import type { Page } from 'playwright-core'
import { CASES } from './cases.ts'
import { track } from './citizen.ts'
import { chooseProcedure, enterApplicant, openIntake } from './intake.ts'
import type { Outside, Province } from './province.ts'

type Look<Place> = {
  /** File name in `docs/screens`, without the ending. */
  name: string
  path: (place: Place) => string
  /** Brings the page where the picture is taken. */
  prepare?: (page: Page, base: string, place: Place) => Promise<void>
}

type DeskLook = Look<Province> & {
  /** Whose computer: an account of the province, or nobody. */
  as?: keyof Province['staff']
}

const example = CASES.find(({ procedure }) => procedure === '1.004363')

/** An intake half done: the person entered, one paper still missing. */
const halfAnIntake = async (page: Page, base: string): Promise<void> => {
  if (!example) throw new Error('no case for 1.004363')
  await openIntake(page, base)
  await chooseProcedure(page, example.asked, example.procedure)
  await enterApplicant(page, example)
  await page
    .getByRole('checkbox', { name: /: Thiếu$/ })
    .first()
    .press('Space')
  await page.getByText('Còn thiếu 1 giấy. Bổ sung').waitFor()
  await page.getByRole('button', { name: /^Đổi thủ tục/ }).scrollIntoViewIfNeeded()
}

/** Every screen of the officers. */
export const DESK_SCREENS: readonly DeskLook[] = [
  { name: 'desk-sign-in', path: () => '/desk/sign-in' },
  {
    name: 'desk-tasks',
    as: 'teamLead',
    path: () => '/desk/viec',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Chờ nhận/ }).click()
      await page
        .getByRole('button', { name: /^Nhận việc/ })
        .first()
        .waitFor()
    },
  },
  { name: 'desk-tasks-mine', as: 'specialist', path: () => '/desk/viec' },
  { name: 'desk-intake', as: 'clerk', path: () => '/desk/tiep-nhan', prepare: halfAnIntake },
  {
    name: 'desk-intake-supplement',
    as: 'clerk',
    path: () => '/desk/tiep-nhan',
    prepare: async (page, base) => {
      await halfAnIntake(page, base)
      await page.getByRole('button', { name: /^In phiếu bổ sung/ }).click()
      await page.getByRole('dialog', { name: /Mẫu 02/ }).waitFor()
    },
  },
  {
    name: 'desk-intake-refuse',
    as: 'clerk',
    path: () => '/desk/tiep-nhan',
    prepare: async (page, base) => {
      await halfAnIntake(page, base)
      await page.getByRole('button', { name: 'Từ chối tiếp nhận' }).click()
      await page.getByRole('dialog', { name: /Mẫu 03/ }).waitFor()
    },
  },
  {
    name: 'desk-intake-group',
    as: 'clerk',
    path: () => '/desk/tiep-nhan',
    prepare: async (page, base) => {
      await openIntake(page, base)
      await chooseProcedure(page, 'lien thong khai sinh thuong tru', '2.000986')
      await page.getByText('Nhóm liên thông').waitFor()
    },
  },
  { name: 'desk-hall', as: 'clerk', path: () => '/desk/hang-doi' },
  { name: 'desk-hall-numbers', as: 'clerk', path: () => '/desk/hang-doi?phan=so' },
  { name: 'desk-hall-appointments', as: 'clerk', path: () => '/desk/hang-doi?phan=lich-hen' },
  { name: 'desk-hall-services', as: 'administrator', path: () => '/desk/hang-doi?phan=dich-vu' },
  { name: 'desk-hall-settings', as: 'director', path: () => '/desk/hang-doi?phan=cai-dat' },
  {
    name: 'desk-hall-rule',
    as: 'director',
    path: () => '/desk/hang-doi?phan=cai-dat',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Sửa: Thứ tự gọi số' }).click()
      await page.getByRole('dialog', { name: 'Thứ tự gọi số' }).waitFor()
    },
  },
  { name: 'desk-devices', as: 'administrator', path: () => '/desk/thiet-bi' },
  { name: 'desk-devices-screens', as: 'director', path: () => '/desk/thiet-bi?phan=man-hinh' },
  { name: 'desk-dossiers', as: 'clerk', path: () => '/desk/ho-so' },
  { name: 'desk-dossier', as: 'specialist', path: ({ dossier }) => `/desk/ho-so/${dossier.code}` },
  {
    name: 'desk-dossier-complete',
    as: 'specialist',
    path: ({ dossier }) => `/desk/ho-so/${dossier.code}`,
    prepare: async (page, _base, { dossier }) => {
      await page.getByRole('button', { name: dossier.action }).first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'desk-dossier-log',
    as: 'specialist',
    path: ({ dossier }) => `/desk/ho-so/${dossier.code}`,
    prepare: async (page) => {
      await page.getByRole('tab', { name: /Nhật ký/ }).click()
      await page.getByRole('tabpanel').waitFor()
    },
  },
  {
    name: 'desk-opinions',
    as: 'supervisor',
    path: ({ together }) => `/desk/ho-so/${together.asked}`,
    prepare: async (page) => {
      await page.getByRole('heading', { name: 'Lấy ý kiến cơ quan khác' }).waitFor()
    },
  },
  {
    name: 'desk-consulted',
    as: 'consulted',
    path: () => '/desk/viec',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Được lấy ý kiến/ }).click()
      await page.getByRole('button', { name: 'Trả lời' }).first().waitFor()
    },
  },
  {
    name: 'desk-ask',
    as: 'specialist',
    path: ({ dossier }) => `/desk/ho-so/${dossier.code}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Lấy ý kiến cơ quan khác/ }).click()
      await page.getByRole('dialog', { name: 'Lấy ý kiến cơ quan khác' }).waitFor()
    },
  },
  {
    name: 'desk-group',
    as: 'supervisor',
    path: ({ together }) => `/desk/ho-so/${together.group}`,
    prepare: async (page) => {
      await page.getByRole('heading', { name: 'Nhóm thủ tục liên thông' }).waitFor()
    },
  },
  {
    name: 'desk-hands',
    as: 'supervisor',
    path: ({ together }) => `/desk/ho-so/${together.travelled}`,
    prepare: async (page) => {
      const title = page.getByRole('heading', { name: 'Hồ sơ ở ai, bao lâu' })
      await title.waitFor()
      await title.scrollIntoViewIfNeeded()
    },
  },
  { name: 'desk-returns', as: 'returner', path: () => '/desk/tra-ket-qua' },
  {
    name: 'desk-assign',
    as: 'teamLead',
    path: () => '/desk/viec',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^Chờ nhận/ }).click()
      await page
        .getByRole('button', { name: /^Nhận việc/ })
        .first()
        .waitFor()
      await page.keyboard.press('Shift+X')
      await page.getByText(/^Đã chọn/).waitFor()
      await page.keyboard.press('g')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Giao \d+ việc/ })
        .waitFor()
    },
  },
  { name: 'desk-approvals', as: 'leader', path: () => '/desk/duyet' },
  { name: 'desk-handover', as: 'clerk', path: () => '/desk/ban-giao' },
  { name: 'desk-returns-uncollected', as: 'returner', path: () => '/desk/tra-ket-qua?phan=uncollected' },
  {
    name: 'desk-dossiers-search',
    as: 'clerk',
    path: () => '/desk/ho-so',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Thêm điều kiện' }).click()
      await page.getByRole('region', { name: 'Điều kiện khác' }).waitFor()
    },
  },
  { name: 'desk-registers', as: 'supervisor', path: () => '/desk/so-sach?so=register&noi=tthcc-ha-long' },
  { name: 'desk-templates', as: 'specialist', path: () => '/desk/mau-y-kien' },
  { name: 'desk-workload', as: 'teamLead', path: () => '/desk/tien-do' },
  { name: 'desk-account', as: 'specialist', path: () => '/desk/tai-khoan' },
  {
    name: 'desk-keys',
    as: 'specialist',
    path: () => '/desk/viec',
    prepare: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'desk-command',
    as: 'clerk',
    path: () => '/desk/ho-so',
    prepare: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Lệnh và tìm kiếm' }).fill('khai sinh')
      await page
        .getByRole('option', { name: /khai sinh/i })
        .first()
        .waitFor()
    },
  },
  { name: 'desk-supervision', as: 'supervisor', path: () => '/desk/giam-sat' },
  { name: 'desk-catalogue', as: 'catalogue', path: () => '/desk/danh-muc' },
  { name: 'desk-catalogue-procedure', as: 'catalogue', path: () => '/desk/danh-muc/2.000815' },
  { name: 'desk-catalogue-preparation', as: 'catalogue', path: () => '/desk/danh-muc/cho-cong-bo' },
  { name: 'desk-dispatch', as: 'leader', path: () => '/desk/dieu-phoi' },
  { name: 'desk-alarms', as: 'supervisor', path: () => '/desk/canh-bao' },
  { name: 'desk-forms', as: 'catalogue', path: () => '/desk/mau-giay' },
  { name: 'desk-processes', as: 'processes', path: () => '/desk/quy-trinh' },
  { name: 'desk-calendar', as: 'catalogue', path: () => '/desk/lich' },
  { name: 'desk-calendar-recompute', as: 'administrator', path: () => '/desk/lich?muc=recompute' },
  { name: 'desk-organisation', as: 'administrator', path: () => '/desk/to-chuc' },
  { name: 'desk-accounts', as: 'administrator', path: () => '/desk/nguoi-dung' },
  { name: 'desk-missing', as: 'clerk', path: () => '/desk/khong-co' },
]

/** Every screen of the citizens. */
export const PORTAL_SCREENS: readonly Look<Outside>[] = [
  { name: 'portal-home', path: () => '/' },
  { name: 'portal-booking', path: () => '/dat-lich/tthcc-tinh' },
  { name: 'portal-procedures', path: () => '/thu-tuc?q=khai%20sinh' },
  { name: 'portal-procedure', path: () => '/thu-tuc/1.013833' },
  { name: 'portal-tracking-start', path: () => '/tra-cuu' },
  { name: 'portal-tracking-outside', path: ({ tracked }) => `/tra-cuu/${tracked.code}` },
  {
    name: 'portal-tracking',
    path: ({ tracked }) => `/tra-cuu/${tracked.code}`,
    prepare: async (page, base, { tracked }) => {
      await track(page, base, tracked.code, tracked.pin)
      const why = page.getByRole('button', { name: /Vì sao ngày này/ })
      if ((await why.getAttribute('aria-expanded')) === 'false') await why.click()
    },
  },
  { name: 'portal-centres', path: () => '/trung-tam' },
  { name: 'portal-centre', path: () => '/trung-tam/tthcc-ha-long' },
  { name: 'portal-waiting', path: () => '/cho-doi' },
  { name: 'portal-promises', path: () => '/cho-doi/tthcc-tinh' },
  { name: 'portal-take', path: () => '/lay-so/tthcc-tinh' },
  { name: 'portal-ticket', path: ({ ticket }) => `/ve/${ticket}` },
  { name: 'portal-rating', path: ({ served }) => `/danh-gia/${served}` },
  { name: 'portal-missing', path: () => '/thu-tuc/khong/co' },
]

type Size = { width: number; height: number }
const PANELS: readonly Size[] = [
  { width: 1080, height: 1920 },
  { width: 768, height: 1366 },
]
const TELEVISIONS: readonly Size[] = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
]
const PLAYED = 'tthcc-tinh'
const choose = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /Đất đai/ })
    .first()
    .click()
}

/** Every screen of the hall, at the sizes of its machines. */
export const HALL_SCREENS: readonly (Look<Outside> & { sizes: readonly Size[] })[] = [
  { name: 'kiosk-home', path: () => `/kiosk/${PLAYED}`, sizes: PANELS },
  {
    name: 'kiosk-large-text',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: (page) => page.getByRole('button', { name: 'Chữ to' }).click(),
  },
  { name: 'kiosk-group', path: () => `/kiosk/${PLAYED}`, sizes: PANELS, prepare: choose },
  {
    name: 'kiosk-papers',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: async (page) => {
      await choose(page)
      await page.getByRole('button', { name: /^Đổi tên/ }).click()
      await page.getByRole('button', { name: 'Chưa', exact: true }).first().click()
      await page.getByText('Thiếu 1 giấy').waitFor()
    },
  },
  {
    name: 'kiosk-find',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Tìm việc cần làm' }).click()
      await page.getByLabel('Việc cần làm').fill('khai sinh')
      await page
        .getByRole('button', { name: /khai sinh/i })
        .first()
        .waitFor()
    },
  },
  {
    name: 'kiosk-look-up',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: (page) => page.getByRole('button', { name: 'Tra cứu hồ sơ' }).click(),
  },
  {
    name: 'kiosk-rate',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: (page) => page.getByRole('button', { name: 'Đánh giá, góp ý' }).click(),
  },
  {
    name: 'kiosk-ticket',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: async (page) => {
      await choose(page)
      await page.getByRole('button', { name: 'Chưa rõ thủ tục, lấy số luôn' }).click()
      await page.getByRole('button', { name: 'Lấy số', exact: true }).click()
      await page.getByText('Xem lượt trên điện thoại').first().waitFor()
    },
  },
  {
    name: 'kiosk-help',
    path: () => `/kiosk/${PLAYED}`,
    sizes: PANELS,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Gọi người giúp' }).click()
      await page.getByText(/Đã gọi lúc/).waitFor()
    },
  },
  { name: 'kiosk-unknown', path: () => '/kiosk/khong-co', sizes: PANELS },
  { name: 'display-hall', path: () => `/display/${PLAYED}`, sizes: TELEVISIONS },
  { name: 'display-empty', path: () => '/display/tthcc-co-to', sizes: TELEVISIONS },
  { name: 'display-unknown', path: () => '/display/khong-co', sizes: TELEVISIONS },
  { name: 'display-counter', path: () => `/display/${PLAYED}/1`, sizes: TELEVISIONS },
  { name: 'rating-tablet', path: ({ tablet }) => tablet, sizes: [{ width: 1280, height: 800 }] },
]
