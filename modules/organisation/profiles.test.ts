import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { SEGREGATED } from '#modules/identity/rules.ts'
import { readAdminUnits, readDemoStaff, readProfile } from './document.ts'
import { parseDocument } from './import.ts'
import { PROFILES, type Profile } from './profiles.ts'
import {
  ancestors,
  belowOf,
  findPlace,
  grantCovers,
  isSpecialisedAgency,
  isValidOn,
  isWithin,
  nameOn,
  nearestIdentifier,
  pathOf,
  placeOf,
  resolveAgency,
  subtree,
  successorsOn,
  type Tree,
  treeProblems,
} from './rules.ts'
import { treeOf } from './test-tree.ts'

const TODAY = '2026-11-24'
/** Every wording by which the procedures of the catalogue name who resolves them. */
const WORDINGS: Record<Profile, readonly string[]> = {
  'quang-ninh-2016': [
    'UBND cấp xã',
    'UBND cấp xã; Phòng Tư pháp cấp huyện',
    'UBND cấp xã; UBND cấp huyện (Phòng Tư pháp)',
    'UBND cấp xã (LĐTBXH)',
    'UBND cấp huyện',
    'UBND cấp huyện (Phòng Tư pháp)',
    'UBND cấp huyện (Phòng Tài chính – Kế hoạch)',
    'UBND cấp huyện (Phòng Tài nguyên và Môi trường)',
    'Ban Chỉ huy quân sự cấp xã',
    'Công an xã, thị trấn; Công an thành phố, thị xã',
    'Công an cấp huyện; nd-cong-an-tinh',
    'Công an cấp huyện, Công an tỉnh (giấy CMND)',
    'Công an tỉnh (giấy CMND)',
    'nd-cong-an-tinh',
    'nd-cuc-thue; Chi cục Thuế cấp huyện',
    'nd-bhxh; BHXH cấp huyện',
    'nd-kbnn',
    'vpdk-dat-dai',
    'vpdk-dat-dai (chi nhánh cấp huyện)',
    'ban-ql-khu-kinh-te; so-ke-hoach-dau-tu',
    'so-ke-hoach-dau-tu',
    'so-giao-thong-van-tai',
    'so-tu-phap',
    'so-nong-nghiep-ptnt',
    'so-tai-nguyen-moi-truong',
    'so-xay-dung-cu',
    'so-cong-thuong',
    'so-y-te',
    'so-khoa-hoc-cong-nghe-cu',
    'so-ld-tbxh',
  ],
  'quang-ninh-2025': [
    'ubnd-cap-xa',
    'UBND cấp xã',
    'UBND cấp xã (Phòng Kinh tế)',
    'Công an cấp xã',
    'Công an cấp xã; nd-cong-an-tinh',
    'Ban Chỉ huy quân sự cấp xã',
    'Thuế tỉnh; Thuế cơ sở',
    'BHXH cấp tỉnh; BHXH cơ sở',
    'Kho bạc Nhà nước khu vực',
    'nd-cong-an-tinh',
    'vpdk-dat-dai',
    'ban-ql-khu-kinh-te; so-tai-chinh',
    'so-tai-chinh',
    'so-xay-dung',
    'so-tu-phap',
    'so-nong-nghiep-moi-truong',
    'so-cong-thuong',
    'so-y-te',
    'so-vh-tt-dl',
    'so-khoa-hoc-cong-nghe',
  ],
}
const OUTSIDE = ['Trung tâm đăng kiểm xe cơ giới', 'Cơ sở đăng kiểm', 'Cơ sở đăng kiểm tàu cá']

const trees = new Map<Profile, Tree>()
const tree = (profile: Profile): Tree => {
  const found = trees.get(profile)
  if (!found) throw new Error(`${profile} is not loaded`)
  return found
}
const t16 = () => tree('quang-ninh-2016')
const t25 = () => tree('quang-ninh-2025')
const centresOf = (t: Tree) =>
  [...t.centres.keys()].flatMap((id) => t.units.get(id) ?? []).filter((unit) => isValidOn(unit, TODAY))
const inForce = (t: Tree) => [...t.units.values()].filter((unit) => isValidOn(unit, TODAY))

beforeAll(async () => {
  for (const profile of PROFILES) trees.set(profile, await treeOf(profile))
})

