import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { ROLE_NAMES } from '#modules/identity/contract.ts'
import { type DemoPerson, seedDemoAccounts } from '#modules/identity/index.ts'
import { aDossier, anIntake, asked, currentStep, PROCEDURES, walkTo } from '../support/dossiers.ts'
import { aProvince, type Province, type ProvinceOptions } from '../support/province.ts'

export const REACHES = ['here', 'elsewhere', 'province'] as const
export type Reach = (typeof REACHES)[number]

export const HERE = 'tthcc-ha-long'
export const ELSEWHERE = 'tthcc-mong-cai'

/** Roles that serve an agency; the others serve a centre. */
const OF_AGENCIES: readonly Role[] = [
  'SPECIALIST',
  'UNIT_LEAD',
  'AGENCY_LEAD',
  'CLERK',
  'NOTARY',
  'UNIT_ADMIN',
  'SYSTEM_ADMIN',
]
const PLACES = {
  agency: { here: 'ubnd-ha-long', elsewhere: 'ubnd-mong-cai' },
  centre: { here: HERE, elsewhere: ELSEWHERE },
} as const

export type Asker = { role: Role; reach: Reach; actor: StaffActor }

const personFor = (role: Role, reach: Reach): DemoPerson => {
  const kind = OF_AGENCIES.includes(role) ? 'agency' : 'centre'
  const place = PLACES[kind][reach === 'elsewhere' ? 'elsewhere' : 'here']
  const grant =
    reach === 'province'
      ? ({ role, scope: 'province', unit: null } as const)
      : ({ role, scope: kind, unit: place } as const)
  return {
    username: `${role.toLowerCase().replaceAll('_', '-')}.${reach}`,
    fullName: `Mẫu ${role} ${reach}`,
    position: 'Vị trí thử quyền',
    unit: place,
    agency: place,
    centre: kind === 'centre' ? place : null,
    counter: null,
    grants: [grant],
  }
}

/** Strings that stand in one citizen's dossier and nowhere else. */
export type Canary = { name: string; phone: string; number: string; words: readonly string[] }

const canaryOf = (letter: string, digit: number): Canary => {
  // Further from one another than an error of typing, or a search for one would find the others.
  const word = (what: string) => `CHIM${letter.repeat(4)}${what}`
  return {
    name: `Mẫu ${word('TEN')}`,
    phone: `091234${digit}${digit}00`,
    number: `00000077${digit}${digit}00`,
    words: [
      ...['TEN', 'DIACHI', 'GHICHU', 'DAIDIEN', 'NGUOINOP', 'YKIEN'].map(word),
      `chim${letter.repeat(4).toLowerCase()}@example.vn`,
      `091234${digit}${digit}00`,
      `00000077${digit}${digit}00`,
    ],
  }
}

const intakeOf = ({ name, phone, number, words }: Canary) => ({
  owner: {
    name,
    phone,
    personalId: number,
    address: `Số 0 ${words[1]}`,
    email: words.find((word) => word.includes('@')),
  },
  note: `${words[2]}`,
  representative: { name: `Mẫu ${words[3]}`, paper: 'authorisation' as const },
  submitter: { name: `Mẫu ${words[4]}` },
})

export type Planted = { key: string; code: string; id: string; task: string; canary: Canary }

export type World = {
  province: Province
  askers: readonly Asker[]
  /**
   * A: received, resolved and returned here; B: all elsewhere; C: received here, resolved by a department, returned elsewhere;
   * D: received and returned elsewhere, resolved by an agency here.
   */
  dossiers: { A: Planted; B: Planted; C: Planted; D: Planted }
  victim: string
  /** An account of a commune under the district that is here. */
  communal: string
  /** A second seal that is kept here. */
  seal: string
  intake: Awaited<ReturnType<typeof anIntake>>
}

/** One seeded province with an officer of every role and reach, and four dossiers full of canaries. */
export const aWorld = async (options: ProvinceOptions = {}): Promise<World> => {
  const province = await aProvince(options)
  const people = ROLE_NAMES.flatMap((role) => REACHES.map((reach) => ({ role, reach })))
  const victim: DemoPerson = {
    ...personFor('GUIDE', 'here'),
    ...{
      username: 'tai-khoan.thu',
      unit: 'tu-phap-ha-long',
      agency: 'ubnd-ha-long',
      centre: null,
      grants: [],
    },
  }
  const COMMUNE = 'ubnd-ha-long-phuong-cao-xanh'
  const inCommune = { ...victim, username: 'tai-khoan.phuong', unit: COMMUNE, agency: COMMUNE }
  const persons = people.map(({ role, reach }) => personFor(role, reach))
  const ids = await seedDemoAccounts(province.db, [...persons, victim, inCommune], {
    at: new Date(province.clock.now().getTime() - 86_400_000),
  })
  const askers = people.map(({ role, reach }, i): Asker => {
    const { username = '', fullName: name = '', position = '', unit = '', grants = [] } = persons[i] ?? {}
    const id = ids.get(username) ?? ''
    const more = { centre: persons[i]?.centre ?? null, counter: null, session: '' }
    return {
      role,
      reach,
      actor: { kind: 'staff', id, username, name, position, unit, grants: [...grants], ...more },
    }
  })
  const plant = async (key: string, digit: number, place: object, procedure: string): Promise<Planted> => {
    const canary = canaryOf(key, digit)
    const { code } = await aDossier(province, { procedure, ...place, ...intakeOf(canary) })
    await walkTo(province, code, 'appraise', { opinion: `${canary.words[5]}` })
    const step = await currentStep(province, code)
    const { id } = await province.db
      .selectFrom('dossier')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    return { key, code, id, task: step?.id ?? '', canary }
  }
  const dossiers = {
    A: await plant('A', 1, { receivingCentre: HERE }, PROCEDURES.sameDay),
    B: await plant('B', 2, { receivingCentre: ELSEWHERE }, PROCEDURES.sameDay),
    C: await plant(
      'C',
      3,
      { receivingCentre: HERE, resultReturn: { centre: ELSEWHERE } },
      PROCEDURES.justice,
    ),
    D: await plant(
      'D',
      4,
      { receivingCentre: ELSEWHERE, resolvingUnit: 'tu-phap-ha-long' },
      PROCEDURES.sameDay,
    ),
  }
  const seal = await province.services.organisation.keepSeal(
    {
      ...{ centre: HERE, unit: PLACES.agency.here, label: 'Dấu thứ hai', keeper: 'Mẫu Thị Giữ' },
      ...{ from: '2026-04-20', to: null, decisionNo: '01/QĐ-STP' },
    },
    asked(province.actor('SYSTEM_ADMIN')),
  )
  const intake = await anIntake(province, {
    procedure: PROCEDURES.sameDay,
    receivingCentre: HERE,
    components: [],
  })
  return {
    province,
    askers,
    dossiers,
    victim: ids.get(victim.username) ?? '',
    communal: ids.get(inCommune.username) ?? '',
    seal: seal.id,
    intake,
  }
}
