import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDossier, asked, PROCEDURES, viewOf, walkTo } from '../../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../../tests/support/province.ts'
import { approvalChecks } from './approval-checks.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const checked = async (code: string) => {
  const { officer } = await walkTo(province, code, 'approve')
  return approvalChecks(await viewOf(province, code, officer))
}
const toLook = (checks: ReturnType<typeof approvalChecks>) =>
  checks.filter(({ ok }) => !ok).map(({ id, words: { vi } }) => [id, vi])

test('a dossier in order raises nothing', async () => {
  const { code } = await aDossier(province)
  expect(toLook(await checked(code))).toEqual([])
})

test('a step that took too long, a return and a past date are pointed at, with what to read', async () => {
  const { code } = await aDossier(province, { procedure: PROCEDURES.justice })
  const step = await walkTo(province, code, 'appraise')
  province.clock.advance(14 * 86_400_000)
  await province.services.dossiers.complete({ id: step.id, opinion: 'Đủ' }, asked(step.officer))
  const approval = await walkTo(province, code, 'approve')
  await province.services.dossiers.sendBack(
    { id: approval.id, reason: 'Thiếu số đo' },
    asked(approval.officer),
  )
  const checks = await checked(code)
  expect(toLook(checks)).toEqual([
    ['steps', '1 bước vượt giờ'],
    ['due', 'Đã quá hẹn trả'],
    ['returns', 'Đã trả lại 1 lần'],
  ])
  expect(checks.find(({ id }) => id === 'steps')?.detail?.vi).toMatch(/: [\d,]+ giờ, định mức [\d,]+ giờ/)
  expect(checks.find(({ id }) => id === 'returns')?.detail?.vi).toContain('Thiếu số đo')
})
