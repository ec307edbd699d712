/** The clock is a dependency: legal time is what this says, so that tests and the demo province can move it. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that shows `from` now and then goes `speed` times as fast as time does. */
export const runningClock = ({ from, speed }: { from: Date; speed: number }): Clock => {
  const started = performance.now()
  return { now: () => new Date(from.getTime() + (performance.now() - started) * speed) }
}

/** A clock that stands still until it is set; used by tests, the simulator and the demo seed. */
export type MovableClock = Clock & { set: (instant: Date) => void; advance: (milliseconds: number) => void }

export const movableClock = (start: Date): MovableClock => {
  let current = start.getTime()
  return {
    now: () => new Date(current),
    set: (instant) => {
      current = instant.getTime()
    },
    advance: (milliseconds) => {
      current += milliseconds
    },
  }
}
