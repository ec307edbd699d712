import type { DossierView } from '#modules/dossiers/contract.ts'
import type { StaffActor } from '#modules/identity/contract.ts'
import { agencyOf, isValidOn } from '#modules/organisation/rules.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { ANSWERS, mayAnswer, OPINIONS, type Silence } from '../../modules/dossiers/rules/consultation.ts'
import type { Random } from '../random.ts'
import { type Press, press } from './press.ts'
import { Broken, type Simulated } from './world.ts'

const QUESTION = 'Đề nghị cho ý kiến về các nội dung thuộc phạm vi quản lý của cơ quan trong hồ sơ này.'
const BASIS = 'Khoản 2 Điều 20 Nghị định 118/2025/NĐ-CP'

type Agency = DossierView['consultations'][number]['agencies'][number]
type Tried = { weight: number; what: string; one: () => Press }

/** Agencies of the province with somebody who answers, other than the one that asks and those that owe an answer already. */
const askable = (world: Simulated, view: DossierView): string[] => {
  const { province, consultable } = world
  const { tree, clock } = province
  const day = localDateOf(clock.now())
  const asking = view.tasks.map(({ unit }) => agencyOf(tree, unit.id)?.id)
  const owing = view.consultations.flatMap(({ agencies }) =>
    agencies.flatMap(({ unit, state }) => (state === 'asked' || state === 'silent' ? [unit.id] : [])),
  )
  return consultable.filter((id) => {
    const unit = tree.units.get(id)
    return unit && isValidOn(unit, day) && !asking.includes(id) && !owing.includes(id)
  })
}

/** One or two of them. */
const someOf = (random: Random, units: readonly string[]): string[] => [
  ...new Set([random.pick(units), ...(random.chance(0.4) ? [random.pick(units)] : [])]),
]

const ask = (world: Simulated, by: StaffActor, view: DossierView, agencies: string[]): Press => {
  const { random, count } = world
  count.questions += 1
  const silence: Silence = random.chance(0.3) ? 'AGREEMENT' : 'ESCALATION'
  return {
    ...{ by, path: `/dossiers/${view.code}/consultations`, key: `${view.code}-${count.requests}` },
    body: {
      ...{ agencies, question: QUESTION, workingDays: random.int(1, 5), silence },
      ...(silence === 'AGREEMENT' ? { silenceBasis: BASIS } : {}),
    },
  }
}

const isWaitedFor = ({ state }: Agency): boolean => state === 'asked'

/** What somebody of the asking side may do about opinions: ask, remind, ask no longer. */
export const opinionOptions = (world: Simulated, by: StaffActor, view: DossierView): Tried[] => {
  const { random, count } = world
  const able = view.mayAskOpinions ? askable(world, view) : []
  const followed = view.consultations.flatMap(({ id, agencies, mayFollow }) =>
    mayFollow ? agencies.filter(isWaitedFor).map(({ unit }) => ({ id, unit: unit.id })) : [],
  )
  const key = () => `${view.code}-${count.requests}`
  return [
    ...(able.length > 0
      ? [
          {
            ...{ weight: 1.5, what: 'ask opinions' },
            one: () => ask(world, by, view, someOf(random, able)),
          },
        ]
      : []),
    ...followed.flatMap(({ id, unit }): Tried[] => {
      const path = `/consultations/${id}/agencies/${unit}`
      return [
        { weight: 0.5, what: 'remind', one: () => ({ by, path: `${path}/reminder`, body: {}, key: key() }) },
        {
          ...{ weight: 0.5, what: 'ask no longer' },
          one: () => ({ by, path: `${path}/withdrawal`, body: { reason: 'Đã đủ thông tin' }, key: key() }),
        },
      ]
    }),
  ]
}

type Owed = { id: string; unit: string; state: Agency['state']; due: Date; silence: Silence }

const owed = async ({ province }: Simulated): Promise<Owed[]> => {
  const rows = await province.db
    .selectFrom('consultation_agency')
    .innerJoin('consultation', 'consultation.id', 'consultation_id')
    .innerJoin('dossier', 'dossier.id', 'consultation.dossier_id')
    .select([
      'consultation.id',
      'consultation_agency.unit',
      'consultation_agency.state',
      'consultation.due_at',
      'consultation.silence',
    ])
    .where('consultation_agency.state', 'in', ['asked', 'silent'])
    .orderBy('dossier.code')
    .orderBy('consultation.number')
    .orderBy('consultation_agency.unit')
    .$castTo<{ id: string; unit: string; state: Agency['state']; due_at: Date; silence: Silence }>()
    .execute()
  return rows.map(({ due_at: due, ...row }) => ({ ...row, due }))
}

/** Some agency gives an opinion that it owes; too late where silence was agreement, and then it is told so. */
export const giveOpinion = async (world: Simulated): Promise<void> => {
  const { random, officers, province, count } = world
  const all = await owed(world)
  if (all.length === 0) return
  const one = random.pick(all)
  const able = ANSWERS.flatMap((role) => officers.at(role, one.unit))
  if (able.length === 0) throw new Broken(`${one.unit} was asked and has nobody who answers`)
  const by = random.pick(able)
  const answer = await press(world, {
    ...{ by, path: `/consultations/${one.id}/agencies/${one.unit}/answer` },
    ...{ body: { opinion: random.pick(OPINIONS), answer: 'Cơ quan đã xem xét hồ sơ.' } },
    key: `opinion-${count.requests}`,
  })
  const may = mayAnswer(one, province.clock.now())
  if (may !== answer.status < 400 || (!may && answer.code !== 'dossiers.consultation-over'))
    throw new Broken(`${by.username} of ${one.unit} answers (${one.state}): ${answer.status} ${answer.text}`)
  if (may) count.opinions += 1
  else
    count.refused.set(
      'dossiers.consultation-over',
      (count.refused.get('dossiers.consultation-over') ?? 0) + 1,
    )
}
