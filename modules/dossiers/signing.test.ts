import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StaffActor } from '#modules/identity/contract.ts'
import { fold } from '#platform/text/fold.ts'
import {
  act,
  aDossier,
  asked,
  holderAt,
  PROCEDURES,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const AGENCY = 'so-tu-phap'
const CENTRE = 'tthcc-tinh'
const DAY_MS = 86_400_000
const organisation = () => province.services.organisation
const administrator = () => asked(province.actor('SYSTEM_ADMIN'))

/** An officer of another kind: who appraises in the agency signs nothing by a right of their own. */
const signer = (): StaffActor => holderAt(province, 'SPECIALIST', AGENCY)
const staffOf = async ({ id }: StaffActor): Promise<string> =>
  (await province.db.selectFrom('staff').select('id').where('account_id', '=', id).executeTakeFirstOrThrow())
    .id

let decisions = 0
const mandate = async (who: StaffActor, more: object = {}) => {
  decisions += 1
  return organisation().giveMandate(
    {
      ...{ unit: AGENCY, staff: await staffOf(who), capacity: 'TUQ' as const, centre: CENTRE },
      ...{ principalTitle: 'Giám đốc', signerTitle: 'Chuyên viên chính', procedures: [PROCEDURES.justice] },
      ...{ from: '2026-04-21', to: '2026-06-30', decisionNo: `${decisions}/QĐ-STP`, ...more },
    },
    administrator(),
  )
}
const end = (id: string) =>
  organisation().endMandate({ mandate: id, endedOn: '2026-04-21', reason: 'Hết nhiệm vụ' }, administrator())
const onSite = (parts: ('appraise' | 'approve' | 'seal')[]) =>
  organisation().decideOnSite(
    {
      centre: CENTRE,
      procedure: PROCEDURES.justice,
      parts,
      from: '2026-04-21',
      to: null,
      decisionNo: '07/QĐ-UBND',
    },
    administrator(),
  )

const waitingForApproval = async (procedure: string = PROCEDURES.justice) => {
  const { code } = await aDossier(province, { procedure })
  return { code, task: await walkTo(province, code, 'approve') }
}
const tasksOf = async (who: StaffActor): Promise<string[]> =>
  (
    await province.services.dossiers.listTasks({ filter: 'all', limit: 200, kind: 'approve' }, asked(who))
  ).items.map(({ dossier }) => dossier.code)

describe('approval at the centre by a delegated signer', () => {
  test('within agency, procedure, centre and dates; in the list, on the page and in the result', async () => {
    const decision = await onSite(['appraise', 'approve'])
    const given = await mandate(signer())
    const { code, task } = await waitingForApproval()
    const other = await waitingForApproval(PROCEDURES.withFee)

    expect(await tasksOf(signer())).toContain(code)
    expect(await tasksOf(signer())).not.toContain(other.code)
    const view = await viewOf(province, code, signer())
    expect(view).toMatchObject({ onSite: ['appraise', 'approve'] })
    expect(view.task).toMatchObject({
      mayComplete: true,
      signs: {
        lines: ['TUQ. GIÁM ĐỐC', 'CHUYÊN VIÊN CHÍNH'],
        decisionNo: given.decisionNo,
        until: '2026-06-30',
      },
    })
    const sign = (id: string) =>
      province.services.dossiers.complete({ id, opinion: 'Đồng ý ký.' }, asked(signer()))
    expect((await refusalOf(sign(other.task.id))).code).toBe('dossiers.not-your-role')
    await sign(task.id)
    await walkTo(province, code, 'return')
    expect((await viewOf(province, code)).result).toMatchObject({
      signer: signer().name,
      signedAs: ['TUQ. GIÁM ĐỐC', 'CHUYÊN VIÊN CHÍNH'],
      seal: null,
    })
    await end(given.id)
    await organisation().endOnSite(
      { decision: decision.id, to: '2026-04-21', reason: 'Hết thí điểm' },
      administrator(),
    )
  })

  test('not where the procedure is not approved on the spot', async () => {
    province.clock.set(new Date(START.getTime() + DAY_MS))
    const given = await mandate(signer())
    const { code, task } = await waitingForApproval()
    expect(await viewOf(province, code)).toMatchObject({ onSite: [] })
    const work = province.services.dossiers.complete({ id: task.id, opinion: 'Ký' }, asked(signer()))
    expect((await refusalOf(work)).code).toBe('dossiers.not-your-role')
    await end(given.id)
  })

  test('from its first day until its last one', async () => {
    await mandate(signer(), { centre: null, from: '2026-04-22', to: '2026-04-23' })
    const { code } = await waitingForApproval()
    const may = async (day: string) => {
      province.clock.set(new Date(`${day}T09:00:00+07:00`))
      const { tasks } = await viewOf(province, code)
      const seen = await viewOf(province, code, signer()).then(
        (view) => view.task?.mayComplete ?? false,
        () => false,
      )
      expect(tasks).toEqual([])
      return seen
    }
    expect([
      await may('2026-04-21'),
      await may('2026-04-22'),
      await may('2026-04-23'),
      await may('2026-04-24'),
    ]).toEqual([false, true, true, false])
  })

  test('whoever received it does not approve it, mandate or not', async () => {
    const clerk = province.actor('RECEPTION', CENTRE)
    const given = await mandate(clerk, { centre: null })
    const { code } = await aDossier(province, { by: clerk })
    const task = await walkTo(province, code, 'approve')
    const work = province.services.dossiers.complete({ id: task.id, opinion: 'Ký' }, asked(clerk))
    expect((await refusalOf(work)).code).toBe('dossiers.segregation')
    await end(given.id)
  })

  test('a letter of the agency names the office and the authority of who signed it', async () => {
    const given = await mandate(signer(), { centre: null })
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'extend', { reason: 'Cần xác minh', newDue: '2026-05-08' }, signer())
    const clerk = province.actor('RECEPTION', CENTRE)
    const pdf = await province.services.dossiers.paper(
      { code, form: 'form-04', edition: undefined },
      asked(clerk),
    )
    const text = fold((await readPdf(pdf)).text).replace(/\s+/g, '')
    for (const line of ['TUQ. GIÁM ĐỐC', 'CHUYÊN VIÊN CHÍNH', signer().name])
      expect(text).toContain(fold(line).replace(/\s+/g, ''))
    await end(given.id)
  })
})

