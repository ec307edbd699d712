import type { Finding } from './findings.ts'
import type { Verification } from './verify.ts'

type Words = { vi: string; en: string }

const range = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from}` : `${from}–${to}`
const at = (position: number | null): Words =>
  position === null
    ? { vi: 'chưa niêm phong', en: 'not yet sealed' }
    : { vi: `vị trí ${position}`, en: `position ${position}` }
const witness = {
  checkpoint: { vi: 'điểm ký', en: 'signed checkpoint' },
  anchor: { vi: 'mốc neo', en: 'anchor' },
}

/** A finding for people: what is wrong, where. */
export const describeFinding = (finding: Finding): Words => {
  switch (finding.kind) {
    case 'edited':
      return {
        vi: `SỬA: sự kiện ${finding.id} (${at(finding.position).vi}): cột ${finding.columns.join(', ')} đã bị sửa`,
        en: `EDITED: event ${finding.id} (${at(finding.position).en}): ${finding.columns.join(', ')} changed`,
      }
    case 'deleted':
      return {
        vi: `XÓA: mất sự kiện ở vị trí ${range(finding)}`,
        en: `DELETED: no event at position ${range(finding)}`,
      }
    case 'inserted':
      return {
        vi: `CHÈN: sự kiện ${finding.id} (${at(finding.position).vi}) không có trong cây băm`,
        en: `INSERTED: event ${finding.id} (${at(finding.position).en}) is not in the tree`,
      }
    case 'reordered':
      return {
        vi: `ĐỔI CHỖ: sự kiện ${finding.id} (${at(finding.position).vi}) đúng ra ở vị trí ${finding.belongs}`,
        en: `REORDERED: event ${finding.id} (${at(finding.position).en}) belongs at position ${finding.belongs}`,
      }
    case 'truncated':
      return {
        vi: `CẮT ĐUÔI: mất sự kiện ${range(finding)} mà ${witness[finding.by].vi} đã ghi nhận (cắt bớt hoặc khôi phục bản cũ)`,
        en: `TRUNCATED: events ${range(finding)}, known to the ${witness[finding.by].en}, are gone (cut off, or an old copy restored)`,
      }
    case 'rewritten':
      return {
        vi: `VIẾT LẠI: sự kiện ${range(finding)} không khớp gốc cây của ${witness[finding.by].vi}`,
        en: `REWRITTEN: events ${range(finding)} do not have the root of the ${witness[finding.by].en}`,
      }
    case 'forged-checkpoint':
      return {
        vi: `ĐIỂM KÝ GIẢ: chữ ký của điểm ${finding.size} không hợp lệ hoặc khóa ${finding.keyId} lạ`,
        en: `FORGED CHECKPOINT: size ${finding.size}: bad signature or unknown key ${finding.keyId}`,
      }
    case 'forged-anchor':
      return {
        vi: `MỐC NEO GIẢ: chữ ký của mốc ${finding.size} không hợp lệ hoặc khóa ${finding.keyId} lạ`,
        en: `FORGED ANCHOR: size ${finding.size}: bad signature or unknown key ${finding.keyId}`,
      }
    case 'unreadable-anchor':
      return {
        vi: `MỐC NEO HỎNG: không đọc được dòng ${finding.line} của tệp mốc neo`,
        en: `UNREADABLE ANCHOR: line ${finding.line} of the anchor file`,
      }
    case 'unsigned':
      return {
        vi: `CHƯA KÝ: không điểm ký hợp lệ nào bảo chứng cho sự kiện ${range(finding)}`,
        en: `UNSIGNED: no genuine checkpoint vouches for events ${range(finding)}`,
      }
    case 'leaves-lost':
      return {
        vi: `MẤT LÁ: không còn bản ghi lá của sự kiện ${range(finding)}`,
        en: `LEAVES LOST: the stored leaves of events ${range(finding)} are gone`,
      }
    case 'tree-altered':
      return {
        vi: `CÂY BỊ SỬA: trạng thái cây lưu (${finding.size}) khác trạng thái tính lại (${finding.expected})`,
        en: `TREE ALTERED: the stored tree (${finding.size}) is not the recomputed one (${finding.expected})`,
      }
    case 'unreadable':
      return {
        vi: `KHÔNG ĐỌC ĐƯỢC: sự kiện ${range(finding)}: ${finding.reason}`,
        en: `UNREADABLE: events ${range(finding)}: ${finding.reason}`,
      }
  }
}

/** More lines than this help nobody; `--json` has them all. */
const SHOWN = 200

export const reportLines = ({
  findings,
  events,
  size,
  checkpoints,
  anchors,
  root,
}: Verification): string[] => {
  const summary = [
    `Nhật ký: ${events} sự kiện đã niêm phong, ${checkpoints} điểm ký, ${anchors} mốc neo.`,
    `Log: ${events} sealed events, ${checkpoints} checkpoints, ${anchors} anchors.`,
    `Gốc cây · Root (${size}): ${root.toString('hex')}`,
  ]
  if (findings.length === 0)
    return [...summary, 'ĐẠT: không phát hiện thay đổi nào.', 'PASSED: nothing was changed.']
  const shown = findings.slice(0, SHOWN).flatMap((finding) => {
    const { vi, en } = describeFinding(finding)
    return [`  ${vi}`, `    ${en}`]
  })
  const rest = findings.length - SHOWN
  if (rest > 0) shown.push(`  … và ${rest} phát hiện nữa (--json) · and ${rest} more (--json)`)
  return [
    ...summary,
    `KHÔNG ĐẠT: ${findings.length} phát hiện. FAILED: ${findings.length} findings.`,
    ...shown,
  ]
}
