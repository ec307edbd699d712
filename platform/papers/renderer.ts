import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { z } from 'zod'

export type PaperRenderer = {
  /** One PDF of all `papers`, each beginning on its own page. Equal input gives equal bytes. */
  render: (template: string, papers: readonly unknown[]) => Buffer
  /** Takes the files of a folder, whose templates are then `folder/name`; of a folder known already nothing is read. */
  hold: (folder: string, files: Readonly<Record<string, string>>) => void
  /** The font files by name. */
  fonts: () => ReadonlyMap<string, Buffer>
}

export type RendererOptions = {
  /** Folder of `.typ` files, read once; none when all templates are given by `hold`. */
  templates?: string
  /** Folder of `.ttf` files; read once. */
  fonts: string
}

/** A mistake of a template: where, and what Typst says of it. Lines and columns count from 1. */
export type TemplateProblem = { file: string; line: number | null; column: number | null; message: string }

/** A template that does not compile with this data: a bug of the template, never of the person at the counter. */
export class TemplateError extends Error {
  readonly problems: readonly TemplateProblem[]
  constructor(template: string, problems: readonly TemplateProblem[]) {
    const where = ({ file, line, message }: TemplateProblem) => `${file}:${line ?? '?'} ${message}`
    super(`${template} does not compile: ${problems.map(where).join('; ')}`)
    this.name = 'TemplateError'
    this.problems = problems
  }
}

const filesIn = (folder: string, extension: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort()

/**
 * Walking the cache after every paper costs a fifth of the paper's time. Even an empty cache does not make the process
 * flat: measured over 1,250 papers, 0.2 MB a paper stays with glibc's default allocator and 0.04 MB with one arena and
 * `MALLOC_MMAP_THRESHOLD_=65536`, so most of it is fragmentation.
 */
const EVICT_EVERY = 32

/** Typst writes its page tree plainly: `/Type /Pages … /Count 2`. */
const pageCount = (pdf: Buffer): number => {
  const at = pdf.indexOf('/Type /Pages')
  const count = /\/Count (\d+)/.exec(pdf.toString('latin1', Math.max(0, at - 200), at + 400))?.[1]
  if (at < 0 || !count) throw new Error('a PDF without a page tree')
  return Number(count)
}

const Diagnostics = z.array(
  z.object({
    message: z.string(),
    path: z.string(),
    range: z.object({ start: z.object({ line: z.number(), character: z.number() }) }).nullable(),
    severity: z.number().describe('1 is an error; others are warnings and the way to it'),
  }),
)

const require = createRequire(import.meta.url)

/** Loaded by the first paper: the compiler and its fonts are a tenth of a start in which nobody prints. */
const loadCompiler = (options: Parameters<(typeof NodeCompiler)['create']>[0]): NodeCompiler => {
  const typst: typeof import('@myriaddreamin/typst-ts-node-compiler') = require('@myriaddreamin/typst-ts-node-compiler')
  return typst.NodeCompiler.create(options)
}

/**
 * Typst, warm. Sources and fonts are in memory, so a render touches no disk. Data go in through `sys.inputs`: a shadow
 * file measured 0.3 ms faster, but its old versions are never freed.
 */
export const createPaperRenderer = ({ templates, fonts }: RendererOptions): PaperRenderer => {
  // A folder of its own that does not exist: nothing outside the sources below can be read by a template.
  const workspace = path.resolve('/mot-cua-templates')
  const held = new Map<string, string>(
    (templates === undefined ? [] : filesIn(templates, '.typ')).map((name) => [
      name,
      readFileSync(path.join(templates ?? '', name), 'utf8'),
    ]),
  )
  const load = () => {
    const fontFiles = new Map(
      filesIn(fonts, '.ttf').map((name) => [name, readFileSync(path.join(fonts, name))] as const),
    )
    const compiler = loadCompiler({ workspace, fontArgs: [{ fontBlobs: [...fontFiles.values()] }] })
    for (const [name, source] of held) compiler.addSource(path.join(workspace, name), source)
    return { compiler, fontFiles }
  }
  let loaded: ReturnType<typeof load> | undefined
  const opened = () => {
    loaded ??= load()
    return loaded
  }

  let printed = 0

  const explain = (mainFilePath: string, inputs: Record<string, string>): TemplateProblem[] => {
    const { compiler } = opened()
    const error = compiler.compile({ mainFilePath, inputs }).takeError()
    // Declared as `any`; its shape is checked here.
    const found = error ? Diagnostics.safeParse(compiler.fetchDiagnostics(error)) : undefined
    if (!found?.success) return [{ file: '', line: null, column: null, message: 'no diagnostics' }]
    return found.data
      .filter(({ severity }) => severity === 1)
      .map(({ path: file, range, message }) => ({
        file: path.relative(workspace, file),
        line: range && range.start.line + 1,
        column: range && range.start.character + 1,
        message,
      }))
  }

  // Straight to bytes: a document held in between is freed only when the JavaScript heap is collected.
  const print = (template: string, papers: string, continued: 'yes' | 'no'): Buffer => {
    const mainFilePath = path.join(workspace, template)
    const inputs = { papers, continued }
    const { compiler } = opened()
    try {
      return compiler.pdf({ mainFilePath, inputs }, { pdfTags: true })
    } catch {
      throw new TemplateError(template, explain(mainFilePath, inputs))
    } finally {
      printed += 1
      if (printed % EVICT_EVERY === 0) compiler.evictCache(0)
    }
  }

  return {
    fonts: () => opened().fontFiles,
    hold: (folder, files) => {
      for (const [file, source] of Object.entries(files)) {
        const name = `${folder}/${file}`
        if (held.has(name)) continue
        held.set(name, source)
        loaded?.compiler.addSource(path.join(workspace, name), source)
      }
    },
    render: (template, papers) => {
      if (!held.has(template)) {
        throw new TemplateError(template, [
          { file: template, line: null, column: null, message: 'no such file' },
        ])
      }
      const text = JSON.stringify(papers)
      const short = print(template, text, 'no')
      return pageCount(short) > papers.length ? print(template, text, 'yes') : short
    },
  }
}
