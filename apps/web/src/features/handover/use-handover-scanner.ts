import { useGo } from '../../surfaces/desk/go.ts'
import { useScanner } from '../../ui/keyboard/keyboard.tsx'
import { codeInScan } from '../dossiers/code-in-scan.ts'
import { sheetInScan } from './sheet-in-scan.ts'

/**
 * What a scanner means at the hand-over: a sheet's code opens the sheet, a dossier's goes to the list on show. Each part of the
 * page listens by itself, because a page and its part that both listen are heard in an order that nobody sees.
 */
export function useHandoverScanner(onDossier?: (code: string) => void): void {
  const go = useGo()
  useScanner((text) => {
    const sheet = sheetInScan(text)
    const code = codeInScan(text)
    if (sheet) go(`/desk/ban-giao/${sheet}`)
    else if (code) onDossier?.(code)
  })
}
