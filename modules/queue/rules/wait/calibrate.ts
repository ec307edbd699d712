/** Minutes in which a person is told to expect to be called, and the middle of them. */
export type WaitRange = { p10: number; p50: number; p90: number }

/** Bounds of the predicted wait, in minutes, within which the interval is calibrated apart. */
const BUCKETS = [5, 15, 30, 60] as const
const STEP = 0.02
const TAIL = 0.1

type Widths = { below: number; above: number }
/** How much the two sides of the interval are stretched so that each holds its stated share. */
export type Calibration = Widths[]

export const emptyCalibration = (): Calibration =>
  Array.from({ length: BUCKETS.length + 1 }, () => ({ below: 1, above: 1 }))

const bucketOf = (minutes: number): number => {
  const found = BUCKETS.findIndex((bound) => minutes < bound)
  return found < 0 ? BUCKETS.length : found
}

export const calibrated = (calibration: Calibration, raw: WaitRange): WaitRange => {
  const { below, above } = calibration[bucketOf(raw.p50)] ?? { below: 1, above: 1 }
  return {
    p10: Math.max(0, raw.p50 - (raw.p50 - raw.p10) * below),
    p50: raw.p50,
    p90: raw.p50 + (raw.p90 - raw.p50) * above,
  }
}

const stretch = (width: number, missed: boolean): number =>
  Math.min(4, Math.max(0.4, width * Math.exp(STEP * ((missed ? 1 : 0) - TAIL))))

/**
 * Adaptive conformal step (Gibbs and Candès 2021): each side of the interval that was shown widens when the wait fell outside
 * it and narrows a little when it did not, so that one in ten falls outside in the long run, whatever the day does.
 */
export const learnInterval = (calibration: Calibration, shown: WaitRange, actual: number): void => {
  const widths = calibration[bucketOf(shown.p50)]
  if (!widths) return
  widths.below = stretch(widths.below, actual < shown.p10)
  widths.above = stretch(widths.above, actual > shown.p90)
}
