import type { Face, FaceMetrics, Faces } from './faces.ts'

/** A paragraph as the template writes it. Neighbours in the same face are one piece where Typst shapes them together. */
export type Block = {
  /** Names the paragraph within its paper; part of the paper's shape. */
  id: string
  x: number
  width: number
  align: 'left' | 'centre' | 'right' | 'justify'
  pieces: readonly Piece[]
}
/** `gap`: `h(…)` in points. `fill`: `h(1fr)`, only in a paragraph of one line. */
export type Piece = { face: Face; size: number; text: string } | { gap: number } | { fill: true }

/** What justification adds to a space: `ratio` of the half of its width, and `extra` points. */
type Stretch = { ratio: number; extra: number }
const NONE: Stretch = { ratio: 0, extra: 0 }

/** Letters of one face on one line. */
export type Run = { face: Face; size: number; x: number; text: string; stretch: Stretch }

/** How much of a sign at the end of a line hangs over the margin, so that the edge looks straight; Typst's figures. */
const OVERHANG: Record<string, number> = {
  '-': 0.55,
  '–': 0.2,
  '—': 0.2,
  '.': 0.8,
  ',': 0.8,
  ';': 0.3,
  ':': 0.3,
}

/** What a letter is to line breaking (UAX 14), as far as office prose needs it. Signs of class AL count as letters. */
const [SPACE, LETTER, DIGIT, STOP, OPEN, CLOSE, HYPHEN, SLASH, OTHER] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const KINDS: Record<string, number> = {
  ' ': SPACE,
  '.': STOP,
  ',': STOP,
  ';': STOP,
  ':': STOP,
  '(': OPEN,
  ')': CLOSE,
  '-': HYPHEN,
  '/': SLASH,
}
const kindOf = (letter: string): number =>
  KINDS[letter] ??
  (letter >= '0' && letter <= '9' ? DIGIT : /[\p{L}#&*<=>@^_`~]/u.test(letter) ? LETTER : OTHER)

const NO = 'no'
const YES = 'yes'
const UNSURE = 'unsure'
/** May a line break between `left` and `right`, which no space parts? Rules LB13–LB30; what they leave open is unsure. */
const breaks = (before: number, left: number, right: number): typeof NO | typeof YES | typeof UNSURE => {
  const word = (kind: number) => kind === LETTER || kind === DIGIT
  if (left === OTHER || right === OTHER) return UNSURE
  if (left === HYPHEN || left === SLASH) {
    if (!word(before)) return UNSURE
    return right === DIGIT ? NO : right === LETTER ? YES : UNSURE
  }
  if (left === OPEN) return NO
  if (right === OPEN) return word(left) ? NO : UNSURE
  if (right === HYPHEN || right === SLASH) return word(left) ? NO : UNSURE
  return NO
}

/** Lengths that differ by less are not told apart: the paper goes to Typst. */
const DOUBT = 0.001

export const createTypesetter = ({ places, count, metrics }: Faces) => {
  const kinds = new Uint8Array(places.length)
  for (let code = 0; code < places.length; code++) kinds[code] = kindOf(String.fromCharCode(code))
  const kindAt = (text: string, at: number): number =>
    at < 0 ? SPACE : (kinds[text.charCodeAt(at)] ?? OTHER)
  const placeAt = (text: string, at: number): number => places[text.charCodeAt(at)] ?? 0
  const space = places[0x20] ?? 0
  const kern = (face: FaceMetrics, left: number, right: number): number =>
    face.kerns[left * count + right] ?? 0

  /** Left edge of each letter of the paragraph in points, as if on one line, and its end; undefined with an unknown letter. */
  const edgesOf = (pieces: readonly Piece[], length: number): Float64Array | undefined => {
    const edges = new Float64Array(length + 1)
    let at = 0
    let x = 0
    for (const piece of pieces) {
      if (!('text' in piece)) {
        x += 'gap' in piece ? piece.gap : 0
        edges[++at] = x
        continue
      }
      const face = metrics[piece.face]
      let place = placeAt(piece.text, 0)
      for (let i = 0; i < piece.text.length; i++) {
        const next = i + 1 < piece.text.length ? placeAt(piece.text, i + 1) : 0
        if (place === 0) return undefined
        const pair = next === 0 ? 0 : kern(face, place, next)
        x += ((face.advances[place] ?? 0) + pair) * piece.size
        edges[++at] = x
        place = next
      }
    }
    return edges
  }

  /** Whether a line may end before `at`: after a space, or within a word where the rules say so. */
  const breakAt = (text: string, at: number): typeof NO | typeof YES | typeof UNSURE => {
    if (kindAt(text, at) === SPACE) return NO
    if (kindAt(text, at - 1) !== SPACE)
      return breaks(kindAt(text, at - 2), kindAt(text, at - 1), kindAt(text, at))
    let last = at - 1
    while (kindAt(text, last) === SPACE && last > 0) last -= 1
    const [left, right] = [kindAt(text, last), kindAt(text, at)]
    const plainLeft = left === LETTER || left === DIGIT || left === STOP || left === CLOSE
    return plainLeft && (right === LETTER || right === DIGIT || right === OPEN) ? YES : UNSURE
  }

  type Line = { from: number; to: number; width: number }

  /** First fit, as Typst does for paragraphs whose breaks are not optimised; undefined when not sure to agree. */
  const linesOf = (
    text: string,
    gaps: readonly number[],
    edges: Float64Array,
    limit: number,
    pairAt: (at: number) => number,
  ): Line[] | undefined => {
    const widthOf = (from: number, to: number): number => {
      let end = to
      let hanging = 0
      while (end > from && kindAt(text, end - 1) === SPACE) {
        end -= 1
        if (gaps.includes(end)) hanging += (edges[end + 1] ?? 0) - (edges[end] ?? 0)
      }
      const pair = end === to && to < text.length ? pairAt(to) : 0
      return (edges[end] ?? 0) - (edges[from] ?? 0) - pair + hanging
    }
    const whole = widthOf(0, text.length)
    if (whole < limit - DOUBT) return [{ from: 0, to: text.length, width: whole }]
    const lines: Line[] = []
    let from = 0
    let fitting: Line | undefined
    for (let at = 1; at <= text.length; at++) {
      const verdict = at === text.length ? YES : breakAt(text, at)
      if (verdict === NO) continue
      const attempt = { from, to: at, width: widthOf(from, at) }
      if (Math.abs(attempt.width - limit) < DOUBT) return undefined
      if (attempt.width <= limit) {
        // A break that might not be one matters only when the line ends there: the next sure one takes its place.
        if (verdict === YES) fitting = attempt
        else if (!reachesNext(text, at, from, limit, widthOf)) return undefined
        continue
      }
      if (!fitting) return undefined
      lines.push(fitting)
      from = fitting.to
      fitting = undefined
      at = from
    }
    return fitting ? [...lines, fitting] : undefined
  }

  /** Whether some sure break after `at` still fits on the line. */
  const reachesNext = (
    text: string,
    at: number,
    from: number,
    limit: number,
    widthOf: (from: number, to: number) => number,
  ): boolean => {
    let next = at + 1
    while (next < text.length && breakAt(text, next) !== YES) next += 1
    return widthOf(from, next) <= limit - DOUBT
  }

  /** Spaces grow by up to half of their width each, by its share; what is then still missing they share evenly. */
  const stretched = (
    text: string,
    from: number,
    to: number,
    rest: number,
    advance: (at: number) => number,
  ): Stretch => {
    let room = 0
    let spaces = 0
    for (let at = from; at < to; at++) {
      if (kindAt(text, at) !== SPACE) continue
      room += advance(at) / 2
      spaces += 1
    }
    if (spaces === 0) return NONE
    return { ratio: Math.min(rest / room, 1), extra: Math.max(rest - room, 0) / spaces }
  }

  /** The paragraph's lines with their runs, placed; undefined when Typst might set it otherwise. */
  const layOut = ({ x, width, align, pieces }: Block): Run[][] | undefined => {
    let text = ''
    const gaps: number[] = []
    const starts: number[] = []
    for (const piece of pieces) {
      starts.push(text.length)
      if (!('text' in piece)) gaps.push(text.length)
      else if (piece.text.includes('  ')) return undefined
      text += 'text' in piece ? piece.text : ' '
    }
    const edges = edgesOf(pieces, text.length)
    if (!edges || text === '') return undefined
    const pairAt = (at: number): number => {
      const index = starts.findLastIndex((start) => start < at)
      const piece = pieces[index]
      if (!piece || !('text' in piece) || starts[index + 1] === at) return 0
      return kern(metrics[piece.face], placeAt(text, at - 1), placeAt(text, at)) * piece.size
    }
    const lines = linesOf(text, gaps, edges, width, pairAt)
    if (!lines) return undefined
    const fill = pieces.findIndex((piece) => 'fill' in piece)
    // Typst breaks addresses of the web by rules of its own.
    if (lines.length > 1 && (fill >= 0 || /www\.|https?:/.test(text))) return undefined

    const advance = (at: number): number => (edges[at + 1] ?? 0) - (edges[at] ?? 0)
    return lines.map((line, index) => {
      const end = line.from + text.slice(line.from, line.to).trimEnd().length
      const last = advance(end - 1) - (end === line.to && end < text.length ? pairAt(end) : 0)
      const overhang = end - line.from > 1 ? (OVERHANG[text[end - 1] ?? ''] ?? 0) * last : 0
      const rest = width - line.width + overhang
      const stretch =
        align === 'justify' && index < lines.length - 1
          ? stretched(text, line.from, end, rest, advance)
          : NONE
      const start =
        x + (align === 'centre' ? rest / 2 : align === 'right' ? rest : 0) - (edges[line.from] ?? 0)
      return pieces.flatMap((piece, i): Run[] => {
        if (!('text' in piece)) return []
        const first = starts[i] ?? 0
        const [from, to] = [Math.max(first, line.from), Math.min(first + piece.text.length, line.to)]
        if (from >= to) return []
        const pushed = fill >= 0 && i > fill ? rest : 0
        const { face, size } = piece
        return [
          {
            face,
            size,
            x: start + (edges[from] ?? 0) + pushed,
            text: piece.text.slice(from - first, to - first),
            stretch,
          },
        ]
      })
    })
  }

  /** In thousandths of the size, what moves the letter after `place` left: their pair, and a stretched space. */
  const adjustment = (metrics: FaceMetrics, place: number, next: number, { size, stretch }: Run): number => {
    const pair = kern(metrics, place, next)
    if (place !== space || stretch === NONE) return -1000 * pair
    const own = (metrics.advances[place] ?? 0) + pair
    return -1000 * (pair + (own / 2) * stretch.ratio + stretch.extra / size)
  }

  /** Adjustment after each letter; none after the last. */
  const adjustments = (run: Run): number[] =>
    Array.from(run.text, (_, i) =>
      i + 1 === run.text.length
        ? 0
        : adjustment(metrics[run.face], placeAt(run.text, i), placeAt(run.text, i + 1), run),
    )

  /** The run as operand of `TJ`. */
  const operand = (run: Run): string => {
    const { text } = run
    const face = metrics[run.face]
    let written = '[<'
    let place = placeAt(text, 0)
    for (let i = 1; i < text.length; i++) {
      const next = placeAt(text, i)
      written += face.codes[place]
      const adjust = adjustment(face, place, next, run)
      if (adjust !== 0) written += `>${Math.round(adjust * 1000) / 1000}<`
      place = next
    }
    return `${written}${face.codes[place]}>]`
  }

  return { layOut, adjustments, operand }
}

export type Typesetter = ReturnType<typeof createTypesetter>
