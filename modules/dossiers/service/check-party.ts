import { fillMessage, type Words } from '#platform/errors.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Party, Representative } from '../contract/vocabulary.ts'
import { dossierErrors } from '../errors.ts'
import { uncoveredBy } from '../rules/authorisation.ts'
import {
  contradictsPersonalId,
  isPhone,
  isSampleTaxCode,
  isTaxCode,
  personalIdProblem,
  whyPersonalId,
} from '../rules.ts'
import { scopeInWords } from './check-receiver.ts'
import { dayWords } from './words.ts'

export type PartyProblem = {
  path: string
  code: keyof typeof dossierErrors
  details: Record<string, string | Words>
}

type Context = { whose: Words; path: string; now: Date; samples: boolean }

/** Everything that cannot be true of a person or organisation, each naming the field. */
export const checkParty = (party: Party, { whose, path, now, samples }: Context): PartyProblem[] => {
  const today = localDateOf(now)
  const problems: PartyProblem[] = []
  const add = (field: string, code: PartyProblem['code'], details: Record<string, string | Words> = {}) =>
    problems.push({ path: `${path}.${field}`, code, details: { whose, ...details } })
  const id = party.personalId
  if (id !== undefined && id !== '') {
    if (party.kind === 'organisation') {
      if (!isTaxCode(id) && !(samples && isSampleTaxCode(id))) add('personalId', 'dossiers.invalid-tax-code')
    } else {
      const problem = personalIdProblem(id, { year: Number(today.slice(0, 4)), samplesAllowed: samples })
      if (problem) add('personalId', 'dossiers.invalid-personal-id', { why: whyPersonalId(problem) })
      else if (contradictsPersonalId(id, party)) add('personalId', 'dossiers.personal-id-mismatch')
    }
  }
  if (party.birthDate && party.birthDate > today) {
    add('birthDate', 'dossiers.date-in-future', {
      what: { vi: `Ngày sinh của ${whose.vi}`, en: `The date of birth of ${whose.en}` },
      today: dayWords(today),
    })
  }
  if (party.phone !== undefined && party.phone !== '' && !isPhone(party.phone))
    add('phone', 'dossiers.invalid-phone')
  return problems
}

/** What stands against handing in by this paper, with the field that says so. */
const uncoveredField = (
  person: Representative,
  { path, now }: Context,
  procedure: string,
): PartyProblem[] => {
  const why = uncoveredBy(person, { part: 'submit', procedure, day: localDateOf(now) })
  switch (why) {
    case undefined:
      return []
    case 'expired':
      return [
        {
          path: `${path}.validUntil`,
          code: 'dossiers.authorisation-expired',
          details: { date: dayWords(person.validUntil ?? '') },
        },
      ]
    case 'not-yet':
      return [
        {
          path: `${path}.validFrom`,
          code: 'dossiers.authorisation-not-yet',
          details: { date: dayWords(person.validFrom ?? '') },
        },
      ]
    case 'other-procedure':
      return [
        {
          path: `${path}.procedures`,
          code: 'dossiers.authorisation-other-procedure',
          details: { procedures: (person.procedures ?? []).join(', ') },
        },
      ]
    case 'not-for-this':
      return [
        {
          path: `${path}.scope`,
          code: 'dossiers.authorisation-not-for-submitting',
          details: { scope: scopeInWords(person.scope) },
        },
      ]
  }
}

export const checkRepresentative = (
  person: Representative,
  context: Context,
  procedure: string,
): PartyProblem[] => [...checkParty(person, context), ...uncoveredField(person, context, procedure)]

/** The same problems as fields of a 422, in both languages. */
export const fieldsOf = (problems: readonly PartyProblem[]) =>
  problems.map(({ path, code, details }) => ({
    path,
    code,
    vi: fillMessage(dossierErrors[code].vi, details),
    en: fillMessage(dossierErrors[code].en, details, 'en'),
  }))
