import { compileShape, fillShape, layOutPage, type PageLayout, type Skeleton } from './compiled.ts'
import { type Faces, learnFaces } from './faces.ts'
import { createTypesetter, type Typesetter } from './lines.ts'
import type { PaperRenderer } from './renderer.ts'

/** Shapes kept: 20–40 KB each. A centre's procedures, each on a few combinations of lines, are some hundred. */
const SHAPES = 500

export type ComposerCounts = { filled: number; compiled: number; left: number }

export type Composer = {
  /**
   * The print laid out by us where Typst has once set its shape in the very same way, else by Typst. `typst` prints the
   * same papers. Equal input gives equal bytes, whichever paper came first.
   */
  print: (template: string, pages: readonly PageLayout[], typst: () => Buffer) => Buffer
  /** Prints filled into a known shape, shapes compiled, prints left to Typst. */
  counts: () => ComposerCounts
}

export const createComposer = (renderer: PaperRenderer, shapes = SHAPES): Composer => {
  const known = new Map<string, Skeleton | 'typst'>()
  const counts = { filled: 0, compiled: 0, left: 0 }
  let learned: { faces: Faces; typesetter: Typesetter } | undefined

  // At the first paper, not at the start of the process: a page of Typst and two hundred pairs of letters squared.
  const learn = () => {
    const faces = learnFaces((data) => renderer.render('specimen.typ', [data]), renderer.fonts())
    learned = { faces, typesetter: createTypesetter(faces) }
    return learned
  }

  const remember = (key: string, skeleton: Skeleton | 'typst'): void => {
    known.delete(key)
    known.set(key, skeleton)
    const [oldest] = known.keys()
    if (known.size > shapes && oldest !== undefined) known.delete(oldest)
  }

  const left = (typst: () => Buffer): Buffer => {
    counts.left += 1
    return typst()
  }

  return {
    counts: () => ({ ...counts }),
    print: (template, pages, typst) => {
      const { faces, typesetter } = learned ?? learn()
      const laidOut = []
      let key = template
      for (const page of pages) {
        const one = layOutPage(typesetter, page)
        if (!one) return left(typst)
        laidOut.push(one)
        key += `|${one.shape}`
      }
      const found = known.get(key)
      if (found === 'typst') return left(typst)
      if (found) {
        remember(key, found)
        counts.filled += 1
        return fillShape(found, laidOut, typesetter, faces)
      }
      const pdf = typst()
      const skeleton = compileShape(pdf, laidOut, typesetter, faces)
      remember(key, skeleton ?? 'typst')
      if (!skeleton) {
        counts.left += 1
        return pdf
      }
      counts.compiled += 1
      return fillShape(skeleton, laidOut, typesetter, faces)
    },
  }
}
