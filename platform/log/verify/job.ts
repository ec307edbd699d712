/** A stretch of the log that one look verifies. */
export type BlockJob = {
  /** Positions `start + 1` to `end`; `start` is a multiple of BLOCK. */
  start: number
  end: number
  /** Tree sizes within the block whose peaks are wanted (checkpoints and anchors). */
  sizes: number[]
}
