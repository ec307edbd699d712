/** The little of pdfkit that the comparison uses; the package ships no types. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream'

  interface PdfDocument extends Readable {
    text: (words: string) => this
    end: () => void
  }
  const PDFDocument: new () => PdfDocument
  export default PDFDocument
}
