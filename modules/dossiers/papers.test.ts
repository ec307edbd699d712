import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fold } from '#platform/text/fold.ts'
import {
  act,
  aDossier,
  anIntake,
  asked,
  PERSON,
  PROCEDURES,
  RECEIVER,
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

const FORMS = ['form-01', 'form-02', 'form-03', 'form-04', 'form-05', 'form-06', 'handover'] as const
type Form = (typeof FORMS)[number]
const ITEMS = [{ what: 'Bản đồ thửa đất', reason: 'Thiếu chữ ký của chủ đất giáp ranh' }]
const REASON = 'Cần xác minh thực địa'
const clerk = () => province.actor('RECEPTION', 'tthcc-tinh')

/** Text of a paper as another program reads it; letters only, because a line may break anywhere. */
const textOf = async (bytes: Buffer) => fold((await readPdf(bytes)).text).replace(/\s+/g, ' ')
const paperOf = async (code: string, form: Form) =>
  textOf(await province.services.dossiers.paper({ code, form }, asked(clerk())))
const squeezed = (fact: string) => fold(fact).replace(/\s+/g, '')
const holds = (text: string, facts: readonly string[]) => {
  const missing = facts.filter((fact) => !text.replaceAll(' ', '').includes(squeezed(fact)))
  expect(missing).toEqual([])
}
const printable = async (code: string) => {
  const { papers } = await viewOf(province, code)
  const rendered = await Promise.all(
    FORMS.map((form) =>
      province.services.dossiers.paper({ code, form }, asked(clerk())).then(
        () => [form],
        (error: { code: string }) =>
          error.code === 'dossiers.paper-not-issued' ? [] : Promise.reject(error),
      ),
    ),
  )
  // What the screen offers is what prints.
  expect(rendered.flat()).toEqual(papers.map(({ form }) => form))
  return rendered.flat()
}
const processing = async () => {
  const { code } = await aDossier(province)
  await walkTo(province, code, 'appraise')
  return code
}
const incomplete = async () => {
  const input = await anIntake(province, { components: [] })
  return (
    await province.services.dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(clerk()))
  ).code
}

describe('a form prints exactly when what it certifies has happened', () => {
  test.each<[string, () => Promise<string>, Form[]]>([
    ['accepted', async () => (await aDossier(province)).code, ['form-01', 'form-06']],
    ['incomplete', incomplete, ['form-02']],
    [
      'refused at reception',
      async () => {
        const input = await anIntake(province)
        const answer = { ...input, reasonCode: 'OTHER', reason: REASON } as const
        return (await province.services.dossiers.refuseIntake(answer, asked(clerk()))).code
      },
      ['form-03'],
    ],
    [
      'incomplete, then refused',
      async () => {
        const code = await incomplete()
        await act(province, code, 'refuse-intake', { reasonCode: 'OTHER', reason: REASON })
        return code
      },
      ['form-02', 'form-03'],
    ],
    [
      'waiting for a supplement',
      async () => {
        const code = await processing()
        await act(province, code, 'request-supplement', { items: ITEMS })
        return code
      },
      ['form-01', 'form-02', 'form-06'],
    ],
    [
      'extended',
      async () => {
        const code = await processing()
        await act(province, code, 'extend', { reason: REASON, newDue: '2026-05-08' })
        return code
      },
      ['form-01', 'form-04', 'form-06'],
    ],
    [
      'withdrawn',
      async () => {
        const { code } = await aDossier(province)
        await act(province, code, 'withdraw', { reason: REASON })
        return code
      },
      ['form-01', 'form-05', 'form-06'],
    ],
    [
      'stopped',
      async () => {
        const code = await processing()
        await act(province, code, 'stop', { reason: REASON, legalBasis: 'Điều 21 Nghị định 118/2025/NĐ-CP' })
        return code
      },
      ['form-01', 'form-05', 'form-06'],
    ],
    [
      'returned',
      async () => {
        const { code } = await aDossier(province)
        await walkTo(province, code, 'return')
        await act(province, code, 'return', { receiver: RECEIVER })
        return code
      },
      ['form-01', 'form-06', 'handover'],
    ],
  ])('%s', async (_state, make, forms) => expect(await printable(await make())).toEqual(forms))
})

