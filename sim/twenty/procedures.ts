/** How a procedure of the list may come in besides the counter, and how its limit is told. */
export type Shape = {
  code: string
  /** Why it is in the list. */
  because: string
  /** Its ways beside the counter. */
  remote: 'online' | 'postal' | null
  /** Whether a day can be promised that an apology could move: not without a limit, nor within the day. */
  movable: boolean
  /** Where it is handed in here. */
  centre: string
  /** The agency, where the procedure's own words name none of this province. */
  unit?: string
}

/** Twenty real procedures of the national catalogue that differ in what the product must not care about. */
export const TWENTY: readonly Shape[] = [
  {
    code: '2.000815',
    because: 'same day, one paper, at the counter alone, a district’s section',
    remote: null,
    movable: false,
    centre: 'tthcc-ha-long',
  },
  {
    code: '2.000908',
    because: 'same day, from the book of origin, on four levels',
    remote: 'postal',
    movable: false,
    centre: 'tthcc-ha-long',
  },
  {
    code: '2.001159',
    because: 'an hour, the police of a commune',
    remote: 'online',
    movable: false,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.001445',
    because: 'one day, the police, no fee told',
    remote: 'online',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '1.013097',
    because: 'one and a half days, an agency outside the levels',
    remote: 'postal',
    movable: true,
    centre: 'tthcc-tinh',
    unit: 'so-giao-thong-van-tai',
  },
  {
    code: '2.001583',
    because: 'three days, ten cases',
    remote: 'online',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '1.000426',
    because: 'five days, no fee, one case',
    remote: 'postal',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '3.000348',
    because: 'five days, online but not by post',
    remote: 'online',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '1.013833',
    because: 'land, ten days, four cases, at the counter alone',
    remote: null,
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '3.000333',
    because: 'ten calendar days, a fee, seven papers',
    remote: 'online',
    movable: true,
    centre: 'tthcc-tinh',
  },
  { code: '1.000688', because: 'fifteen days, a fee', remote: 'postal', movable: true, centre: 'tthcc-tinh' },
  {
    code: '1.011607',
    because: 'fifteen calendar days, a commune, by post but not online',
    remote: 'postal',
    movable: true,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.013225',
    because: 'a process of its own that branches, fifteen calendar days, seven cases',
    remote: 'online',
    movable: true,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.013831',
    because: 'a process of its own that waits for the tax office, eighteen days',
    remote: 'online',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '1.012817',
    because: 'thirty days, a commune',
    remote: 'online',
    movable: true,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.012812',
    because: 'forty calendar days',
    remote: 'postal',
    movable: true,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.001656',
    because: 'forty calendar days, without a case and without papers',
    remote: 'postal',
    movable: true,
    centre: 'tthcc-tinh',
  },
  {
    code: '2.002041',
    because: 'a process of its own, nine cases, no published limit',
    remote: 'online',
    movable: false,
    centre: 'tthcc-tinh',
  },
  {
    code: '1.001193',
    because: 'no published limit, a commune, four cases',
    remote: 'online',
    movable: false,
    centre: 'tthcc-ha-long',
  },
  {
    code: '1.003197',
    because: 'published as online alone, without a limit',
    remote: 'online',
    movable: false,
    centre: 'tthcc-ha-long',
  },
]
