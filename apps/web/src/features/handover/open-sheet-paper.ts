import { getHandoverPaper } from '#modules/dossiers/contract.ts'
import { addressOf } from '../../api/call.ts'

/** The sheet as PDF, in a window of its own: two signed copies travel with the batch. */
export const openSheetPaper = (sheet: string): void => {
  window.open(addressOf(getHandoverPaper, { sheet }), '_blank', 'noopener')
}