describe('the second seal', () => {
  test('seals at the centre what was approved there: nothing travels, and the result says so', async () => {
    province.clock.set(new Date(START.getTime() + 2 * DAY_MS))
    await organisation().decideOnSite(
      {
        ...{ centre: CENTRE, procedure: PROCEDURES.justice, parts: ['appraise', 'approve', 'seal'] },
        ...{ from: '2026-04-23', to: null, decisionNo: '08/QĐ-UBND' },
      },
      administrator(),
    )
    await organisation().keepSeal(
      {
        ...{ centre: CENTRE, unit: AGENCY, label: 'Dấu thứ hai, số 02', keeper: 'Mẫu Thị Giữ' },
        ...{ from: '2026-04-23', to: null, decisionNo: '09/QĐ-STP' },
      },
      administrator(),
    )
    const { code } = await aDossier(province)
    await walkTo(province, code, 'return')
    expect((await viewOf(province, code)).result).toMatchObject({ seal: 'Dấu thứ hai, số 02' })
    const row = await province.db
      .selectFrom('dossier')
      .select(['result_sent_at', 'result_received_at', 'completed_at'])
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    expect(row.result_sent_at).toEqual(row.completed_at)
    expect(row.result_received_at).toEqual(row.completed_at)
  })

  test('its register tells each use, and the centre what part of its work is done on the spot', async () => {
    province.clock.set(new Date(START.getTime() + 2 * DAY_MS))
    const { dossiers } = province.services
    const { seals } = await organisation().listOnSite({ centre: CENTRE, ended: true }, administrator())
    const seal = seals.find(({ label }) => label === 'Dấu thứ hai, số 02')?.id ?? ''
    const director = province.actor('CENTRE_DIRECTOR', CENTRE)
    const period = { from: '2026-04-23', to: '2026-12-31' }
    const before = await dossiers.onSiteShare({ centre: CENTRE, ...period }, asked(director))
    const { code } = await aDossier(province)
    await walkTo(province, code, 'return')
    const { result } = await viewOf(province, code)

    const register = (who: StaffActor, dates = period) =>
      dossiers.sealRegister({ seal, ...dates }, asked(who))
    const plain = (text: string) => fold(text).replace(/\s+/g, '')
    const textOf = async (pdf: Buffer) => plain((await readPdf(pdf)).text)
    const text = await textOf(await register(director))
    for (const part of ['CON DẤU THỨ HAI', 'Mẫu Thị Giữ', code, result?.number ?? '', result?.signer ?? ''])
      expect(text, part).toContain(plain(part))
    expect(await textOf(await register(holderAt(province, 'CLERK', AGENCY)))).toContain(plain(code))
    expect(await textOf(await register(director, { from: '2026-01-01', to: '2026-04-22' }))).not.toContain(
      plain(code),
    )
    expect((await refusalOf(register(province.actor('RECEPTION', CENTRE)))).code).toBe(
      'dossiers.unknown-seal',
    )
    expect((await refusalOf(register(director, { from: '2026-05-01', to: '2026-04-01' }))).code).toBe(
      'dossiers.period-too-long',
    )

    const now = await dossiers.onSiteShare({ centre: CENTRE, ...period }, asked(director))
    expect(now.dossiers).toEqual({
      accepted: before.dossiers.accepted + 1,
      appraised: before.dossiers.appraised + 1,
      approved: before.dossiers.approved + 1,
      sealed: before.dossiers.sealed + 1,
    })
    expect(now.procedures).toMatchObject({ appraised: 1, approved: 1, sealed: 1 })
    expect(
      (await refusalOf(dossiers.onSiteShare({ centre: 'tthcc-cam-pha', ...period }, asked(director)))).code,
    ).toBe('dossiers.unknown-centre')
  })
})

