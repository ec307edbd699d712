import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { NO_LIMIT_WORDS } from '#modules/calendar/contract.ts'
import type { DossierView } from '#modules/dossiers/contract.ts'
import { launchBrowser } from '../support/browser.ts'
import { aDesk, aPhone, type Desk } from './browsers.ts'
import { dayOnPaper, dayOnScreen, promisedDay, promiseOnPaper, slashed, todayInVietnam } from './calendar.ts'
import { CASES } from './cases.ts'
import { openTracking, type Seen, track } from './citizen.ts'
import { type Received, receive } from './intake.ts'
import { copiesOf, FORM_01, FORM_06, fetchPaper, fieldsOf, HANDOVER, inOrder } from './papers.ts'
import { type Account, createPeople, type People, signIn, signInOnPage } from './people.ts'
import { aScan } from './scan-file.ts'
import { claim, complete, findDossier, HAND_OVER, handOver, openDossier, readDossier, send } from './work.ts'

const base = inject('base')
let browser: Browser
let people: People
/** One computer per officer, kept for the whole run: people stay signed in. */
const desks = new Map<string, Desk>()

const deskOf = async (account: Account): Promise<Desk> => {
  const known = desks.get(account.username)
  if (known) return known
  const desk = await aDesk(browser)
  await signIn(desk.context, base, account)
  desks.set(account.username, desk)
  return desk
}

beforeAll(async () => {
  browser = await launchBrowser()
  people = await createPeople(base)
})
afterAll(() => browser?.close())

type Done = { step: string; unit: string; by: string; opinion: string }
const opinionOf = (step: string): string => `Đã xem xét ở bước ${step}, đủ điều kiện.`
const timeInWords = /^\d\d giờ \d\d phút, ngày \d\d tháng \d+ năm \d{4}$/

