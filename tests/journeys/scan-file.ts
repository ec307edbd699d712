import PdfDocument from 'pdfkit'

/** A small PDF as a scanner of papers makes it. */
export const aScan = (title: string): Promise<Buffer> =>
  new Promise((resolve) => {
    const document = new PdfDocument()
    const parts: Buffer[] = []
    document.on('data', (part: Buffer) => parts.push(part))
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.text(title.replaceAll(/[^ -~]/g, '-'))
    document.end()
  })
