/** The child of `trial.ts`: one trial on stdin, its outcome on stdout. Its argument is the folder of the fonts. */
import { text } from 'node:stream/consumers'
import { createPaperRenderer, TemplateError } from './renderer.ts'
import type { Trial } from './trial.ts'

const [, , fonts = ''] = process.argv
// Written by our own process, which made it from this type.
const { files, main, prints } = JSON.parse(await text(process.stdin)) as Trial
const renderer = createPaperRenderer({ fonts })
renderer.hold('trial', files)

const outcome = () => {
  try {
    const pdfs = prints.map((papers) => renderer.render(`trial/${main}`, papers).toString('base64'))
    return { outcome: 'printed', pdfs }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const problems = error.problems.map((one) => ({ ...one, file: one.file.replace(/^trial\//, '') }))
    return { outcome: 'broken', problems }
  }
}
process.stdout.write(JSON.stringify(outcome()))