describe('the profiles of Quảng Ninh', () => {
  it('2016: 1 + 14 centres with three rooms at the top, 20 departments, 14 districts, 186 communes', () => {
    const t = t16()
    const centres = centresOf(t)
    expect(centres.filter((unit) => unit.level === 'province')).toHaveLength(1)
    expect(centres.filter((unit) => unit.level === 'district')).toHaveLength(14)
    expect((t.children.get('tthcc-tinh') ?? []).filter((unit) => unit.kind === 'room')).toHaveLength(3)
    expect(inForce(t).filter((unit) => isSpecialisedAgency(t, unit))).toHaveLength(20)
    const committees = inForce(t).filter((unit) => unit.kind === 'people-committee')
    expect(committees.filter((unit) => unit.level === 'district')).toHaveLength(14)
    expect(committees.filter((unit) => unit.level === 'commune')).toHaveLength(186)
    for (const committee of committees.filter((unit) => unit.level === 'district')) {
      const own = (t.children.get(committee.id) ?? []).filter((unit) => unit.level === 'district')
      expect(own.map((unit) => unit.function)).toEqual(
        expect.arrayContaining(['van-phong', 'tu-phap', 'tai-chinh-ke-hoach', 'tai-nguyen-moi-truong']),
      )
      expect(own).toHaveLength(12)
    }
  })

  it('2025: 1 + 54 centres, 14 departments, 54 communes, no district in force', () => {
    const t = t25()
    const centres = centresOf(t)
    expect(centres.filter((unit) => unit.level === 'province').map((unit) => unit.id)).toEqual([
      'ttpvhcc-tinh',
    ])
    expect(centres.filter((unit) => unit.level === 'commune')).toHaveLength(54)
    expect(centres.filter((unit) => unit.level === 'commune').every((c) => c.parent === 'ttpvhcc-tinh')).toBe(
      true,
    )
    expect(inForce(t).filter((unit) => isSpecialisedAgency(t, unit))).toHaveLength(14)
    const committees = inForce(t).filter((unit) => unit.kind === 'people-committee')
    expect(committees.filter((unit) => unit.level === 'commune')).toHaveLength(54)
    expect(inForce(t).filter((unit) => unit.level === 'district')).toHaveLength(0)
  })

  it.each(PROFILES)('%s is a tree in space and in time', (profile) => {
    const t = tree(profile)
    expect(treeProblems([...t.units.values()])).toEqual([])
    for (const unit of t.units.values()) {
      expect(pathOf(t, unit.id).endsWith(`/${unit.id}/`)).toBe(true)
      if (unit.adminCode && isValidOn(unit, TODAY) && unit.level !== 'area')
        expect(t.places.has(unit.adminCode), unit.id).toBe(true)
    }
  })

  it.each(PROFILES)(
    '%s invents no identifier: only the verified H49, which everybody inherits',
    (profile) => {
      const t = tree(profile)
      expect([...t.units.values()].filter((unit) => unit.identifier).map((unit) => unit.identifier)).toEqual([
        'H49',
      ])
      for (const unit of t.units.values()) expect(nearestIdentifier(t, unit.id)).toBe('H49')
    },
  )

  it.each(PROFILES)('%s names the source of each row', async (profile) => {
    const document = parseDocument(await readProfile(profile))
    for (const { source } of [...document.units, ...document.successions])
      expect(document.sources[source]).toBeTruthy()
  })

  it('keeps the codes of the national list: 186 old and 54 new communes of province 22', async () => {
    const { units, successions } = await readAdminUnits()
    const communes = (edition: string) =>
      units.filter((place) => place.edition === edition && place.level === 'commune')
    expect(communes('2016')).toHaveLength(186)
    expect(communes('2025')).toHaveLength(54)
    expect([...communes('2016'), ...communes('2025')].every(({ code }) => /^\d{5}$/.test(code))).toBe(true)
    const successors = new Set(successions.map((one) => one.to))
    expect(communes('2025').filter(({ code }) => !successors.has(code))).toEqual([])
  })
})

