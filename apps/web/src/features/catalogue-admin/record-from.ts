import type { ProcedureDetail } from '#modules/catalogue/contract.ts'
import type { ProcedureRecord } from '#modules/catalogue/rules.ts'

const TIME_UNITS = [
  'WORKING_DAY',
  'CALENDAR_DAY',
  'WORKING_HOUR',
  'HOUR',
  'MONTH',
  'YEAR',
  'MINUTE',
  'OTHER',
] as const

type Method = ProcedureDetail['methods'][number]

const timeOf = ({ sourceTime }: Method): ProcedureRecord['methods'][number]['time'] => {
  const unit = TIME_UNITS.find((one) => one === sourceTime?.unit)
  return sourceTime && unit ? { number: sourceTime.number, unit } : null
}

const some = <T>(value: T | null): T | undefined => value ?? undefined

/** The version in force in the form of the import file: what an administrator starts the next version from. */
export const recordFrom = (procedure: ProcedureDetail): ProcedureRecord => {
  const in2016 = procedure.profiles['quang-ninh-2016']
  const in2025 = procedure.profiles['quang-ninh-2025']
  const agency = (of: typeof in2016) =>
    of?.agency ? { units: of.agency.units, types: of.agency.types, text: some(of.agency.text) } : undefined
  return {
    code: procedure.code,
    name: procedure.name,
    ministry: procedure.ministry,
    field: procedure.field,
    levels: procedure.levels,
    agency: some(procedure.agency),
    competentAuthority: some(procedure.competentAuthority),
    coordinatingAgency: some(procedure.coordinatingAgency),
    decisionNo: some(procedure.version.decisionNo),
    objects: procedure.objects,
    online: { offered: procedure.online.offered, level: some(procedure.online.level) },
    methods: procedure.methods.map((method) => ({
      channel: method.channel,
      time: timeOf(method),
      free: method.free,
      fees: method.fees.map((fee) => ({
        amount: fee.amount,
        currency: fee.currency,
        note: some(fee.note),
        suspect: fee.suspect || undefined,
      })),
      note: some(method.note),
    })),
    cases: procedure.cases.map((one) => ({
      name: one.heading,
      components: one.components.map((paper) => ({
        name: paper.name,
        originals: paper.originals,
        copies: paper.copies,
        formFile: some(paper.form?.file ?? null),
        formCode: some(paper.form?.code ?? null),
        typeCode: some(paper.typeCode),
      })),
    })),
    casesMissingInSource: procedure.flags.includes('CASES_MISSING_IN_SOURCE') || undefined,
    results: procedure.results.map(({ name, code }) => ({ name, code: some(code) })),
    legalBasis: procedure.legalBasis,
    quangNinh:
      in2016 || in2025
        ? {
            levels2016: in2016?.levels ?? undefined,
            agency2016: agency(in2016),
            agency2025: agency(in2025),
            confidence: procedure.source.confidence,
          }
        : undefined,
    source: {
      key: procedure.source.key,
      url: some(procedure.source.url),
      asOf: procedure.source.asOf,
      confidence: procedure.source.confidence,
    },
  }
}