describe('read back field by field', () => {
  test('form 01: who, what, papers, fee, when, where, and how to follow it', async () => {
    const { code, pin } = await aDossier(province, { procedure: PROCEDURES.withFee })
    const { components, procedure } = await viewOf(province, code)
    const text = await paperOf(code, 'form-01')
    holds(text, [
      ...['GIẤY TIẾP NHẬN', 'HẸN TRẢ KẾT QUẢ', code, pin, PERSON.name, PERSON.address, PERSON.phone],
      ...[procedure.officialName, '15 ngày làm việc', '800.000', clerk().name, '1900 0000'],
      ...['Trung tâm Hành chính công tỉnh Quảng Ninh', '08 giờ 00 phút, ngày 21 tháng 4 năm 2026'],
      '17 giờ 00 phút, thứ Sáu, ngày 15 tháng 5 năm 2026',
      ...components.filter(({ status }) => status === 'present').map(({ name }) => name.slice(0, 60)),
    ])
    expect(text).toContain('000000000001')
  })

  test('what has no limit promises no day: on paper, on the screen and in tracking alike', async () => {
    const by = province.actor('RECEPTION', 'tthcc-ha-long')
    const intake = { procedure: PROCEDURES.birth, receivingCentre: 'tthcc-ha-long' }
    const { code, pin } = await aDossier(province, { ...intake, by })
    const print = async (form: Form) =>
      textOf(await province.services.dossiers.paper({ code, form }, asked(by)))
    const receipt = await print('form-01')
    holds(receipt, [
      '3. Thời gian giải quyết theo quy định: không ghi rõ trong thủ tục đã công bố',
      '5. Thời gian trả kết quả: chưa hẹn được ngày; cơ quan báo khi có kết quả',
    ])
    holds(await print('form-06'), ['Ngày hẹn trả kết quả: chưa hẹn được ngày'])
    expect(receipt).not.toMatch(/undefined|null|nan\b|tra ngay/)
    const preview = await province.services.dossiers.preview(await anIntake(province, intake), asked(by))
    const seen = [
      preview.deadline,
      (await viewOf(province, code)).deadline,
      (await province.services.dossiers.track({ code, pin })).deadline,
    ]
    for (const deadline of seen) {
      expect(deadline).toMatchObject({ due: null, pace: 'NO_LIMIT', amount: 'Không ghi rõ thời hạn' })
      expect(deadline?.paceWords.vi).toBe('Không ghi rõ thời hạn')
      expect(deadline?.explanation).toContain('Thủ tục đã công bố không ghi rõ thời hạn.')
    }
  })

  test('form 01 of a record without a fee says so and whom to ask', async () => {
    const { code } = await aDossier(province, { procedure: PROCEDURES.silentFee })
    const text = await paperOf(code, 'form-01')
    holds(text, ['Ghi chú: Thủ tục đã công bố không nêu rõ mức phí', 'hỏi nơi tiếp nhận hoặc tổng đài'])
    expect(text).not.toContain('xem ghi chu')
    const said = [{ name: 'Phí, lệ phí', amount: null, note: expect.stringContaining('hỏi nơi tiếp nhận') }]
    expect((await viewOf(province, code)).fees).toEqual({ lines: said, total: null })
    const intake = await anIntake(province, { procedure: PROCEDURES.silentFee })
    expect((await province.services.dossiers.preview(intake, asked(clerk()))).fees.lines).toEqual(said)
  })

  test('form 02: each paper with its reason, and the last day', async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS, legalBasis: 'Điều 28 Luật Đất đai' })
    holds(await paperOf(code, 'form-02'), [
      ...['YÊU CẦU BỔ SUNG', code, PERSON.name, ...Object.values(ITEMS[0] ?? {}), 'Điều 28 Luật Đất đai'],
      province.officer('chuyenvien.sotuphap').name,
    ])
  })

  test('form 03: the reason and where to go', async () => {
    const input = await anIntake(province)
    const rightAuthority = 'Ủy ban nhân dân phường Thí Dụ'
    const { code } = await province.services.dossiers.refuseIntake(
      { ...input, reasonCode: 'WRONG_AUTHORITY', reason: REASON, rightAuthority },
      asked(clerk()),
    )
    holds(await paperOf(code, 'form-03'), [
      'TỪ CHỐI',
      code,
      PERSON.name,
      REASON,
      rightAuthority,
      clerk().name,
    ])
  })

  test('form 04: the apology with both dates; form 05: the ground', async () => {
    const code = await processing()
    await act(province, code, 'extend', { reason: REASON, newDue: '2026-05-08' })
    holds(await paperOf(code, 'form-04'), [
      'XIN LỖI',
      code,
      REASON,
      province.officer('lanhdao.sotuphap').name,
    ])
    await act(province, code, 'stop', { reason: 'Đang tranh chấp', legalBasis: 'Điều 21' })
    holds(await paperOf(code, 'form-05'), ['DỪNG', code, 'Đang tranh chấp', 'Điều 21'])
  })

  test('form 06: every hand-over with who gave, who took and when, from the log', async () => {
    const { code } = await aDossier(province)
    const done = []
    for (const step of ['assign', 'appraise', 'review', 'approve', 'issue', 'return'])
      done.push((await walkTo(province, code, step)).officer.name)
    const text = await paperOf(code, 'form-06')
    holds(text, ['PHIẾU KIỂM SOÁT', code, clerk().name, ...done.slice(0, -1), 'Sở Tư pháp'])
    expect(text).not.toMatch(/undefined|null|invalid/)
  })

  test('the receipt of the result: what was given to whom, by whom', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'return', {
      result: { number: '77/GCN-MAU', summary: 'Giấy chứng nhận mẫu' },
    })
    const receiver = {
      name: 'Lý Thị Thử',
      relation: 'family',
      authorisationPaper: 'Giấy khai sinh',
      personalId: '000000000002',
      slipShown: true,
    } as const
    await act(province, code, 'return', { receiver })
    holds(await paperOf(code, 'handover'), [
      ...[code, '77/GCN-MAU', 'Giấy chứng nhận mẫu', receiver.name, receiver.personalId],
      province.actor('RETURN_DESK', 'tthcc-tinh').name,
    ])
  })

  test('a paper stays the same when it is printed again later', async () => {
    const { code } = await aDossier(province)
    const first = await paperOf(code, 'form-01')
    await walkTo(province, code, 'return')
    expect(await paperOf(code, 'form-01')).toBe(first)
  })
})

