import { parseTypedDate } from '../format/format.ts'

/** What the QR code on the Vietnamese citizen card holds. Dates are `yyyy-mm-dd`. */
export type CitizenCard = {
  personalId: string
  /** The nine-digit number of the old card, when there was one. */
  formerId?: string
  name: string
  birthDate: string
  gender: 'MALE' | 'FEMALE'
  address: string
  issuedOn: string
}
export type CardError =
  | 'not-a-card'
  | 'personal-id'
  | 'former-id'
  | 'name'
  | 'birth-date'
  | 'gender'
  | 'address'
  | 'issued-on'
export type CardReading = { ok: true; card: CitizenCard } | { ok: false; errors: readonly CardError[] }

/** Why a card was not understood and what to do, for people. */
export const CARD_ERRORS: Record<CardError, { vi: string; en: string }> = {
  'not-a-card': {
    vi: 'Mã này không phải mã trên thẻ căn cước. Quét mã QR ở góc thẻ.',
    en: 'This is not the code of a citizen card. Scan the QR code in the corner of the card.',
  },
  'personal-id': {
    vi: 'Số định danh phải có 12 chữ số. Quét lại hoặc nhập tay.',
    en: 'The personal number must have 12 digits. Scan again or type it.',
  },
  'former-id': {
    vi: 'Số chứng minh cũ phải có 9 chữ số. Quét lại hoặc nhập tay.',
    en: 'The former number must have 9 digits. Scan again or type it.',
  },
  name: {
    vi: 'Không đọc được họ tên. Quét lại hoặc nhập tay.',
    en: 'The name could not be read. Scan again or type it.',
  },
  'birth-date': {
    vi: 'Ngày sinh trên mã không có trong lịch. Nhập tay theo thẻ.',
    en: 'The birth date does not exist. Type it from the card.',
  },
  gender: {
    vi: 'Không đọc được giới tính. Nhập tay theo thẻ.',
    en: 'The gender could not be read. Type it from the card.',
  },
  address: {
    vi: 'Không đọc được nơi thường trú. Nhập tay theo thẻ.',
    en: 'The address could not be read. Type it from the card.',
  },
  'issued-on': {
    vi: 'Ngày cấp trên mã không có trong lịch. Nhập tay theo thẻ.',
    en: 'The date of issue does not exist. Type it from the card.',
  },
}

const GENDERS: Record<string, CitizenCard['gender']> = { nam: 'MALE', nữ: 'FEMALE' }
const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()
const dateOf = (text: string): string | undefined => (/^\d{8}$/.test(text) ? parseTypedDate(text) : undefined)

/** True when a scan looks like a card, so that other codes (dossier codes) go elsewhere. */
export const looksLikeCard = (text: string): boolean => text.split('|').length >= 6

/**
 * Seven fields separated by `|`: number, former number, name, birth date, gender, address, date of issue. Newer cards
 * append fields; they are left alone.
 */
export function readCitizenCard(text: string): CardReading {
  const fields = text.split('|').map(tidy)
  if (fields.length < 7) return { ok: false, errors: ['not-a-card'] }
  const [personalId = '', formerId = '', name = '', birth = '', sex = '', address = '', issued = ''] = fields
  const birthDate = dateOf(birth)
  const issuedOn = dateOf(issued)
  const gender = GENDERS[sex.toLocaleLowerCase('vi')]
  const errors: CardError[] = []
  if (!/^\d{12}$/.test(personalId)) errors.push('personal-id')
  if (formerId !== '' && !/^\d{9}$/.test(formerId)) errors.push('former-id')
  if (!/\p{L}/u.test(name) || /\d/.test(name)) errors.push('name')
  if (!birthDate) errors.push('birth-date')
  if (!gender) errors.push('gender')
  if (address === '') errors.push('address')
  if (!issuedOn || (birthDate && issuedOn < birthDate)) errors.push('issued-on')
  if (errors.length > 0 || !birthDate || !gender || !issuedOn) return { ok: false, errors }
  return {
    ok: true,
    card: { personalId, ...(formerId ? { formerId } : {}), name, birthDate, gender, address, issuedOn },
  }
}