describe('a bad tree', () => {
  const unit = (id: string, parent: string | null, dates: { validFrom?: string; validTo?: string } = {}) => ({
    id,
    parent,
    kind: 'section' as const,
    level: 'province' as const,
    validFrom: dates.validFrom ?? null,
    validTo: dates.validTo ?? null,
  })
  it.each([
    ['duplicate-id', [unit('a', null), unit('a', null)]],
    ['unknown-parent', [unit('a', 'b')]],
    ['cycle', [unit('a', 'b'), unit('b', 'a')]],
    ['dates-reversed', [unit('a', null, { validFrom: '2025-01-02', validTo: '2025-01-01' })]],
    ['parent-ended-before', [unit('a', null, { validTo: '2020-01-01' }), unit('b', 'a')]],
  ])('is told: %s', (reason, units) => {
    expect(treeProblems(units).map((problem) => problem.reason)).toContain(reason)
  })
})

describe('being within', () => {
  it('agrees with ancestors, paths and subtrees for any two units', () => {
    const t = t16()
    const ids = [...t.units.keys()]
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), (a, b) => {
        const within = isWithin(t, a, b)
        expect(pathOf(t, a).startsWith(pathOf(t, b))).toBe(within)
        expect(a === b || ancestors(t, a).some((unit) => unit.id === b)).toBe(within)
        expect(subtree(t, b).some((unit) => unit.id === a)).toBe(within)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['province', null, 'tu-phap-ha-long', true],
    ['agency', 'ubnd-ha-long', 'tu-phap-ha-long', true],
    ['agency', 'ubnd-ha-long', 'ubnd-ha-long-phuong-cao-xanh', true],
    ['agency', 'ubnd-ha-long', 'tu-phap-cam-pha', false],
    ['unit', 'ubnd-ha-long', 'ubnd-ha-long', true],
    ['unit', 'ubnd-ha-long', 'tu-phap-ha-long', false],
    ['unit', 'tu-phap-ha-long', 'tu-phap-ha-long', true],
    ['unit', 'mot-cua-ha-long-phuong-cao-xanh', 'ho-tich-ha-long-phuong-cao-xanh', false],
    ['agency', 'tu-phap-ha-long', 'tu-phap-ha-long', false],
    ['agency', 'so-tai-nguyen-moi-truong', 'vpdk-dat-dai-ha-long', true],
    ['agency', 'vpdk-dat-dai', 'so-tai-nguyen-moi-truong', false],
    ['centre', 'tthcc-tinh', 'tthcc-tinh-phong-gs-kn', true],
    ['centre', 'tthcc-ha-long', 'tthcc-ha-long', true],
    ['centre', 'tthcc-ha-long', 'tthcc-cam-pha', false],
    ['centre', 'so-tu-phap', 'so-tu-phap', false],
    ['own', 'so-tu-phap', 'so-tu-phap', false],
  ] as const)('a grant of scope %s at %s over %s: %s', (scope, anchor, unit, expected) => {
    expect(grantCovers(t16(), { scope, unit: anchor }, unit)).toBe(expected)
  })

  it('is the same read from a unit as from an anchor, for each scope and all pairs of units', () => {
    const t = t16()
    const ids = [...t.units.keys()]
    const below = belowOf(t)
    const scopes = ['unit', 'agency', 'centre'] as const
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), (anchor, other) => {
        // Units far apart say little: the anchor's own neighbourhood is asked about too.
        for (const unit of [
          other,
          anchor,
          ...subtree(t, anchor)
            .slice(0, 20)
            .map(({ id }) => id),
        ])
          for (const scope of scopes)
            expect([scope, below[scope](anchor).includes(unit)]).toEqual([
              scope,
              grantCovers(t, { scope, unit: anchor }, unit),
            ])
      }),
      { numRuns: 200 },
    )
  })

  it('says where a unit is', () => {
    expect(placeOf(t16(), 'tu-phap-ha-long')).toEqual({
      unit: 'tu-phap-ha-long',
      rooms: ['tu-phap-ha-long'],
      agencies: ['ubnd-ha-long', 'ubnd-tinh'],
      centre: null,
    })
    expect(placeOf(t16(), 'tthcc-tinh-phong-gs-kn').centre).toBe('tthcc-tinh')
  })
})

