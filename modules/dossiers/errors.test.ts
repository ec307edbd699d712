import { mkdtemp, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillMessage, Refusal } from '#platform/errors.ts'
import {
  type ActBody,
  act,
  aDossier,
  anIntake,
  asked,
  completedDossier,
  currentStep,
  holderAt,
  newKey,
  PERSON,
  PROCEDURES,
  RECEIVER,
  refusalOf,
  returnedDossier,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import type { Action, Party, Representative } from './contract.ts'
import { type dossierErrors, dossierErrors as table } from './errors.ts'
import { insertRecomputation } from './store/recomputation.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const ITEMS = [{ what: 'Giấy chứng nhận đã cấp', reason: 'Bản chụp không đọc được' }]
const REASON = 'Theo đơn của người nộp'
const NOBODY = '00000000-0000-7000-8000-000000000000'

const at = (text: string) => province.clock.set(new Date(`${text}+07:00`))
const owner = (more: Partial<Party>) => aDossier(province, { owner: { ...PERSON, ...more } })
const processing = async () => {
  const { code } = await aDossier(province)
  await walkTo(province, code, 'appraise')
  return code
}
const doing = async (code: Promise<{ code: string }> | Promise<string>, action: Action, body?: ActBody) => {
  const made = await code
  return act(province, typeof made === 'string' ? made : made.code, action, body)
}
const administrator = () => province.actor('SYSTEM_ADMIN')
const importing = () => {
  if (!province.services.importService) throw new Error('a province has connections for imports')
  return province.services.importService
}
const sending = (...texts: string[]) => {
  async function* files() {
    for (const text of texts) yield { name: 'cu.csv', stream: Readable.from([Buffer.from(text)]) }
  }
  return importing().send({ purpose: 'run' }, { ...asked(administrator()), files })
}
const incomplete = async () => {
  const input = await anIntake(province, { components: [] })
  const actor = province.actor('RECEPTION', input.receivingCentre)
  return province.services.dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(actor))
}
const late = async () => {
  const code = await processing()
  at('2026-05-04T08:00:00')
  return code
}
const explainLateness = (code: string, more: { reasonCode?: string; amends?: number } = {}) =>
  province.services.dossiers.explainLateness(
    { code, reasonCode: 'A_OVERLOAD', explanation: REASON, ...more },
    asked(province.officer('lanhdao.sotuphap')),
  )
const register = (from: string, to: string) =>
  province.services.dossiers.register(
    { centre: 'tthcc-tinh', from, to },
    asked(province.actor('RECEPTION', 'tthcc-tinh')),
  )

/** Sent for papers twice: by the rule, and by the head's decision. */
const twiceAsked = async () => {
  const code = await processing()
  await act(province, code, 'request-supplement', { items: ITEMS })
  await act(province, code, 'receive-supplement')
  await act(province, code, 'request-late-supplement', {
    items: ITEMS,
    reason: REASON,
    legalBasis: 'Điều 19',
  })
  await act(province, code, 'receive-supplement')
  return code
}
/** What the first item of a list is refused with. */
const firstRefused = async (
  list: Promise<{ refused: { refusal: { code: string; vi: string; en: string } }[] }>,
) => {
  const { code = '', vi = '', en = '' } = (await list).refused[0]?.refusal ?? {}
  // Filled already: what the table leaves open is closed with the same words.
  expect([vi, en].join()).not.toMatch(/\{\w+\}|undefined|""/)
  throw new Refusal(code, { unit: 'nơi khác', sheet: 'PBG26-000001', when: '08:00' })
}
const signing = async (version: ((now: number) => number) | undefined) => {
  const { id, officer, view } = await walkTo(province, (await aDossier(province)).code, 'approve')
  const item = { task: id, version: version?.(view.version) }
  return firstRefused(province.services.dossiers.bulk.complete({ items: [item] }, asked(officer)))
}

const HERE = 'tthcc-tinh'
const handover = () => province.services.dossiers.handover
const atCounter = () => asked(province.actor('RECEPTION', HERE))
const inAgency = () => asked(province.actor('CLERK', 'so-tu-phap'))
const kept = () => province.services.dossiers.kept
const handOver = (codes: readonly string[], from = HERE) =>
  handover().create({ kind: 'dossiers', from, dossiers: [...codes] }, atCounter())