describe.each(CASES)('$title', (one) => {
  let desk: Desk
  let citizen: Page
  let clerk: Account
  let received: Received
  let view: DossierView
  /** The screens say a unit's short name, the papers its full one. */
  let full: { centre: string; unit: string }
  let due: string | null
  let result: { number: string; summary: string }
  const done: Done[] = []
  const moments: Seen[] = []
  const submitter = one.representative ?? one.owner
  const receiver = one.receiver ?? submitter
  const authority = one.receiver?.paper ?? one.representative?.paperNumber

  beforeAll(async () => {
    clerk = people.at(one.centre, 'RECEPTION')
    desk = await aDesk(browser)
    citizen = await aPhone(browser)
  })
  afterAll(async () => {
    await desk?.context.close()
    await citizen?.context().close()
  })

  it('is received at a counter of a centre', async () => {
    await signInOnPage(desk.page, base, clerk)
    desks.set(clerk.username, desk)
    received = await receive(desk.page, base, one, one.attaches ? await aScan(one.title) : undefined)
    // A number stands once in the register, also when the journey is repeated on the same province.
    result = { ...one.result, number: `${received.code.slice(-4)}/${one.result.number}` }
    due = promisedDay(received.receivedBetween[0], one.limit)
    expect(received.code).toMatch(/^H49(\.[A-Z0-9]+)*-\d{6}-\d{4,}$/)
    expect(received.pin).toMatch(/^\d{6}$/)
    expect(new URL(received.printed).pathname).toBe(`/api/dossiers/${received.code}/papers/form-01`)
    expect(received.promised.toLowerCase()).toContain(
      due ? dayOnScreen(due).toLowerCase() : NO_LIMIT_WORDS.promise.vi.toLowerCase(),
    )
    view = await readDossier(desk.context, base, received.code)
    full = {
      centre: (await people.unit(view.receivingCentre.id)).name,
      unit: (await people.unit(view.resolvingUnit.id)).name,
    }
    expect(full.unit).toMatch(one.resolves)
  })

  it('form 01 says what was entered, field by field, in both copies', async () => {
    const paper = await fetchPaper(desk.context, base, received.code, 'form-01')
    for (const copy of copiesOf(paper)) {
      const { '1. Thành phần hồ sơ nộp gồm': papers = '', ...fields } = fieldsOf(copy, FORM_01)
      expect(fields).toEqual({
        'Mã hồ sơ': expect.stringMatching(new RegExp(`^${received.code} `)),
        'Bộ phận tiếp nhận và trả kết quả': full.centre,
        'Tiếp nhận hồ sơ của': one.owner.name,
        'Người nộp': submitter.name,
        'Địa chỉ': one.owner.address,
        [one.owner.kind === 'person' ? 'Số định danh cá nhân' : 'Mã số thuế']: one.owner.number,
        'Số điện thoại': one.owner.phone,
        ...(one.owner.email ? { Email: one.owner.email } : {}),
        'Nội dung yêu cầu giải quyết': `${view.procedure.officialName} (mã ${one.procedure})`,
        '2. Số lượng hồ sơ': '01 (bộ)',
        '3. Thời gian giải quyết theo quy định': one.limitOnPaper,
        '4. Thời gian nhận hồ sơ': expect.stringMatching(timeInWords),
        '5. Thời gian trả kết quả': due
          ? expect.stringMatching(new RegExp(`^${promiseOnPaper(due)} `))
          : 'chưa hẹn được ngày; cơ quan báo khi có kết quả',
        '6. Phí, lệ phí': one.feesOnPaper,
        '7. Đăng ký nhận kết quả tại': full.centre,
        ...(one.feesOnPaper.startsWith('Theo thông báo') ? { 'Ghi chú': expect.any(String) } : {}),
        'NGƯỜI NỘP HỒ SƠ': `(Ký và ghi rõ họ tên) ${submitter.name}`,
        'NGƯỜI TIẾP NHẬN HỒ SƠ': expect.stringContaining(`(Ký và ghi rõ họ tên) ${clerk.name}`),
        'Mã tra cứu': `${received.pin}.`,
        'Khi đến nhận kết quả': expect.stringContaining('mang theo giấy này hoặc căn cước'),
      })
      expect(fields['4. Thời gian nhận hồ sơ']).toContain(
        dayOnPaper(todayInVietnam(received.receivedBetween[0])),
      )
      inOrder(
        papers,
        received.ticked.flatMap(({ name, originals, copies }, index) => [
          `${index + 1} ${name.slice(0, 40)}`,
          `${originals} ${copies}`,
        ]),
      )
    }
  })

  it('the applicant sees on the phone that it was received', async () => {
    const outside = await openTracking(citizen, base, received.code)
    expect(outside.text).toContain(received.code)
    for (const secret of [one.owner.name, view.procedure.name, clerk.name, full.unit])
      expect(outside.text).not.toContain(secret)
    const seen = await track(citizen, base, received.code, received.pin)
    moments.push(seen)
    expect(seen.heading).toBe(view.procedure.name)
    expect(seen.text).toContain('Đang làm: Tiếp nhận')
    expect(seen.text).toContain('Ông/bà chưa cần làm gì')
    expect(seen.text.toLowerCase()).toContain(
      due ? dayOnScreen(due).toLowerCase() : NO_LIMIT_WORDS.promise.vi.toLowerCase(),
    )
    expect(seen.text).not.toContain(one.owner.name)
  })

  it('each step is done by the right person of the agency', async () => {
    for (;;) {
      view = await readDossier(desk.context, base, received.code)
      const step = view.process?.steps.find(({ state }) => state === 'current')
      if (!step?.unit || view.state === 'COMPLETED') break
      const account = step.role === 'RECEPTION' ? clerk : await people.forStep(step.role, step.unit.id)
      const { page, context } = await deskOf(account)
      if (done.length === 1) await findDossier(page, base, received.code)
      else await openDossier(page, base, received.code)
      await claim(page)
      const { task } = await readDossier(context, base, received.code)
      expect(task?.mayComplete, `${account.username} may finish ${step.name}`).toBe(true)
      const needs = new Set(task?.needs.map(({ field }) => field))
      const specialist = needs.has('assignee')
        ? (await people.forStep('SPECIALIST', step.unit.id)).name
        : undefined
      const opinion = needs.has('opinion') ? opinionOf(step.name) : ''
      await complete(page, task?.label.vi ?? '', {
        ...(opinion ? { opinion } : {}),
        ...(specialist ? { assignee: specialist } : {}),
        ...(needs.has('result')
          ? {
              result: {
                ...result,
                date: slashed(todayInVietnam(Date.now())),
                file: await aScan(one.result.summary),
              },
            }
          : {}),
      })
      done.push({ step: step.name, unit: (await people.unit(step.unit.id)).name, by: account.name, opinion })
      if (done.length === 2)
        moments.push(await track(citizen, base, received.code, one.owner.number.slice(-4)))
    }
    expect(view.state).toBe('COMPLETED')
    expect(done.length).toBeGreaterThanOrEqual(4)
    expect(moments[1]?.text).toContain('Đã xong: Tiếp nhận')
    expect(moments[1]?.text).toContain(full.unit)
    expect(view.result).toMatchObject({
      number: result.number,
      date: todayInVietnam(Date.now()),
      summary: result.summary,
      outcome: 'GRANTED',
    })
    expect(view.result?.file?.name).toBe('ket-qua.pdf')
  })

  it('the result is handed over to an identified person, and the papers agree', async () => {
    const returner = people.at(one.centre, 'RETURN_DESK')
    const { page, context } = await deskOf(returner)
    const sheet = await handOver(page, base, received.code)
    if (one.receiver) {
      await sheet.getByRole('group', { name: 'Người nhận là' }).getByText('Được ủy quyền').click()
      await sheet.getByLabel('Họ và tên người nhận').fill(one.receiver.name)
    }
    await sheet.getByRole('group', { name: 'Nhận ra người bằng' }).getByText('Thẻ căn cước').click()
    await sheet.getByLabel('Số định danh người nhận').fill(receiver.number)
    if (authority) await sheet.getByLabel(/^Giấy ủy quyền hoặc/).fill(authority)
    const [printed] = await Promise.all([page.context().waitForEvent('page'), send(page, sheet, HAND_OVER)])
    expect(new URL(printed.url()).pathname).toBe(`/api/dossiers/${received.code}/papers/handover`)
    await printed.close()
    view = await readDossier(context, base, received.code)
    expect(view.state).toBe('RETURNED')

    const receipt = fieldsOf((await fetchPaper(context, base, received.code, 'handover')).text, HANDOVER)
    expect(receipt).toMatchObject({
      'Mã hồ sơ': expect.stringContaining(received.code),
      'Hồ sơ của': one.owner.name,
      'Thời gian trả kết quả': expect.stringContaining(dayOnPaper(todayInVietnam(Date.now()))),
      'Người nhận kết quả': expect.stringContaining(receiver.name),
      'NGƯỜI TRẢ KẾT QUẢ': expect.stringContaining(returner.name),
    })
    inOrder(receipt['Kết quả giải quyết'] ?? '', [
      one.result.summary,
      result.number,
      slashed(todayInVietnam(Date.now())),
    ])

    const sheet06 = await fetchPaper(context, base, received.code, 'form-06')
    const control = fieldsOf(sheet06.text, FORM_06)
    expect(control).toMatchObject({
      'Kèm theo hồ sơ của': one.owner.name,
      'Mã hồ sơ': received.code,
      'Nội dung yêu cầu giải quyết': `${view.procedure.officialName} (mã ${one.procedure})`,
      'Cơ quan (bộ phận) giải quyết hồ sơ': full.unit,
    })
    inOrder(
      sheet06.text,
      done.flatMap(({ step, unit, by, opinion }) => [`1. Giao: ${unit} (${step})`, by, opinion]),
    )
    expect(sheet06.text).toContain('2. Nhận: Người nộp hồ sơ')
    expect(sheet06.text).toContain(returner.name)
  })

  it('the applicant sees on the phone that it has been returned', async () => {
    const seen = await track(citizen, base, received.code, received.pin)
    moments.push(seen)
    expect(seen.text).toContain('Đã trả kết quả')
    expect(moments.map(({ percent }) => percent)).toEqual(
      moments.map(({ percent }) => percent).toSorted((a, b) => a - b),
    )
    expect(seen.percent).toBe(100)
    for (const { by } of done) expect(seen.text).not.toContain(by)
  })
})
