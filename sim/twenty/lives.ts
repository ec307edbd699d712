import { asked } from '../../tests/support/dossiers.ts'
import type { Province } from '../../tests/support/open-province.ts'
import type { AtWork } from './officers-at-work.ts'
import type { Shape } from './procedures.ts'

const REASON = 'Theo đơn của người nộp hồ sơ'
const ITEMS = [{ what: 'Bản vẽ hiện trạng', reason: 'Thiếu chữ ký của người lập' }]
const BASIS = 'Điều 21 Nghị định 118/2025/NĐ-CP'
const PAY = { amount: 1_250_000, legalBasis: 'Thông báo số 00/TB-CCT' }
const DAY_MS = 86_400_000

type Life = (given: { province: Province; shape: Shape; at: AtWork }) => Promise<void>

const monday = (now: Date): string => {
  // A Monday eight weeks on: later than every limit of the list, and never a holiday of 2026.
  const day = new Date(now.getTime() + (56 - ((now.getUTCDay() + 6) % 7)) * DAY_MS)
  return day.toISOString().slice(0, 10)
}
const onPaper = (day: string): string => {
  const [year, month, date] = day.split('-')
  return `ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`
}

/** Received at the counter, worked on to the end, paid for, apologised for, handed over, found wrong and corrected. */
const fromCounterToCorrection: Life = async ({ province, shape, at }) => {
  const { dossiers } = province.services
  const input = await at.intake()
  const auditor = province.actor('AUDITOR')
  await at.refusal('T2', 'dossiers.not-at-this-centre', dossiers.create(input, asked(auditor)))
  const empty = { ...input, components: [] }
  const { missing } = await dossiers.preview(empty, asked(at.clerk()))
  // A case of conditional papers only lacks nothing.
  if (missing.length > 0)
    await at.refusal('T2', 'dossiers.missing-components', dossiers.create(empty, asked(at.clerk())))
  const { code } = await dossiers.create(input, asked(at.clerk()))
  const { procedure } = await at.view(code)
  await at.readBack(code, 'form-01', [procedure.officialName, at.clerk().name])
  await at.refusal('T3', 'dossiers.action-not-allowed', at.tryAct(code, 'accept', {}))
  await at.refusal(
    'T16',
    'dossiers.action-not-allowed',
    at.tryAct(code, 'correct-result', { reason: REASON }),
  )

  const transfer = await at.walkTo(code, 'transfer')
  await at.refusal(
    'T7',
    'dossiers.not-your-role',
    dossiers.complete({ id: transfer.id, opinion: 'Đủ' }, asked(auditor)),
  )
  await at.complete(code, transfer)
  await at.refusal('T7', 'workflow.task-done', at.complete(code, transfer))

  const appraise = await at.walkTo(code, 'appraise')
  const head = await at.doerOf(code, 'extend')
  const { items } = await dossiers.assignees({ id: appraise.id, next: false }, asked(head))
  const [colleague] = items
  if (!colleague) throw new Error(`nobody appraises ${shape.code}`)
  const reassign = { id: appraise.id, assignee: colleague.id, reason: REASON }
  await at.refusal('T20', 'dossiers.not-your-role', dossiers.reassign(reassign, asked(auditor)))
  await at.refusal(
    'T20',
    'dossiers.unknown-assignee',
    dossiers.reassign({ ...reassign, assignee: auditor.id }, asked(head)),
  )
  await dossiers.reassign(reassign, asked(head))
  await at.refusal(
    'T8',
    'dossiers.not-your-role',
    dossiers.complete({ id: appraise.id, opinion: 'Đủ' }, asked(auditor)),
  )

  await at.refusal('T12', 'dossiers.amount-required', at.tryAct(code, 'request-payment', { reason: REASON }))
  await at.act(code, 'request-payment', PAY)
  await at.readBack(code, 'payment-notice', ['1.250.000'])
  await at.refusal('T12', 'dossiers.action-not-allowed', at.tryAct(code, 'request-payment', PAY))
  await at.refusal('T8', 'dossiers.action-not-allowed', at.complete(code, appraise))
  await at.act(code, 'confirm-payment')
  await at.refusal('T13', 'dossiers.action-not-allowed', at.tryAct(code, 'confirm-payment', {}))

  const newDue = monday(province.clock.now())
  if (shape.movable) {
    await at.refusal('T18', 'dossiers.reason-required', at.tryAct(code, 'extend', { newDue }))
    await at.refusal('T18', 'dossiers.extension-not-later', at.tryAct(code, 'extend', { reason: REASON }))
    await at.refusal(
      'T18',
      'dossiers.extension-not-later',
      at.tryAct(code, 'extend', { reason: REASON, newDue: '2026-04-21' }),
    )
    await at.act(code, 'extend', { reason: REASON, newDue })
    await at.readBack(code, 'form-04', [REASON, onPaper(newDue)])
    await at.refusal(
      'T18',
      'dossiers.extension-already-used',
      at.tryAct(code, 'extend', { reason: REASON, newDue }),
    )
  } else
    await at.refusal(
      'T18',
      'dossiers.extension-too-late',
      at.tryAct(code, 'extend', { reason: REASON, newDue }),
    )

  await at.refusal('T17', 'dossiers.action-not-allowed', at.tryAct(code, 'return', {}))
  const issue = await at.walkTo(code, 'issue')
  await at.refusal('T14', 'dossiers.already-approved', at.tryAct(code, 'withdraw', { reason: REASON }))
  await at.refusal('T9', 'dossiers.already-approved', at.tryAct(code, 'request-supplement', { items: ITEMS }))
  await at.refusal(
    'T16',
    'dossiers.date-in-future',
    at.complete(code, issue, { result: { date: '2030-01-01', summary: 'Kết quả' } }),
  )
  await at.complete(code, issue, { result: { summary: 'Kết quả giải quyết thủ tục' } })
  await at.refusal('T16', 'dossiers.action-not-allowed', at.complete(code, issue))
  const wait = await at.walkTo(code, 'return')
  await at.refusal('T17', 'dossiers.return-by-action', at.complete(code, wait))
  const agency = province.tree.units.get((await at.view(code)).resolvingUnit.id)?.name ?? 'no agency'
  await at.readBack(code, 'form-06', [agency])

  await at.refusal('T17', 'dossiers.receiver-required', at.tryAct(code, 'return', {}))
  const owner = (await at.view(code)).owner
  await at.refusal(
    'T17',
    'dossiers.receiver-not-entitled',
    at.tryAct(code, 'return', { receiver: { name: 'Mẫu Thị Lạ', relation: 'family', slipShown: true } }),
  )
  await at.act(code, 'return', { receiver: { name: owner, relation: 'owner', slipShown: true } })
  await at.readBack(code, 'handover', [owner])
  await at.refusal(
    'T17',
    'dossiers.already-returned',
    at.tryAct(code, 'return', { receiver: { name: owner, relation: 'owner', slipShown: true } }),
  )

  await at.refusal('T19', 'dossiers.reason-required', at.tryAct(code, 'report-result-error', {}))
  await at.act(code, 'report-result-error', { reason: 'Sai năm sinh của chủ hồ sơ' })
  await at.readBack(code, 'result-error', ['Sai năm sinh của chủ hồ sơ'])
  await at.refusal('T19', 'dossiers.result-required', at.tryAct(code, 'correct-result', { reason: REASON }))
  await at.act(code, 'correct-result', { reason: REASON, result: { number: `${code}/SỬA` } })
  await at.remember(code)
}

