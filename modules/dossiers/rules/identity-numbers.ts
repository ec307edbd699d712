/**
 * Personal identification numbers, tax codes and phone numbers as the law writes them (Decree 137/2015 Article 13, Circular
 * 07/2016/TT-BCA, Law 26/2023 Article 12). A number has no check digit, so only what cannot exist is refused.
 */
const PROVINCES = new Set(
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(
    ' ',
  ),
)

export type PersonalIdProblem = 'length' | 'province' | 'birth-year'

const WHY: Readonly<Record<PersonalIdProblem, { vi: string; en: string }>> = {
  length: { vi: 'phải có đúng 12 chữ số', en: 'it has exactly 12 digits' },
  province: {
    vi: 'ba số đầu không phải mã tỉnh hay mã nước',
    en: 'its first three digits are no code of a province or country',
  },
  'birth-year': { vi: 'năm sinh trong số ở tương lai', en: 'the year of birth in it is in the future' },
}
export const whyPersonalId = (problem: PersonalIdProblem): { vi: string; en: string } => WHY[problem]

/** Digit 4 tells century and sex: 0/1 for 1900–1999 (male/female), 2/3 for 2000–2099, and so on. */
const centuryOf = (digit: number): number => 1900 + Math.floor(digit / 2) * 100

export type PersonalIdFacts = { birthYear: number; gender: 'male' | 'female' }

export const readPersonalId = (id: string): PersonalIdFacts | undefined => {
  if (!/^\d{12}$/.test(id)) return undefined
  const digit = Number(id[3])
  return { birthYear: centuryOf(digit) + Number(id.slice(4, 6)), gender: digit % 2 === 0 ? 'male' : 'female' }
}

/** Numbers beginning 000 belong to nobody; the demo province uses them and only it accepts them. */
export const isSampleId = (id: string): boolean => /^000\d{9}$/.test(id)

export const personalIdProblem = (
  id: string,
  { year, samplesAllowed }: { year: number; samplesAllowed: boolean },
): PersonalIdProblem | undefined => {
  const facts = readPersonalId(id)
  if (!facts) return 'length'
  if (isSampleId(id)) return samplesAllowed ? undefined : 'province'
  const place = id.slice(0, 3)
  // 1xx and above are countries of birth (Circular 07/2016, annex); provinces merged in 2025 keep the old codes here.
  if (Number(place) < 100 && !PROVINCES.has(place)) return 'province'
  if (facts.birthYear > year) return 'birth-year'
  return undefined
}

/** Whether what was typed contradicts what the number itself says; a sample number says nothing. */
export const contradictsPersonalId = (
  id: string,
  typed: { birthDate?: string | undefined; gender?: string | undefined },
): boolean => {
  const facts = isSampleId(id) ? undefined : readPersonalId(id)
  if (!facts) return false
  if (typed.birthDate && Number(typed.birthDate.slice(0, 4)) !== facts.birthYear) return true
  return (typed.gender === 'male' || typed.gender === 'female') && typed.gender !== facts.gender
}

const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** 10 digits with a check digit, then optionally three for a dependent unit. A person's own number serves too (TT 86/2024). */
export const isTaxCode = (code: string): boolean => {
  const match = /^(\d{10})(?:-?(\d{3}))?$/.exec(code)
  const main = match?.[1]
  if (!main || match[2] === '000' || main.slice(2, 9) === '0000000') return false
  const sum = TAX_WEIGHTS.reduce((total, weight, i) => total + weight * Number(main[i]), 0)
  return 10 - (sum % 11) === Number(main[9])
}

/** The tax codes of demo organisations: never assigned because digits 3–9 are zero. */
export const isSampleTaxCode = (code: string): boolean => /^\d{2}0000000\d$/.test(code)

/** Vietnamese mobile (10 digits) or landline (area code 02x, 10–11 digits), also written with +84. */
export const isPhone = (phone: string): boolean => /^(?:\+84|0)(?:[35789]\d{8}|2\d{8,9})$/.test(phone)

/** The last four digits, by which a holder proves to be the applicant without showing the number. */
export const lastFour = (number: string): string => number.replace(/\D/g, '').slice(-4)

/** `•••• •••• 0001`: what screens show until a reason is given. */
export const maskNumber = (number: string): string => {
  const digits = number.replace(/\s/g, '')
  if (digits.length <= 4) return digits
  return `${'•'.repeat(digits.length - 4).replace(/(.{4})(?=.)/g, '$1 ')} ${digits.slice(-4)}`
}
