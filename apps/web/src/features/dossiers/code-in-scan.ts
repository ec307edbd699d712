/** A dossier code alone (bar code of the slip) or inside the tracking address (its QR code). */
export function codeInScan(text: string): string | undefined {
  return /[A-Z0-9]{3}(?:\.[A-Z0-9]+)*-\d{6}-\d{4,}/.exec(text.trim().toUpperCase())?.[0]
}