describe('successors', () => {
  it.each([
    ['so-ke-hoach-dau-tu', '2025-02-28', ['so-ke-hoach-dau-tu']],
    ['so-ke-hoach-dau-tu', '2025-03-01', ['so-tai-chinh']],
    ['so-thong-tin-truyen-thong', TODAY, ['so-khoa-hoc-cong-nghe', 'so-vh-tt-dl']],
    ['so-noi-vu-cu', TODAY, ['so-noi-vu', 'so-dan-toc-ton-giao']],
    ['tthcc-hoanh-bo', '2019-12-31', ['tthcc-hoanh-bo']],
    ['tthcc-hoanh-bo', '2021-01-01', ['tthcc-ha-long']],
    ['tthcc-hoanh-bo', TODAY, ['ttpvhcc-tinh']],
    ['ubnd-ha-long-phuong-ha-phong', TODAY, ['ubnd-phuong-ha-tu']],
    ['so-tu-phap', TODAY, ['so-tu-phap']],
    ['tthcc-tinh-phong-gs-kn', TODAY, []],
  ])('of %s on %s are %j', (id, date, expected) => {
    expect(successorsOn(t25(), id, date).map((one) => one.unit)).toEqual(expected)
  })

  it('marks what was taken over in part', () => {
    const [whole, part] = successorsOn(t25(), 'so-noi-vu-cu', TODAY)
    expect([whole?.partial, part?.partial]).toEqual([false, true])
  })

  it('reach a unit in force from every commune of 2016 whose new commune is known', () => {
    const old = [...t25().units.values()].filter(
      (unit) => unit.level === 'commune' && unit.kind === 'people-committee' && unit.validTo,
    )
    expect(old).toHaveLength(186)
    const lost = old.filter((unit) => successorsOn(t25(), unit.id, TODAY).length === 0)
    // Merged between 2016 and 2025 under resolutions whose tables are not in the data.
    expect(lost).toHaveLength(15)
    expect(lost.every((unit) => unit.note?.includes('chưa xác minh'))).toBe(true)
  })

  it('give the name of a day', () => {
    expect(nameOn(t25(), 'nd-cuc-thue', '2020-05-05')).toBe('Cục Thuế tỉnh Quảng Ninh')
    expect(nameOn(t25(), 'nd-cuc-thue', TODAY)).toBe('Thuế tỉnh Quảng Ninh')
  })

  it('lead an old commune of an address to today’s', () => {
    expect(findPlace(t25(), '06664')?.fullName).toBe('Phường Hà Tu')
    expect(findPlace(t16(), '06664')?.fullName).toBe('Phường Hà Tu')
    expect(findPlace(t25(), '00001')).toBeNull()
  })
})

