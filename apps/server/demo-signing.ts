import { provincialCommittee, type Tree } from '#modules/organisation/rules.ts'
import { addDays, localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from './services.ts'

/** The department of justice is in every profile, and its procedures are short. */
const AGENCY = 'so-tu-phap'
const PROCEDURES = ['1.000426', '1.000688', '1.008927', '2.000908']
const SYSTEM = { kind: 'system', name: 'Tỉnh mẫu' } as const

const provincialCentre = (tree: Tree): string | undefined =>
  [...tree.centres.keys()].find((id) => {
    const unit = tree.units.get(id)
    return unit?.level === 'province' && unit.parent !== null && provincialCommittee(tree) !== undefined
  })

/**
 * What the demo province shows of "4 tại chỗ": some procedures of justice appraised, approved and sealed at the provincial centre,
 * and an officer who signs there by authority. All of it is invented, decisions included.
 */
export const seedDemoSigning = async (
  { organisation }: Pick<Services, 'organisation'>,
  now: Date,
): Promise<void> => {
  const centre = provincialCentre(await organisation.tree())
  if (centre === undefined) return
  const asked = { actor: SYSTEM }
  const { seals } = await organisation.listOnSite({ centre, ended: true }, asked)
  // The seal comes last: a start that was broken off before it begins anew, and what is there is found there.
  if (seals.length > 0) return
  const from = localDateOf(now)
  const there = await organisation.listOnSite({ centre, ended: true }, asked)
  for (const procedure of PROCEDURES.filter((code) =>
    there.procedures.every((one) => one.procedure !== code),
  ))
    await organisation.decideOnSite(
      {
        ...{ centre, procedure, parts: ['appraise', 'approve', 'seal'], from, to: null },
        decisionNo: '07/QĐ-MẪU',
      },
      asked,
    )
  const { items } = await organisation.listUnitStaff({ unit: AGENCY })
  const { items: given } = await organisation.listMandates({ unit: AGENCY, ended: true }, asked)
  // By authority signs the head of a part of the agency (Decree 30/2020, Article 13(4)).
  const officer =
    items.find(({ position }) => /trưởng phòng/i.test(position)) ?? items.find(({ leader }) => !leader)
  if (officer && given.length === 0)
    await organisation.giveMandate(
      {
        ...{ unit: AGENCY, staff: officer.id, capacity: 'TUQ', centre, procedures: PROCEDURES },
        ...{ principalTitle: 'Giám đốc', signerTitle: officer.position.slice(0, 120), from },
        ...{ to: addDays(from, 365), decisionNo: '08/QĐ-MẪU' },
      },
      asked,
    )
  await organisation.keepSeal(
    {
      ...{ centre, unit: AGENCY, label: 'Dấu thứ hai, số 02', keeper: 'Văn thư Trung tâm', from, to: null },
      decisionNo: '09/QĐ-MẪU',
    },
    asked,
  )
}
