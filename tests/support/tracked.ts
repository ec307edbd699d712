import pg from 'pg'
import type { Officers, Received } from './officers.ts'
import { embeddedDatabase } from './server-process.ts'

/** A dossier in each state that its owner may meet on the tracking page. */
export const TRACKED = [
  'running',
  'appraised',
  'late',
  'extended',
  'supplement',
  'intakeSupplement',
  'payment',
  'completed',
  'returned',
  'refused',
  'notAccepted',
  'withdrawn',
] as const
export type Tracked = (typeof TRACKED)[number]

const MISSING = [
  {
    what: 'Giấy tờ chứng minh việc đổi tên',
    reason: 'Tên trên đơn khác tên trên Giấy chứng nhận.',
  },
  { what: 'Bản gốc Giấy chứng nhận đã cấp', reason: 'Bản nộp là bản chụp, chưa có bản gốc để ghi thay đổi.' },
]

/** Brings a new dossier into a state, the way officers do. */
export const trackedDossier = async (
  officers: Officers,
  wanted: Tracked,
  dataDir: string,
): Promise<Received> => {
  const { receive, work, act } = officers
  const at =
    (action: string) => (dossier: { process: { steps: { step: string; state: string }[] } | null }) =>
      dossier.process?.steps.some(({ step, state }) => state === 'current' && step.includes(action)) ?? false
  if (wanted === 'intakeSupplement') return officers.askAtCounter({ components: [], items: MISSING })
  if (wanted === 'notAccepted')
    return officers.refuseAtCounter({
      reasonCode: 'WRONG_AUTHORITY',
      reason: 'Đất thuộc địa phận tỉnh khác.',
      rightAuthority: 'Văn phòng đăng ký đất đai nơi có đất',
    })
  const received = await receive()
  const { code } = received
  const finish = (body?: Record<string, unknown>) => work(code, ({ state }) => state === 'COMPLETED', body)
  switch (wanted) {
    case 'running':
      break
    case 'appraised':
      await work(code, at('apprais'))
      break
    case 'late':
      await work(code, at('apprais'))
      await shiftBack(dataDir, code, 21)
      break
    case 'supplement':
      await work(code, at('apprais'))
      await act(code, 'request-supplement', { items: MISSING, reason: 'Hồ sơ còn thiếu giấy tờ.' })
      break
    case 'extended':
      await work(code, at('apprais'))
      await act(code, 'extend', {
        reason: 'Chưa có kết quả đo đạc của đơn vị đo đạc.',
        newDue: await officers.workingDayIn(40),
      })
      break
    case 'payment':
      await work(code, at('apprais'))
      await act(code, 'request-payment', {
        amount: 1_250_000,
        reason: 'Lệ phí trước bạ theo thông báo.',
        legalBasis: 'Luật Phí và lệ phí',
      })
      break
    case 'completed':
      await finish()
      break
    case 'returned':
      await finish()
      await act(code, 'return', { receiver: { name: 'Nguyễn Văn Mẫu', relation: 'owner', slipShown: true } })
      break
    case 'refused':
      await finish({ outcome: 'REFUSED', opinion: 'Thửa đất đang có tranh chấp, chưa đủ điều kiện.' })
      break
    case 'withdrawn':
      await act(code, 'withdraw', { reason: 'Chủ hồ sơ xin rút để bổ sung giấy tờ.' })
      break
  }
  return received
}

/** The product's clock does not turn, so the dossier is made older: whole weeks, so that weekdays stay. */
const shiftBack = async (dataDir: string, code: string, days: number): Promise<void> => {
  const { url } = await embeddedDatabase(dataDir)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `update dossier set received_at = received_at - $2::interval, accepted_at = accepted_at - $2::interval,
       clock_started_at = clock_started_at - $2::interval, due_at = due_at - $2::interval,
       original_due_at = original_due_at - $2::interval where code = $1`,
    [code, `${days} days`],
  )
  await client.end()
}
