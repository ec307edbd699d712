import type { BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import { readPdf } from '../support/pdf.ts'

export type Paper = Awaited<ReturnType<typeof readPdf>>

/** A paper of the dossier as the printer gets it. */
export async function fetchPaper(
  context: BrowserContext,
  base: string,
  code: string,
  form: string,
): Promise<Paper> {
  const answer = await context.request.get(`${base}/api/dossiers/${code}/papers/${form}`)
  expect(answer.status(), `${form} of ${code}`).toBe(200)
  expect(answer.headers()['content-type']).toBe('application/pdf')
  const paper = await readPdf(await answer.body())
  return { ...paper, text: withoutRunningHeads(paper.text, code) }
}

/** Page heads stand between the lines they interrupt; the demo's papers carry the word of samples on each page. */
const withoutRunningHeads = (text: string, code: string): string =>
  text
    .replaceAll(new RegExp(`Mã hồ sơ ${code.replaceAll('.', '\\.')} \\d+ `, 'g'), '')
    .replaceAll(/(^| )MẪU(?= |$)/g, '')
    .trim()

/** What stands between the labels, in their order on the paper; a label that is not there has no entry. */
export function fieldsOf(text: string, labels: readonly string[]): Record<string, string> {
  const found: { label: string; from: number; to: number }[] = []
  let at = 0
  for (const [index, label] of labels.entries()) {
    const from = text.indexOf(label, at)
    // The same words may stand further down: what comes before them on the paper is not skipped.
    const later = labels.slice(index + 1).map((next) => text.indexOf(next, at))
    if (from === -1 || later.some((next) => next !== -1 && next < from)) continue
    found.push({ label, from, to: from + label.length })
    at = from + label.length
  }
  return Object.fromEntries(
    found.map(({ label, to }, index) => [
      label.replace(/:$/, ''),
      text.slice(to, found[index + 1]?.from ?? text.length).trim(),
    ]),
  )
}

export const FORM_01 = [
  'Mã hồ sơ:',
  'Bộ phận tiếp nhận và trả kết quả:',
  'Tiếp nhận hồ sơ của:',
  'Người nộp:',
  'Địa chỉ:',
  'Số định danh cá nhân:',
  'Mã số thuế:',
  'Số điện thoại:',
  'Email:',
  'Nội dung yêu cầu giải quyết:',
  '1. Thành phần hồ sơ nộp gồm:',
  '2. Số lượng hồ sơ:',
  '3. Thời gian giải quyết theo quy định:',
  '4. Thời gian nhận hồ sơ:',
  '5. Thời gian trả kết quả:',
  '6. Phí, lệ phí:',
  '7. Đăng ký nhận kết quả tại:',
  'Ghi chú:',
  'NGƯỜI NỘP HỒ SƠ',
  'NGƯỜI TIẾP NHẬN HỒ SƠ',
  'Mã tra cứu',
  'Khi đến nhận kết quả',
]

/** Form 01 is printed twice, for the archive and for the applicant. */
export function copiesOf(paper: Paper): string[] {
  const whole = paper.text
  const second = whole.indexOf('(Liên 2')
  // The head of the second copy stands before its name.
  const head = whole.lastIndexOf('CỘNG HÒA XÃ HỘI', second)
  const start = whole.lastIndexOf('Mã hồ sơ:', second)
  const cut = Math.min(...[head, start].filter((at) => at > 0))
  return [whole.slice(0, cut), whole.slice(cut)]
}

/** The code stands in the head, above the names of the state, and once more among the lines. */
export const FORM_06 = [
  'Mã hồ sơ:',
  'CỘNG HÒA XÃ HỘI',
  'Kèm theo hồ sơ của:',
  'Mã hồ sơ:',
  'Nội dung yêu cầu giải quyết:',
  'Ngày nhận hồ sơ:',
  'Ngày hẹn trả kết quả:',
  'Cơ quan (bộ phận) giải quyết hồ sơ:',
  'TÊN CƠ QUAN',
]

export const HANDOVER = [
  'Mã hồ sơ:',
  'Hồ sơ của:',
  'Người nộp:',
  'Địa chỉ:',
  'Số định danh cá nhân:',
  'Mã số thuế:',
  'Số điện thoại:',
  'Email:',
  'Nội dung yêu cầu giải quyết:',
  'Thời gian trả kết quả:',
  'Người nhận kết quả:',
  'Kết quả giải quyết',
  'NGƯỜI NHẬN KẾT QUẢ',
  'NGƯỜI TRẢ KẾT QUẢ',
]

/** Every part is there, each after the one before. */
export function inOrder(text: string, parts: readonly string[]): void {
  let at = 0
  for (const part of parts) {
    const found = text.indexOf(part, at)
    expect(
      found,
      `"${part}" after "${text.slice(Math.max(0, at - 60), at)}" in "${text}"`,
    ).toBeGreaterThanOrEqual(at)
    at = found + part.length
  }
}

export const FORM_02 = [
  'Mã hồ sơ:',
  'CỘNG HÒA XÃ HỘI',
  'Hồ sơ của:',
  'Người nộp:',
  'Địa chỉ:',
  'Số định danh cá nhân:',
  'Mã số thuế:',
  'Số điện thoại:',
  'Email:',
  'Nội dung yêu cầu giải quyết:',
  'Nội dung cần bổ sung, hoàn thiện Số lượng',
  'Lý do:',
  'Căn cứ:',
  'Đề nghị hoàn thiện hồ sơ',
  'Trong quá trình hoàn thiện',
  'NGƯỜI NỘP HỒ SƠ',
  'NGƯỜI HƯỚNG DẪN',
]

export const FORM_03 = [
  'Mã hồ sơ:',
  'CỘNG HÒA XÃ HỘI',
  'Hồ sơ của:',
  'Người nộp:',
  'Địa chỉ:',
  'Số định danh cá nhân:',
  'Mã số thuế:',
  'Số điện thoại:',
  'Email:',
  'Nội dung yêu cầu giải quyết:',
  'Thời gian nộp trực tuyến:',
  'Số giấy tờ đã nộp:',
  'với lý do cụ thể như sau:',
  'Căn cứ:',
  'Nơi có thẩm quyền giải quyết:',
  'Xin thông báo cho Ông/Bà',
  'NGƯỜI NỘP HỒ SƠ',
  'NGƯỜI TIẾP NHẬN HỒ SƠ',
]