describe('who resolves', () => {
  type Case = [wording: string, centre: string, place: string | null, unit: string, assumed: boolean]
  // Cao Xanh 06658 is a ward of Hạ Long (193); Đồng Tâm 06844 a commune of Bình Liêu (198).
  const cases16: Case[] = [
    ['so-tu-phap', 'tthcc-ha-long', null, 'so-tu-phap', false],
    ['UBND cấp huyện', 'tthcc-ha-long', null, 'ubnd-ha-long', false],
    ['UBND cấp huyện', 'tthcc-ha-long', '06844', 'ubnd-ha-long', false],
    [
      'UBND cấp huyện (Phòng Tài chính – Kế hoạch)',
      'tthcc-cam-pha',
      null,
      'tai-chinh-ke-hoach-cam-pha',
      false,
    ],
    ['UBND cấp huyện (Phòng Tư pháp)', 'tthcc-tinh', '06844', 'tu-phap-binh-lieu', false],
    ['UBND cấp huyện (Phòng Tư pháp)', 'tthcc-tinh', null, 'tu-phap-ha-long', true],
    ['UBND cấp xã', 'tthcc-ha-long', '06658', 'ubnd-ha-long-phuong-cao-xanh', false],
    ['UBND cấp xã', 'tthcc-ha-long', null, 'ubnd-ha-long-phuong-ha-khanh', true],
    ['UBND cấp xã', 'tthcc-ha-long', '06844', 'ubnd-binh-lieu-xa-dong-tam', false],
    ['UBND cấp xã; Phòng Tư pháp cấp huyện', 'tthcc-ha-long', '06658', 'tu-phap-ha-long', false],
    ['UBND cấp xã (LĐTBXH)', 'tthcc-ha-long', '06658', 'van-hoa-xa-hoi-ha-long-phuong-cao-xanh', false],
    ['Ban Chỉ huy quân sự cấp xã', 'tthcc-ha-long', '06658', 'ban-chqs-ha-long-phuong-cao-xanh', false],
    ['Công an xã, thị trấn; Công an thành phố, thị xã', 'tthcc-ha-long', '06658', 'cong-an-ha-long', false],
    [
      'Công an xã, thị trấn; Công an thành phố, thị xã',
      'tthcc-binh-lieu',
      '06844',
      'cong-an-binh-lieu-xa-dong-tam',
      false,
    ],
    ['Công an cấp huyện; nd-cong-an-tinh', 'tthcc-cam-pha', null, 'cong-an-cam-pha', false],
    ['Công an cấp huyện; nd-cong-an-tinh', 'tthcc-tinh', null, 'nd-cong-an-tinh', false],
    ['Công an cấp huyện, Công an tỉnh (giấy CMND)', 'tthcc-tinh', null, 'nd-cong-an-tinh', false],
    ['nd-cuc-thue; Chi cục Thuế cấp huyện', 'tthcc-tinh', null, 'nd-cuc-thue', false],
    ['nd-cuc-thue; Chi cục Thuế cấp huyện', 'tthcc-mong-cai', null, 'chi-cuc-thue-mong-cai', false],
    ['nd-bhxh; BHXH cấp huyện', 'tthcc-co-to', null, 'bhxh-co-to', false],
    ['vpdk-dat-dai (chi nhánh cấp huyện)', 'tthcc-uong-bi', null, 'vpdk-dat-dai-uong-bi', false],
    ['vpdk-dat-dai', 'tthcc-uong-bi', null, 'vpdk-dat-dai', false],
    ['ban-ql-khu-kinh-te; so-ke-hoach-dau-tu', 'tthcc-tinh', null, 'ban-ql-khu-kinh-te', false],
  ]
  it.each(cases16)('2016: %s at %s for %s → %s', (mapping, centre, place, unit, assumed) => {
    expect(resolveAgency(t16(), { mapping, centre, place, on: TODAY })).toMatchObject({ unit, assumed })
  })

  const cases25: Case[] = [
    ['ubnd-cap-xa', 'ttpvhcc-phuong-ha-tu', null, 'ubnd-phuong-ha-tu', false],
    ['ubnd-cap-xa', 'ttpvhcc-tinh', '06994', 'ubnd-dac-khu-van-don', false],
    ['ubnd-cap-xa', 'ttpvhcc-tinh', '06664', 'ubnd-phuong-ha-tu', false],
    ['UBND cấp xã (Phòng Kinh tế)', 'ttpvhcc-xa-quang-la', null, 'kinh-te-xa-quang-la', false],
    ['Công an cấp xã; nd-cong-an-tinh', 'ttpvhcc-xa-quang-la', null, 'cong-an-xa-quang-la', false],
    ['Công an cấp xã; nd-cong-an-tinh', 'ttpvhcc-tinh', null, 'nd-cong-an-tinh', false],
    ['Thuế tỉnh; Thuế cơ sở', 'ttpvhcc-tinh', null, 'nd-cuc-thue', false],
    ['Thuế tỉnh; Thuế cơ sở', 'ttpvhcc-phuong-ha-tu', null, 'thue-co-so-ha-long', false],
    ['Kho bạc Nhà nước khu vực', 'ttpvhcc-tinh', null, 'nd-kbnn', false],
    ['so-ke-hoach-dau-tu', 'ttpvhcc-tinh', null, 'so-tai-chinh', false],
  ]
  it.each(cases25)('2025: %s at %s for %s → %s', (mapping, centre, place, unit, assumed) => {
    expect(resolveAgency(t25(), { mapping, centre, place, on: TODAY })).toMatchObject({ unit, assumed })
  })

  it.each(PROFILES)('%s: each wording of the catalogue finds a unit in force at every centre', (profile) => {
    const t = tree(profile)
    for (const centre of centresOf(t)) {
      for (const mapping of WORDINGS[profile]) {
        const found = resolveAgency(t, { mapping, centre: centre.id, on: TODAY })
        const unit = found.unit === null ? undefined : t.units.get(found.unit)
        expect(unit && isValidOn(unit, TODAY), `${mapping} at ${centre.id}`).toBe(true)
      }
    }
  })

  it.each<[string, string | null, string, readonly string[], string, string | null]>([
    ['2016', null, 'Bộ Tư pháp|Luật sư', ['province'], 'tthcc-ha-long', 'so-tu-phap'],
    ['2016', null, 'Bộ Tư pháp|Hộ tịch', ['commune'], 'tthcc-ha-long', 'ubnd-ha-long-phuong-ha-khanh'],
    ['2016', null, 'Bộ Tư pháp|Chứng thực', ['commune'], 'tthcc-ha-long', 'tu-phap-ha-long'],
    ['2016', null, 'Bộ Xây dựng|Đường bộ', ['province'], 'tthcc-tinh', 'so-giao-thong-van-tai'],
    [
      '2016',
      null,
      'Bộ Nông nghiệp và Môi trường|Đất đai',
      ['commune'],
      'tthcc-cam-pha',
      'tai-nguyen-moi-truong-cam-pha',
    ],
    [
      '2016',
      'Cơ quan chưa từng nghe',
      'Bộ Tài chính|Thuế',
      ['province', 'commune'],
      'tthcc-cam-pha',
      'chi-cuc-thue-cam-pha',
    ],
    ['2016', null, 'Bộ Tài chính|Dự trữ', ['province'], 'tthcc-tinh', null],
    ['2016', null, 'Bộ Xây dựng|Đường bộ', ['ministry'], 'tthcc-tinh', null],
    ['2016', null, 'Bộ không có|X', ['province'], 'tthcc-tinh', null],
    ['2025', null, 'Bộ Xây dựng|Đường bộ', ['province'], 'ttpvhcc-tinh', 'so-xay-dung'],
    ['2025', null, 'Bộ Công an|Căn cước', ['commune'], 'ttpvhcc-phuong-ha-tu', 'cong-an-phuong-ha-tu'],
  ])('%s: “%s” of %s for %j at %s by default → %s', (year, mapping, what, levels, centre, unit) => {
    const [ministry = '', field = ''] = what.split('|')
    const t = year === '2016' ? t16() : t25()
    const found = resolveAgency(t, { mapping, centre, procedure: { ministry, field, levels }, on: TODAY })
    expect(found.unit).toBe(unit)
    if (found.unit !== null) expect(found.inferred).toBe(true)
  })

  it('knows a provincial agency by its full name, today’s among namesakes', () => {
    const at = (t: Tree, centre: string) => resolveAgency(t, { mapping: 'Sở Xây dựng', centre, on: TODAY })
    expect(at(t16(), 'tthcc-tinh')).toMatchObject({ unit: 'so-xay-dung-cu', inferred: false })
    expect(at(t25(), 'ttpvhcc-tinh')).toMatchObject({ unit: 'so-xay-dung' })
  })

  it.each(PROFILES)('%s: each default names agencies that exist', (profile) => {
    const t = tree(profile)
    const centre = profile === 'quang-ninh-2016' ? 'tthcc-ha-long' : 'ttpvhcc-phuong-ha-tu'
    for (const { ministry, field, wordings } of t.defaults.values())
      for (const mapping of Object.values(wordings))
        if (mapping !== null)
          expect(resolveAgency(t, { mapping, centre, on: TODAY }).unit, `${ministry} ${field}`).not.toBeNull()
  })

  it('says why nobody was found', () => {
    const at = (mapping: string | null, centre = 'tthcc-tinh') =>
      resolveAgency(t16(), { mapping, centre, on: TODAY })
    expect(at(null)).toEqual({ unit: null, reason: 'not-mapped' })
    expect(at(' ; ')).toEqual({ unit: null, reason: 'not-mapped' })
    expect(at('Hội đồng không có thật')).toEqual({ unit: null, reason: 'unknown-agency' })
    for (const wording of OUTSIDE) expect(at(wording)).toEqual({ unit: null, reason: 'outside-one-stop' })
    expect(at('so-tu-phap', 'so-tu-phap')).toEqual({ unit: null, reason: 'unknown-centre' })
    const tooEarly = { mapping: 'so-dan-toc-ton-giao', centre: 'ttpvhcc-tinh', on: '2024-05-05' }
    expect(resolveAgency(t25(), tooEarly)).toMatchObject({ unit: null, reason: 'no-unit-in-force' })
  })

  it('keeps the other readings of the wording, and a chosen level or place decides', () => {
    const ask = {
      mapping: 'UBND cấp xã; Phòng Tư pháp cấp huyện',
      centre: 'tthcc-ha-long',
      place: '06658',
      on: TODAY,
    }
    expect(resolveAgency(t16(), ask)).toMatchObject({ alternatives: ['ubnd-ha-long-phuong-cao-xanh'] })
    expect(resolveAgency(t16(), { ...ask, level: 'commune' })).toMatchObject({
      unit: 'ubnd-ha-long-phuong-cao-xanh',
    })
    expect(resolveAgency(t16(), { ...ask, competentPlace: '195' })).toMatchObject({ unit: 'tu-phap-cam-pha' })
  })
})

