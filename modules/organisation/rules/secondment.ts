import type { LocalDate } from '#platform/time/vietnam.ts'

/** Months of one tour, by the day it begins: NĐ 61/2018 before July 2025, NĐ 118/2025 Đ11 since. */
const TOURS: readonly { from: LocalDate; min: number; max: number }[] = [
  { from: '2025-07-01', min: 12, max: 36 },
  { from: '0000-01-01', min: 6, max: 24 },
]

export const secondmentMonths = (from: LocalDate): { min: number; max: number } => {
  const tour = TOURS.find((one) => one.from <= from)
  return { min: tour?.min ?? 0, max: tour?.max ?? 0 }
}

/** The same day `months` later, or the last day of that month where it has no such day. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

/** Whole tours are written as "1/3/2026 to 28/2/2027" as well as "to 1/3/2027": the day after the last one decides. */
export const isLawfulTour = (from: LocalDate, to: LocalDate): boolean => {
  const { min, max } = secondmentMonths(from)
  const dayAfter = new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return addMonths(from, min) <= dayAfter && to <= addMonths(from, max)
}

/** Groups of ≤ 35 characters from `[0-9A-Z]` joined by dots, the first a letter and two digits: QĐ 20/2020. */
export const isIdentifier = (text: string): boolean =>
  text.length <= 35 && /^[A-Y]\d{2}(\.[0-9A-Z]+)*$/.test(text)

/** A unit's identifier continues that of the agency above it. */
export const continuesIdentifier = (identifier: string, above: string | null): boolean =>
  above === null || identifier.startsWith(`${above}.`)