describe('the register (form 07)', () => {
  const register = (centre: string, from: string, to: string) =>
    province.services.dossiers.register({ centre, from, to }, asked(province.actor('RECEPTION', centre)))

  test('lists what a centre received in a period in the order of its book, both days included', async () => {
    const days = ['2026-06-09T23:59:59', '2026-06-10T00:00:00', '2026-06-11T23:59:59', '2026-06-12T00:00:00']
    const codes = []
    for (const day of days) {
      province.clock.set(new Date(`${day}+07:00`))
      codes.push(
        (await aDossier(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-cam-pha' })).code,
      )
    }
    const text = (await textOf(await register('tthcc-cam-pha', '2026-06-10', '2026-06-11'))).replaceAll(
      ' ',
      '',
    )
    expect(codes.map((code) => text.includes(squeezed(code)))).toEqual([false, true, true, false])
    expect(text.indexOf(squeezed(codes[1] ?? ''))).toBeLessThan(text.indexOf(squeezed(codes[2] ?? '')))
    const other = await textOf(await register('tthcc-co-to', '2026-06-10', '2026-06-11'))
    expect(codes.some((code) => other.includes(fold(code)))).toBe(false)
  })

  test('of another centre is none of the desk’s business', async () => {
    const refused = province.services.dossiers.register(
      { centre: 'tthcc-cam-pha', from: '2026-06-10', to: '2026-06-11' },
      asked(clerk()),
    )
    expect((await refusalOf(refused)).code).toBe('dossiers.unknown-centre')
  })
})
