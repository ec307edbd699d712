/** The code of a hand-over sheet in what a scanner read; the prefix tells it from a dossier's. */
export function sheetInScan(text: string): string | undefined {
  return /PBG\d{2}-\d{6,}/.exec(text.trim().toUpperCase())?.[0]
}