describe('the demo staff', () => {
  const WORKERS = ['UNIT_LEAD', 'SPECIALIST', 'AGENCY_LEAD', 'CLERK'] as const
  const DESKS = ['RECEPTION', 'RETURN_DESK'] as const

  it.each(PROFILES)(
    '%s can take any dossier from the counter to the result, at every centre',
    async (profile) => {
      const t = tree(profile)
      const grants = (await readDemoStaff(profile)).staff.flatMap((person) => person.grants)
      const staffed = (role: string, unit: string): boolean =>
        grants.some((grant) => grant.role === role && grantCovers(t, grant, unit))
      for (const centre of centresOf(t)) {
        const holes = DESKS.filter((role) => !staffed(role, centre.id))
        expect(holes, centre.id).toEqual([])
        for (const mapping of WORDINGS[profile]) {
          const found = resolveAgency(t, { mapping, centre: centre.id, on: TODAY })
          if (found.unit === null) continue
          const unit = found.unit
          expect(
            WORKERS.filter((role) => !staffed(role, unit)),
            unit,
          ).toEqual([])
        }
      }
    },
  )

  it('2016: each centre has two receptions, a return desk, a cashier and a director', async () => {
    const { staff } = await readDemoStaff('quang-ninh-2016')
    for (const centre of centresOf(t16())) {
      const roles = staff
        .flatMap((person) => person.grants)
        .filter((grant) => grant.unit === centre.id)
        .map((grant) => grant.role)
      expect(roles.filter((role) => role === 'RECEPTION').length, centre.id).toBeGreaterThanOrEqual(2)
      expect(roles).toEqual(expect.arrayContaining(['RETURN_DESK', 'CASHIER', 'CENTRE_DIRECTOR', 'GUIDE']))
    }
  })

  it.each(PROFILES)('%s keeps intake, approval and cashier in different hands', async (profile) => {
    const duty = { intake: 'RECEPTION', approval: 'AGENCY_LEAD', cashier: 'CASHIER' } as const
    for (const person of (await readDemoStaff(profile)).staff) {
      const roles = person.grants.map((grant) => grant.role)
      for (const [a, b] of SEGREGATED)
        expect(roles.includes(duty[a]) && roles.includes(duty[b]), person.username).toBe(false)
    }
  })

  it.each(PROFILES)('%s stands in units and at counters that exist, once', async (profile) => {
    const t = tree(profile)
    const { staff, counters } = await readDemoStaff(profile)
    const ids = new Map(counters.map((counter) => [counter.id, counter]))
    expect(new Set(staff.map((person) => person.username)).size).toBe(staff.length)
    expect(new Set(staff.map((person) => person.fullName)).size).toBe(staff.length)
    const posts = staff.flatMap((person) => person.counter ?? [])
    expect(new Set(posts).size).toBe(posts.length)
    for (const person of staff) {
      expect(/^(Mẫu|Ví Dụ|Thử|Minh Họa|Thí Dụ|Giả Định) /.test(person.fullName)).toBe(true)
      for (const unit of [person.unit, person.centre, ...person.grants.map((grant) => grant.unit)]) {
        if (unit === null) continue
        const found = t.units.get(unit)
        expect(found && isValidOn(found, TODAY), `${person.username} ${unit}`).toBe(true)
      }
      if (person.counter) expect(ids.get(person.counter)?.centre).toBe(person.centre)
    }
    for (const counter of counters)
      for (const agency of counter.agencies) expect(t.units.has(agency), agency).toBe(true)
    const roles = new Set(staff.flatMap((person) => person.grants.map((grant) => grant.role)))
    for (const role of [
      'CENTRE_OFFICER',
      'SUPERVISOR',
      'CATALOG_ADMIN',
      'PROCESS_ADMIN',
      'SYSTEM_ADMIN',
      'UNIT_ADMIN',
      'AUDITOR',
      'COMPLAINT_OFFICER',
      'REPORTER',
      'POSTAL',
      'DIGITISER',
    ] as const)
      expect(roles.has(role), role).toBe(true)
  })
})