const PROXY = {
  name: 'Trần Thị Ví Dụ',
  personalId: '000000000077',
  paper: 'authorisation',
  paperNumber: '01/GUQ',
} as const
const PROXY_RECEIVES = { name: PROXY.name, relation: 'representative', slipShown: true } as const
const byProxy = (more: Partial<Representative>) =>
  aDossier(province, { representative: { ...PROXY, ...more } })
const takenBack = (authorisation: string) =>
  province.services.dossiers.authorisations.end(
    { authorisation, reason: REASON },
    asked(province.actor('RECEPTION', 'tthcc-tinh')),
  )
const aSheet = async () => {
  const { code } = await aDossier(province)
  const { sheets } = await handOver([code])
  return { code, sheet: sheets[0]?.code ?? '' }
}

const asking = async (more: object = {}) => {
  const code = await processing()
  const question = {
    ...{
      code,
      agencies: ['so-xay-dung-cu'],
      question: 'Có vướng quy hoạch không?',
      workingDays: 3,
      files: [],
    },
    ...{ silence: 'ESCALATION' as const, ...more },
  }
  const by = asked(province.actor('SPECIALIST', 'so-tu-phap'))
  const view = await province.services.dossiers.askOpinions(question, by)
  return { code, question, by, id: view.consultations[0]?.id ?? '' }
}
const answering = (id: string) =>
  province.services.dossiers.consultations.answer(
    { id, unit: 'so-xay-dung-cu', opinion: 'AGREES', answer: REASON },
    asked(province.actor('SPECIALIST', 'so-xay-dung-cu')),
  )
const BIRTH = {
  procedure: '2.001023',
  receivingCentre: 'tthcc-ha-long',
  owner: { ...PERSON, commune: '06655' },
}
const dropping = async (member: string) => {
  const { code } = await aDossier(province, BIRTH)
  const by = asked(province.actor('RECEPTION', 'tthcc-ha-long'))
  return province.services.dossiers.dropMember({ code, member, reason: REASON }, by)
}