describe('refusals of the administration', () => {
  const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code
  test('a mandate that the law or the house does not know', async () => {
    expect(await codeOf(mandate(signer(), { to: null }))).toBe('organisation.mandate-unlimited')
    expect(await codeOf(mandate(signer(), { procedures: [] }))).toBe('organisation.mandate-unlimited')
    expect(await codeOf(mandate(signer(), { to: '2026-04-20' }))).toBe('organisation.dates-reversed')
    expect(await codeOf(mandate(province.actor('SYSTEM_ADMIN')))).toBe('organisation.mandate-to-yourself')
    const given = await mandate(signer(), { decisionNo: '99/QĐ' })
    expect(await codeOf(mandate(signer(), { decisionNo: '99/QĐ' }))).toBe('organisation.mandate-exists')
    await end(given.id)
    expect(await codeOf(end(given.id))).toBe('organisation.mandate-ended')
  })

  test('an officer without an account signs nothing here', async () => {
    const { id } = await organisation().addStaff(
      {
        ...{ unit: AGENCY, fullName: 'Mẫu Thị Mới', position: 'Chuyên viên' },
        ...{ account: null, phone: null, fields: [], leader: false },
      },
      administrator(),
    )
    const work = organisation().giveMandate(
      {
        ...{
          unit: AGENCY,
          staff: id,
          capacity: 'KT',
          principalTitle: 'Giám đốc',
          signerTitle: 'Phó Giám đốc',
        },
        ...{ centre: null, procedures: [], from: '2026-04-21', to: null, decisionNo: '1/QĐ' },
      },
      administrator(),
    )
    expect(await codeOf(work)).toBe('organisation.staff-without-account')
  })

  test('a seal alone, a decision twice, a second seal twice', async () => {
    const decide = (parts: ('appraise' | 'approve' | 'seal')[]) =>
      organisation().decideOnSite(
        {
          ...{ centre: CENTRE, procedure: PROCEDURES.withFee, parts, from: '2026-04-21', to: null },
          decisionNo: '10/QĐ',
        },
        administrator(),
      )
    expect(await codeOf(decide(['seal']))).toBe('organisation.on-site-seal-alone')
    await decide(['approve'])
    expect(await codeOf(decide(['approve']))).toBe('organisation.on-site-exists')
    const keep = () =>
      organisation().keepSeal(
        {
          ...{
            centre: CENTRE,
            unit: 'so-tai-nguyen-moi-truong',
            label: 'Dấu thứ hai',
            keeper: 'Mẫu Thị Giữ',
          },
          ...{ from: '2026-04-21', to: null, decisionNo: '11/QĐ' },
        },
        administrator(),
      )
    const { id } = await keep()
    expect(await codeOf(keep())).toBe('organisation.seal-exists')
    await organisation().giveSealBack({ seal: id, to: '2026-04-21', reason: 'Trả dấu' }, administrator())
  })
})
