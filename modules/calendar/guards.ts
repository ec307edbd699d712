import { Refusal } from '#platform/errors.ts'
import { FIRST_YEAR, LAST_YEAR } from './rules/compile.ts'
import { scopeOfCalendar } from './rules/rights.ts'

/** Refusals that several use cases share. */
export const createGuards = (isCentre: (id: string) => Promise<boolean>) => {
  const knownYear = (text: string): number => {
    const year = /^\d{4}$/.test(text) ? Number(text) : Number.NaN
    if (year >= FIRST_YEAR && year <= LAST_YEAR) return year
    throw new Refusal('calendar.unknown-year', { year: text })
  }

  const assertCentre = async (id: string | undefined): Promise<void> => {
    if (id && !(await isCentre(id))) throw new Refusal('calendar.unknown-centre', { centre: id })
  }

  const assertCalendar = async (id: string): Promise<void> => {
    if (scopeOfCalendar(id) === 'CENTRE') await assertCentre(id)
  }

  return { knownYear, assertCentre, assertCalendar }
}
