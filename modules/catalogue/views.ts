import type { ProcedureDetail, ProcedureSummary } from './contract.ts'
import type { Entry, Snapshot } from './memory.ts'
import type { Content } from './rules/content.ts'
import { durationFor, type Limit, limitsOn } from './rules/durations.ts'
import { assessFees } from './rules/fees.ts'
import { Channel, Level } from './rules/record.ts'
import type { VersionHead } from './store.ts'

/** A version as other modules use it: parsed, dated, with its limits; frozen, so a cache may hand it to everybody. */
export type ProcedureVersion = {
  id: string
  code: string
  state: VersionHead['state']
  effectiveFrom: string | null
  effectiveTo: string | null
  decisionNo: string | null
  decisionDate: string | null
  plainName: string | null
  content: Content
  limits: readonly Limit[]
}

const levelsOf = (levels: readonly string[]): Level[] => levels.map((level) => Level.parse(level))

export const summaryOf = (entry: Entry, limits: readonly Limit[], date: string): ProcedureSummary => ({
  code: entry.code,
  name: entry.name,
  plainName: entry.plainName,
  field: entry.fieldName,
  fieldId: entry.field,
  levels: levelsOf(entry.levels),
  ministry: entry.ministry,
  agency: entry.agencyText,
  duration: durationFor(
    { content: { methods: entry.methods }, limits: limitsOn(limits, date) },
    entry.firstCase ?? '',
    'direct',
  ),
  online: entry.online,
})

/** Marks that administrators set win over what was derived from the wording. */
export const withMarks = (content: Content, marks: ReadonlyMap<string, boolean> | undefined): Content =>
  marks === undefined
    ? content
    : {
        ...content,
        cases: content.cases.map((item) => ({
          ...item,
          components: item.components.map((component) => {
            const mandatory = marks.get(component.id)
            return mandatory === undefined
              ? component
              : { ...component, mandatory, mandatorySource: 'edited' as const }
          }),
        })),
      }

export const detailOf = (
  version: ProcedureVersion,
  entry: Entry | undefined,
  snapshot: Snapshot,
): ProcedureDetail => {
  const { content } = version
  const channels = Channel.options.filter((channel) =>
    content.methods.some((method) => method.channel === channel),
  )
  return {
    code: version.code,
    name: content.name,
    plainName: version.plainName,
    synonyms: [...(entry?.synonyms ?? [])],
    field: content.field,
    fieldId: entry?.field ?? '',
    ministry: content.ministry,
    levels: content.levels,
    agency: content.agency,
    competentAuthority: content.competentAuthority,
    coordinatingAgency: content.coordinatingAgency,
    profiles: content.profiles,
    objects: content.objects,
    online: content.online,
    cases: content.cases.map((item) => ({
      ...item,
      channels: channels.map((channel) => ({
        channel,
        duration: durationFor(version, item.id, channel),
        fees: assessFees(version, item.id, channel),
      })),
    })),
    methods: content.methods,
    results: content.results,
    legalBasis: content.legalBasis,
    flags: content.flags,
    situations: snapshot.situations
      .filter((situation) => situation.codes.includes(version.code))
      .map((situation) => situation.id),
    version: {
      id: version.id,
      state: version.state,
      decisionNo: version.decisionNo,
      decisionDate: version.decisionDate,
      effectiveFrom: version.effectiveFrom,
      effectiveTo: version.effectiveTo,
    },
    source: content.source,
    revision: entry?.revision ?? 1,
  }
}