/** Arrived by post or net, incomplete, sent again, accepted, supplemented once more, and withdrawn. */
const fromAfarToWithdrawal: Life = async ({ province, shape, at }) => {
  const { dossiers } = province.services
  const input = await at.intake()
  if (shape.remote === null) {
    const online = { ...input, channel: 'online' as const }
    await at.refusal('T1', 'dossiers.channel-not-offered', dossiers.submit(online, asked(at.clerk())))
  }
  const arrived =
    shape.remote === null
      ? await dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(at.clerk()))
      : await dossiers.submit({ ...input, channel: shape.remote }, asked(at.clerk()))
  const { code } = arrived
  if (shape.remote !== null) {
    await at.refusal(
      'T1',
      'dossiers.not-at-this-centre',
      dossiers.submit({ ...input, channel: shape.remote }, asked(province.actor('AUDITOR'))),
    )
    await at.refusal('T4', 'dossiers.items-required', at.tryAct(code, 'request-intake-supplement', {}))
    await at.act(code, 'request-intake-supplement', { items: ITEMS })
  }
  await at.readBack(code, 'form-02', ['Bản vẽ hiện trạng', 'Thiếu chữ ký của người lập'])
  await at.refusal('T11', 'dossiers.too-early-to-close', at.tryAct(code, 'close-unsupplemented', {}))
  await at.act(code, 'resubmit', { components: input.components })
  await at.refusal(
    'T4',
    'dossiers.supplement-already-asked',
    at.tryAct(code, 'request-intake-supplement', { items: ITEMS }),
  )
  await at.act(code, 'accept', { components: input.components })
  await at.refusal(
    'T6',
    'dossiers.action-not-allowed',
    at.tryAct(code, 'resubmit', { components: input.components }),
  )
  await at.walkTo(code, 'appraise')
  await at.refusal('T9', 'dossiers.items-required', at.tryAct(code, 'request-supplement', {}))
  await at.refusal(
    'T9',
    'dossiers.ordinary-supplement-open',
    at.tryAct(code, 'request-late-supplement', { items: ITEMS, reason: REASON, legalBasis: BASIS }),
  )
  await at.act(code, 'request-supplement', { items: ITEMS, legalBasis: BASIS })
  await at.act(code, 'receive-supplement')
  await at.refusal('T10', 'dossiers.action-not-allowed', at.tryAct(code, 'receive-supplement', {}))
  await at.refusal(
    'T9',
    'dossiers.supplement-already-asked',
    at.tryAct(code, 'request-supplement', { items: ITEMS }),
  )
  await at.refusal(
    'T9',
    'dossiers.supplement-trips-used',
    at.tryAct(code, 'request-late-supplement', { items: ITEMS, reason: REASON, legalBasis: BASIS }),
  )
  await at.refusal('T14', 'dossiers.reason-required', at.tryAct(code, 'withdraw', {}))
  await at.act(code, 'withdraw', { reason: REASON })
  await at.readBack(code, 'return-minutes', [])
  await at.refusal('T14', 'dossiers.action-not-allowed', at.tryAct(code, 'withdraw', { reason: REASON }))
  await at.remember(code)
}

