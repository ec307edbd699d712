/** How a printer is; what stops it comes first. */
const PRINTER_STATES = [
  'READY',
  'PAPER_LOW',
  'PAPER_OUT',
  'COVER_OPEN',
  'FAULT',
  'OFFLINE',
  'UNREADABLE',
] as const
export type PrinterState = (typeof PRINTER_STATES)[number]

export const canPrint = (state: PrinterState): boolean => state === 'READY' || state === 'PAPER_LOW'

/** `DLE EOT n` for n = 1 printer, 2 cause of being offline, 3 cause of the error, 4 paper: answered at once, beside what prints. */
export const ASK_STATUS = [1, 2, 3, 4] as const
export const askStatus = (n: number): Uint8Array => Uint8Array.of(0x10, 0x04, n)
/** `GS r 1`, paper sensor: answered in its turn, so the answer says that everything before it has been printed. */
export const ASK_IN_TURN = Uint8Array.of(0x1d, 0x72, 0x01)

/** Four bits of every status are fixed; anything else is noise, or no printer of this kind. */
export const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12
export const isAnswerInTurn = (byte: number): boolean => (byte & 0x90) === 0

/** The four answers together. */
export const stateOf = ([printer = 0, cause = 0, error = 0, paper = 0]: readonly number[]): PrinterState => {
  if ((paper & 0x60) !== 0 || (cause & 0x20) !== 0) return 'PAPER_OUT'
  if ((cause & 0x04) !== 0) return 'COVER_OPEN'
  if ((error & 0x6c) !== 0 || (cause & 0x40) !== 0) return 'FAULT'
  if ((printer & 0x08) !== 0) return 'OFFLINE'
  return (paper & 0x0c) !== 0 ? 'PAPER_LOW' : 'READY'
}
