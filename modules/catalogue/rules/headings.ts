import { fold } from '#platform/text/fold.ts'

/**
 * What a heading over a list of papers means. The portal has one field for it, and offices used it for four things:
 * - ALTERNATIVE: the applicant's case ("Trường hợp cấp lại"); exactly one applies.
 * - GROUP: a heading inside one dossier ("Giấy tờ phải nộp", "Giấy tờ phải xuất trình"); all apply.
 * - SUPPLEMENT: papers added when something is also true ("Trường hợp ủy quyền …"); added to every case, conditional.
 * - NOTE: remarks, no papers ("Lưu ý").
 */
export type HeadingKind = 'ALTERNATIVE' | 'GROUP' | 'SUPPLEMENT' | 'NOTE'

/** List marks before the words: `1.`, `a)`, `(1.3)`, `8.3.1.1.`, `II.`, `(ii)`, `a.1)`, `-`, `+`, `*`. */
const LIST_MARK = /^\s*(?:[-+*•–.)]\s*|\(?(?:\d+(?:\.\d+)*|[a-zđ](?:\.?\d+)?|[ivx]{1,4})[.)/]+\s*)+/iu

export const withoutListMark = (text: string): string => text.replace(LIST_MARK, '').trim()

const NOTE =
  /^(luu y|ghi chu|chu y|trong phieu neu ro|phieu (nay|duoc tao lap)|nguoi uy quyen va nguoi duoc uy quyen)\b/

const SUPPLEMENT: readonly RegExp[] = [
  /^(truong hop|doi voi truong hop|doi voi|neu)?\s*(co )?(nguoi )?uy quyen\b/,
  /^nguoi co tham quyen ky .*uy quyen/,
  /^truong hop .{0,160}\b(uy quyen|duoc uy quyen) (cho |thuc hien )/,
  /^ngoai ra\b/,
  /^truong hop (dang ky |gui ho so |nop ho so )?(tren moi truong dien tu|truc tuyen|qua he thong buu chinh)/,
  /^truong hop (chua co tai khoan dinh danh|da co so dinh danh|viec ket noi giua|khai thac.{0,12} duoc thong tin|co quan thu ly ho so khai thac)/,
  /^truong hop cong dan chua co thong tin\b/,
  /^(mien nop|truong hop giay to quy dinh)/,
  /^giay to chung minh\b/,
  /^tuy tung truong hop/,
]

const GROUP: readonly RegExp[] = [
  /^(cac )?(loai )?(giay to|chung tu|tai lieu)( khac)?( can| phai)? (nop|xuat trinh|gui|kem theo)\b/,
  /^t?thanh phan( va)?( so luong)?( ho so| tai lieu)?( (bao )?gom| (duoc )?quy dinh| theo| ban hanh|$)/,
  /^(ho so )?(bao )?gom\b/,
  /^ho so (khac|nang luc|cua )/,
  /^(tai lieu|mau don to khai|so luong ho so|bao gom|nhom \d+)\b/,
  /^nguoi (co )?(yeu cau|nop|de nghi)\b.*\b(nop|xuat trinh)\b/,
  /^xuat trinh\b/,
  /^ho so gom\b/,
  /^(mot|0?\d) (ban|bo)\b/,
]

/** Words that tie a paper heading to one kind of applicant or object: then it is a case after all. */
const RESTRICTS = /\b(doi voi|truong hop|danh cho)\b/

export const headingKind = (heading: string | null): HeadingKind => {
  if (heading === null) return 'GROUP'
  const words = fold(withoutListMark(heading))
  if (words === '') return 'GROUP'
  if (NOTE.test(words)) return 'NOTE'
  if (SUPPLEMENT.some((pattern) => pattern.test(words))) return 'SUPPLEMENT'
  if (GROUP.some((pattern) => pattern.test(words)) && !RESTRICTS.test(words)) return 'GROUP'
  return 'ALTERNATIVE'
}