/** One way into each refusal of the table; the type makes a new code without a way fail to compile. */
const PROVOKED: Readonly<Record<keyof typeof dossierErrors, () => Promise<unknown>>> = {
  'dossiers.opinions-awaited': async () => {
    const { code, by } = await asking()
    const { task } = await province.services.dossiers.get({ code }, by)
    return province.services.dossiers.complete({ id: task?.id ?? '', opinion: REASON }, by)
  },
  'dossiers.consulted-unit': () => asking({ agencies: ['tthcc-tinh'] }),
  'dossiers.consulted-already': async () => {
    const { question, by } = await asking()
    return province.services.dossiers.askOpinions(question, by)
  },
  'dossiers.silence-basis-required': () => asking({ silence: 'AGREEMENT' }),
  'dossiers.unknown-consultation': () => answering(NOBODY),
  'dossiers.consultation-over': async () => {
    const { id } = await asking()
    await answering(id)
    return answering(id)
  },
  'dossiers.group-by-members': async () => {
    const { code } = await aDossier(province, BIRTH)
    return act(province, code, 'stop', { reason: REASON, legalBasis: 'Điều 21' })
  },
  'dossiers.returned-with-group': async () => {
    const { code } = await aDossier(province, BIRTH)
    const { group } = await viewOf(province, code)
    const child = group?.members[0]?.dossier?.code ?? ''
    await walkTo(province, child, 'return')
    return act(province, child, 'return', { receiver: RECEIVER })
  },
  'dossiers.unknown-member': () => dropping('khong-co'),
  'dossiers.member-not-failed': () => dropping('birth'),
  'dossiers.unknown-case': async () =>
    aDossier(province, { ...(await anIntake(province)), case: 'khong-co' }),
  'dossiers.case-required': async () => {
    const input = await anIntake(province, { procedure: PROCEDURES.land })
    return aDossier(province, { ...input, case: undefined })
  },
  'dossiers.unknown-centre': () =>
    aDossier(province, {
      receivingCentre: 'khong-co',
      by: province.actor('RECEPTION', 'tthcc-tinh'),
    }),
  'dossiers.not-at-this-centre': () =>
    aDossier(province, { by: province.actor('RECEPTION', 'tthcc-mong-cai') }),
  'dossiers.channel-not-offered': () => aDossier(province, { procedure: PROCEDURES.land, channel: 'online' }),
  'dossiers.unknown-component': () =>
    aDossier(province, { components: [{ component: 'cua-ho-so-khac', originals: 1 }] }),
  'dossiers.missing-components': () => aDossier(province, { components: [] }),
  'dossiers.invalid-personal-id': () => owner({ personalId: '12345' }),
  'dossiers.invalid-tax-code': () => owner({ kind: 'organisation', personalId: '0100109107' }),
  'dossiers.invalid-phone': () => owner({ phone: '12345' }),
  'dossiers.date-in-future': () => owner({ birthDate: '2026-04-22' }),
  'dossiers.personal-id-mismatch': () => owner({ personalId: '022099000001', birthDate: '1998-01-02' }),
  'dossiers.authorisation-expired': () =>
    aDossier(province, {
      representative: { name: 'Trần Thị Ví Dụ', paper: 'authorisation', validUntil: '2026-04-20' },
    }),
  'dossiers.authorisation-not-yet': () => byProxy({ validFrom: '2026-04-22' }),
  'dossiers.authorisation-not-for-submitting': () => byProxy({ scope: ['receive'] }),
  'dossiers.authorisation-other-procedure': () => byProxy({ procedures: [PROCEDURES.withFee] }),
  'dossiers.authorisation-ended': async () => {
    const { code } = await byProxy({})
    const id = (await viewOf(province, code)).representative?.authorisation ?? ''
    await takenBack(id)
    return byProxy({})
  },
  'dossiers.authorisation-over': async () => {
    const { code } = await byProxy({ paperNumber: '02/GUQ', validUntil: '2026-04-21' })
    await walkTo(province, code, 'return')
    at('2026-04-22T09:00:00')
    return act(province, code, 'return', { receiver: PROXY_RECEIVES })
  },
  'dossiers.authorisation-not-for-receiving': async () => {
    const { code } = await byProxy({ paperNumber: '03/GUQ', scope: ['submit', 'supplement'] })
    await walkTo(province, code, 'return')
    return act(province, code, 'return', { receiver: PROXY_RECEIVES })
  },
  'dossiers.unknown-authorisation': () => takenBack(NOBODY),
  'dossiers.unknown-file': async () => {
    const input = await anIntake(province)
    const components = input.components.map((one) => ({ ...one, files: [NOBODY] }))
    return aDossier(province, { ...input, components })
  },
  'dossiers.unknown-unit': () => aDossier(province, { resolvingUnit: 'khong-co' }),
  'dossiers.no-resolving-unit': () => aDossier(province, { procedure: '1.000017' }),
  'dossiers.right-authority-required': async () =>
    doing(incomplete(), 'refuse-intake', { reasonCode: 'WRONG_AUTHORITY', reason: REASON }),
  'dossiers.draft-too-large': () =>
    province.services.dossiers.saveDraft(
      { id: newKey(), content: { text: 'a'.repeat(200_001) } },
      asked(province.actor('RECEPTION', 'tthcc-tinh')),
    ),
  'dossiers.unknown': () => viewOf(province, 'H49-260421-9999'),
  'dossiers.stale-version': async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'assign')
    return act(province, code, 'withdraw', { reason: REASON, version: 1 })
  },
  'dossiers.not-read': () => signing(undefined),
  'dossiers.changed-since-read': () => signing((now) => now - 1),
  'dossiers.action-not-allowed': () => doing(aDossier(province), 'return', { receiver: RECEIVER }),
  'dossiers.not-your-role': async () => {
    const code = await processing()
    return act(province, code, 'stop', { reason: REASON }, province.actor('SPECIALIST', 'so-tu-phap'))
  },
  'dossiers.segregation': async () => {
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const both = {
      ...clerk,
      grants: [...clerk.grants, { role: 'AGENCY_LEAD', scope: 'agency', unit: 'so-tu-phap' } as const],
    }
    const { code } = await aDossier(province, { by: both })
    const { id } = await walkTo(province, code, 'approve')
    return province.services.dossiers.complete({ id, opinion: 'Đồng ý' }, asked(both))
  },
  'dossiers.already-approved': async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'issue')
    return act(province, code, 'withdraw', { reason: REASON })
  },
  'dossiers.reason-required': () => doing(aDossier(province), 'withdraw'),
  'dossiers.items-required': () => doing(processing(), 'request-supplement'),
  'dossiers.supplement-already-asked': async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS })
    await act(province, code, 'receive-supplement')
    return act(province, code, 'request-supplement', { items: ITEMS })
  },
  'dossiers.supplement-too-late': async () => {
    const code = await processing()
    at('2026-05-04T08:00:00')
    return act(province, code, 'request-supplement', { items: ITEMS })
  },
  'dossiers.ordinary-supplement-open': async () =>
    doing(processing(), 'request-late-supplement', { items: ITEMS, reason: REASON, legalBasis: 'Điều 19' }),
  'dossiers.supplement-trips-used': async () => {
    const code = await twiceAsked()
    return act(province, code, 'request-late-supplement', {
      items: ITEMS,
      reason: REASON,
      legalBasis: 'Điều 19',
    })
  },
  'dossiers.no-closing-rule': async () => {
    province.clock.set(new Date('2025-06-20T08:00:00+07:00'))
    const { code } = await incomplete()
    return act(province, code, 'close-unsupplemented')
  },
  'dossiers.basis-required': async () => {
    const code = await processing()
    at('2026-04-24T17:01:00')
    return act(province, code, 'request-late-supplement', { items: ITEMS, reason: REASON })
  },
  'dossiers.adjustment-required': async () =>
    doing(aDossier(province), 'adjust', { reason: REASON, adjustment: { phone: PERSON.phone } }),
  'dossiers.lost-required': async () => doing(processing(), 'report-lost-papers', { reason: REASON }),
  'dossiers.lost-papers-open': async () => {
    const code = await processing()
    const lost = [{ what: 'Giấy chứng nhận', remadeBy: 'Văn phòng đăng ký' }]
    await act(province, code, 'report-lost-papers', { reason: REASON, lost })
    return act(province, code, 'report-lost-papers', { reason: REASON, lost })
  },
  'dossiers.nothing-lost': async () => doing(processing(), 'settle-lost-papers', { reason: REASON }),
  'dossiers.recomputation-under-way': async () => {
    const by = { id: newKey(), reason: REASON, started_at: START, started_by: 'x', started_by_name: 'Ai đó' }
    await insertRecomputation(province.db, by)
    return province.services.dossiers.startRecomputation({ reason: REASON }, province.actor('SYSTEM_ADMIN'))
  },
  'dossiers.too-early-to-close': async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS })
    at('2026-05-05T08:00:00')
    return act(province, code, 'close-unsupplemented')
  },
  'dossiers.extension-already-used': async () => {
    const code = await processing()
    await act(province, code, 'extend', { reason: REASON, newDue: '2026-05-08' })
    return act(province, code, 'extend', { reason: REASON, newDue: '2026-05-11' })
  },
  'dossiers.extension-too-late': async () => {
    const code = await processing()
    at('2026-04-29T08:00:00')
    return act(province, code, 'extend', { reason: REASON, newDue: '2026-05-08' })
  },
  'dossiers.extension-not-later': () =>
    doing(processing(), 'extend', { reason: REASON, newDue: '2026-04-22' }),
  'dossiers.amount-required': () => doing(processing(), 'request-payment', { legalBasis: 'Thông báo thuế' }),
  'dossiers.result-required': async () => {
    const { code } = await returnedDossier(province)
    await act(province, code, 'report-result-error', { reason: REASON })
    return act(province, code, 'correct-result', { reason: REASON })
  },
  'dossiers.result-number-taken': async () => {
    const result = { number: `${Date.now()}/GCN` }
    await walkTo(province, (await aDossier(province)).code, 'return', { result })
    return walkTo(province, (await aDossier(province)).code, 'return', { result })
  },
  'dossiers.receiver-required': () => doing(completedDossier(province), 'return'),
  'dossiers.receiver-not-entitled': () =>
    doing(completedDossier(province), 'return', { receiver: { ...RECEIVER, relation: 'family' } }),
  'dossiers.already-returned': () => doing(returnedDossier(province), 'return', { receiver: RECEIVER }),
  'dossiers.opinion-required': async () => {
    const { code } = await aDossier(province)
    const { id, officer } = await walkTo(province, code, 'approve')
    return province.services.dossiers.complete({ id, outcome: 'REFUSED' }, asked(officer))
  },
  'dossiers.unknown-assignee': async () => {
    const { code } = await aDossier(province)
    const { id, officer } = await walkTo(province, code, 'assign')
    return province.services.dossiers.complete({ id, assignee: officer.id }, asked(officer))
  },
  'dossiers.return-by-action': async () => {
    const { code } = await completedDossier(province)
    const step = await currentStep(province, code)
    if (!step) throw new Error('nothing to return')
    return province.services.dossiers.complete({ id: step.id }, asked(step.officer))
  },
  'dossiers.paper-not-issued': async () => {
    const { code } = await aDossier(province)
    return province.services.dossiers.paper(
      { code, form: 'form-03' },
      asked(holderAt(province, 'RECEPTION', 'tthcc-tinh')),
    )
  },
  'dossiers.not-one-batch': async () => {
    const [one, other] = [
      await aDossier(province),
      await aDossier(province, { owner: { name: 'Lý Thị Thử' } }),
    ]
    return province.services.dossiers.batchReceipt(
      { codes: [one.code, other.code] },
      asked(province.actor('RECEPTION', 'tthcc-tinh')),
    )
  },
  'dossiers.period-too-long': () => register('2024-01-01', '2026-01-01'),
  'dossiers.unknown-seal': () =>
    province.services.dossiers.sealRegister(
      { seal: newKey(), from: '2026-04-01', to: '2026-04-30' },
      atCounter(),
    ),
  'dossiers.not-late': async () => explainLateness(await processing()),
  'dossiers.unknown-lateness-reason': async () => explainLateness(await late(), { reasonCode: 'Z_NONE' }),
  'dossiers.lateness-explained': async () => {
    const code = await late()
    await explainLateness(code)
    return explainLateness(code)
  },
  'dossiers.lateness-not-explained': async () => explainLateness(await late(), { amends: 1 }),
  'dossiers.not-your-unit': () => handOver(['H49-260421-0001'], 'so-tu-phap'),
  'dossiers.unknown-sheet': () => handover().get({ sheet: 'PBG26-999999' }, atCounter()),
  'dossiers.sheet-closed': async () => {
    const { code, sheet } = await aSheet()
    await handover().receive({ sheet, received: [code] }, inAgency())
    return handover().receive({ sheet, received: [code] }, inAgency())
  },
  'dossiers.no-difference': async () => {
    const { code, sheet } = await aSheet()
    await handover().receive({ sheet, received: [code] }, inAgency())
    return handover().settle({ sheet, code, resolution: 'found', note: REASON }, inAgency())
  },
  'dossiers.not-to-hand-over': async () => {
    const { code } = await completedDossier(province)
    return firstRefused(handOver([code]))
  },
  'dossiers.on-open-sheet': async () => firstRefused(handOver([(await aSheet()).code])),
  'dossiers.handed-over-already': async () => {
    const { code, sheet } = await aSheet()
    await handover().receive({ sheet, received: [code] }, inAgency())
    return firstRefused(handOver([code]))
  },
  'dossiers.filter-name-taken': async () => {
    const filter = { list: 'dossiers', name: 'Quá hạn', conditions: {}, isDefault: false } as const
    await kept().saveFilter({ ...filter, id: newKey() }, atCounter())
    return kept().saveFilter({ ...filter, id: newKey() }, atCounter())
  },
  'dossiers.too-many-kept': async () => {
    const actor = asked(province.actor('RETURN_DESK'))
    for (let i = 0; i < 101; i++)
      await kept().saveTemplate({ id: newKey(), key: `mau-${i}`, title: 'Mẫu', body: 'Đủ điều kiện' }, actor)
  },
  'dossiers.template-key-taken': async () => {
    const template = { key: 'du-dk', title: 'Đủ', body: 'Đủ điều kiện' }
    await kept().saveTemplate({ ...template, id: newKey() }, inAgency())
    return kept().saveTemplate({ ...template, id: newKey() }, inAgency())
  },
  'dossiers.template-not-yours': () =>
    kept().saveTemplate(
      { id: newKey(), key: 'chung', title: 'Chung', body: 'Đủ điều kiện', unit: 'so-tu-phap' },
      inAgency(),
    ),
  'dossiers.template-placeholder': () =>
    kept().saveTemplate({ id: newKey(), key: 'sai', title: 'Sai', body: 'Hồ sơ của {hoten}' }, inAgency()),
  'dossiers.nothing-to-fetch': async () => {
    const { code } = await aDossier(province)
    const actor = asked(province.actor('RETURN_DESK', HERE))
    return firstRefused(province.services.dossiers.returns.remind({ dossiers: [code], way: 'phone' }, actor))
  },
  'dossiers.step-is-done': async () => {
    const step = await walkTo(province, (await aDossier(province)).code, 'appraise')
    await province.services.dossiers.complete({ id: step.id, opinion: 'Đủ' }, asked(step.officer))
    const lead = asked(province.actor('UNIT_LEAD', 'so-tu-phap'))
    return firstRefused(province.services.dossiers.workload.urge({ tasks: [step.id], message: REASON }, lead))
  },
  'dossiers.not-yours-to-watch': () =>
    province.services.dossiers.workload.get({ unit: HERE }, asked(province.actor('UNIT_LEAD', 'so-tu-phap'))),
  'dossiers.unknown-import': async () => importing().get({ id: NOBODY }, asked(administrator())),
  'dossiers.import-file-missing': () => sending(),
  'dossiers.import-unreadable': () => sending('không phải tên cột'),
  'dossiers.import-too-large': () => sending('x'.repeat(65 * 1024 * 1024)),
  'dossiers.import-running': async () => {
    const imports = province.services.imports
    if (!imports) throw new Error('a province has connections for imports')
    const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'mot-cua-import-')), 'cu.csv')
    await writeFile(file, `code\n${'x\n'.repeat(20_000)}`)
    const actor = { kind: 'system', id: null, name: 'Nhập thử' } as const
    const request = { file, name: 'cu.csv', dryRun: false, actor }
    const opened = await imports.open(request)
    await Promise.all([imports.run(opened, request), imports.run(opened, request)])
  },
  'dossiers.wrong-pin': async () => {
    const { code, pin } = await aDossier(province)
    return province.services.dossiers.track({ code, pin: pin === '123456' ? '654321' : '123456' })
  },
  'dossiers.tracking-locked': async () => {
    const { code, pin } = await aDossier(province)
    const wrong = pin === '123456' ? '654321' : '123456'
    for (let i = 0; i < 10; i++) await refusalOf(province.services.dossiers.track({ code, pin: wrong }))
    return province.services.dossiers.track({ code, pin })
  },
}

describe('every refusal of the table', () => {
  test.each(Object.entries(PROVOKED))('%s is provoked, and its words are whole', async (code, provoke) => {
    const refusal = await refusalOf(provoke())
    expect(refusal.code).toBe(code)
    const words = table[refusal.code as keyof typeof table]
    for (const text of [fillMessage(words.vi, refusal.details), fillMessage(words.en, refusal.details)]) {
      expect(text).not.toMatch(/\{\w+\}/)
      // People read 08:58 21/4/2026, never a machine's date, an event's name or a state's.
      expect(text).not.toMatch(
        /\d{4}-\d{2}-\d{2}|T\d{2}:\d{2}|undefined|null|[a-z]+-[a-z]+ed\b|[A-Z]{2,}_[A-Z]/,
      )
      expect(text).not.toMatch(/""|“”|\s{2}|: [,.]|\(\)/)
    }
  })
})
