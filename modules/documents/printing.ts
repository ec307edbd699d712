import type { PaperData, PaperKind } from './paper-data.ts'
import { printForms } from './printing/forms.ts'
import type { Printed } from './printing/head.ts'
import { printSheets } from './printing/sheets.ts'

export type { PrintedReceipt } from './printing/forms.ts'
export type { Printed } from './printing/head.ts'

const nfc = <T>(value: T): T => {
  if (typeof value === 'string') return value.normalize('NFC') as T & string
  if (Array.isArray(value)) return value.map(nfc) as T & unknown[]
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, nfc(part)])) as T & object
  return value
}

type Printers = { [K in PaperKind]: (data: PaperData<K>, reprint: string) => readonly Printed[] }
const printers: Printers = { ...printForms, ...printSheets }

/** A copy of what was handed out before says so; it carries the same number. */
const REPRINT = 'Bản in lại'

/** `reprint`: the original has been handed out. */
export type PrintOptions = { reprint?: boolean }

/**
 * The papers of one print, in words and NFC (as fonts and text extraction expect). Two copies are two papers. Form 01 says
 * among its copies that it is printed again, the others at the head of each page.
 */
export const printPaper = <K extends PaperKind>(
  kind: K,
  data: PaperData<K>,
  { reprint = false }: PrintOptions = {},
): readonly Printed[] => {
  const words = reprint ? REPRINT : ''
  const printed = nfc(printers[kind](data, words))
  return kind === 'form-01' || !reprint ? printed : printed.map((paper) => ({ ...paper, reprint: words }))
}