/** Not supplemented in fifteen days, and closed. */
const closed: Life = async ({ province, at }) => {
  const { dossiers } = province.services
  const { code } = await dossiers.create(await at.intake(), asked(at.clerk()))
  await at.walkTo(code, 'appraise')
  province.clock.advance(7 * DAY_MS)
  await at.refusal(
    'T9',
    'dossiers.supplement-too-late',
    at.tryAct(code, 'request-supplement', { items: ITEMS }),
  )
  await at.refusal(
    'T9',
    'dossiers.basis-required',
    at.tryAct(code, 'request-late-supplement', { items: ITEMS, reason: REASON }),
  )
  await at.act(code, 'request-late-supplement', { items: ITEMS, reason: REASON, legalBasis: BASIS })
  province.clock.advance(17 * DAY_MS)
  await at.act(code, 'close-unsupplemented')
  await at.readBack(code, 'form-05', [])
  await at.refusal('T11', 'dossiers.action-not-allowed', at.tryAct(code, 'close-unsupplemented', {}))
  await at.remember(code)
}

/** Incomplete at the counter, and then refused. */
const refused: Life = async ({ province, at }) => {
  const { dossiers } = province.services
  const input = await at.intake()
  await at.refusal(
    'T4',
    'dossiers.not-at-this-centre',
    dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(province.actor('AUDITOR'))),
  )
  const { code } = await dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(at.clerk()))
  await at.refusal(
    'T5',
    'dossiers.reason-required',
    at.tryAct(code, 'refuse-intake', { reasonCode: 'OTHER' }),
  )
  await at.refusal(
    'T5',
    'dossiers.right-authority-required',
    at.tryAct(code, 'refuse-intake', { reasonCode: 'WRONG_AUTHORITY', reason: REASON }),
  )
  await at.act(code, 'refuse-intake', { reasonCode: 'OTHER', reason: REASON })
  await at.readBack(code, 'form-03', [REASON])
  await at.refusal(
    'T5',
    'dossiers.action-not-allowed',
    at.tryAct(code, 'refuse-intake', { reasonCode: 'OTHER', reason: REASON }),
  )
  await at.remember(code)
}

/** Stopped by the head of the agency. */
const stopped: Life = async ({ province, at }) => {
  const { dossiers } = province.services
  const { code } = await dossiers.create(await at.intake(), asked(at.clerk()))
  await at.refusal(
    'T15',
    'dossiers.action-not-allowed',
    at.tryAct(code, 'stop', { reason: REASON, legalBasis: BASIS }),
  )
  await at.walkTo(code, 'appraise')
  await at.refusal('T15', 'dossiers.reason-required', at.tryAct(code, 'stop', { legalBasis: BASIS }))
  await at.act(code, 'stop', { reason: REASON, legalBasis: BASIS })
  await at.readBack(code, 'form-05', [REASON])
  await at.remember(code)
}

export const LIVES: Readonly<Record<string, Life>> = {
  'from the counter to the correction': fromCounterToCorrection,
  'from afar to the withdrawal': fromAfarToWithdrawal,
  'closed for silence': closed,
  'refused at reception': refused,
  'stopped by the head': stopped,
}
