import type { Facts, FactType } from './facts.ts'
import type { Expression } from './graph.ts'

export type FeelProblem =
  | { code: 'expression-syntax'; value: string }
  | { code: 'unknown-variable'; value: string }
  | { code: 'expression-type'; value: string; reason: { vi: string; en: string } }
  | { code: 'expression-unsupported'; value: string }

export type FeelResult<T> = { expression: Expression<T> } | { problem: FeelProblem }

/** The parts of a Lezer tree that are read here; the package of its types is not a dependency of ours. */
type Node = {
  name: string
  from: number
  to: number
  type: { isError: boolean }
  firstChild: Node | null
  nextSibling: Node | null
}

class Wrong extends Error {
  readonly problem: FeelProblem
  constructor(problem: FeelProblem) {
    super(problem.code)
    this.problem = problem
  }
}

const BOOLEAN: FactType = { kind: 'boolean' }
const NUMBER: FactType = { kind: 'number' }

const WORDS: Readonly<Record<FactType['kind'], { vi: string; en: string }>> = {
  text: { vi: 'chữ', en: 'text' },
  number: { vi: 'số', en: 'a number' },
  boolean: { vi: 'đúng hoặc sai', en: 'true or false' },
  duration: { vi: 'khoảng thời gian', en: 'a duration' },
  null: { vi: 'rỗng', en: 'null' },
  list: { vi: 'danh sách', en: 'a list' },
  context: { vi: 'nhóm giá trị', en: 'a context' },
}

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

const sampleOf = (type: FactType): unknown =>
  type.kind === 'context'
    ? Object.fromEntries([...type.fields].map(([name, field]) => [name, sampleOf(field)]))
    : null

const isPunctuation = ({ name }: Node): boolean => /^[()[\],]$|^(and|or|in|between|if|then|else)$/.test(name)

/** Reads one expression: what each part is, and that the parts fit. No function is known, so none reads a clock. */
function createChecker(source: string, declared: ReadonlyMap<string, FactType>) {
  const textOf = (node: Node): string => source.slice(node.from, node.to)
  const mismatch = (node: Node, vi: string, en: string): never => {
    throw new Wrong({ code: 'expression-type', value: textOf(node), reason: { vi, en } })
  }
  const need = (node: Node, kind: FactType['kind']): FactType => {
    const type = typeOf(node)
    if (type.kind === kind || type.kind === 'null') return type
    const [is, wants] = [WORDS[type.kind], WORDS[kind]]
    return mismatch(node, `là ${is.vi}, cần ${wants.vi}`, `is ${is.en}, not ${wants.en}`)
  }
  const operands = (node: Node): Node[] => childrenOf(node).filter((child) => !isPunctuation(child))

  /** Two values that are compared are of one kind, and a text is one of those that the other may be. */
  const agree = (node: Node, [a, aType]: [Node, FactType], [b, bType]: [Node, FactType]): void => {
    if (aType.kind === 'null' || bType.kind === 'null') return
    if (aType.kind !== bType.kind) {
      const [left, right] = [WORDS[aType.kind], WORDS[bType.kind]]
      mismatch(node, `so ${left.vi} với ${right.vi}`, `compares ${left.en} with ${right.en}`)
    }
    if (aType.kind !== 'text' || bType.kind !== 'text') return
    const [fixed, open, shown] = a.name === 'StringLiteral' ? [aType, bType, a] : [bType, aType, b]
    const value = fixed.values?.[0]
    if (shown.name !== 'StringLiteral' || value === undefined || open.values === null) return
    if (!open.values.includes(value)) {
      const list = open.values.map((one) => `“${one}”`).join(', ')
      mismatch(shown, `không phải một trong ${list}`, `is not one of ${list}`)
    }
  }

  const comparison = (node: Node): FactType => {
    const parts = childrenOf(node)
    const [left, sign, ...rest] = parts
    if (!left || !sign) throw new Wrong({ code: 'expression-syntax', value: source })
    const type = typeOf(left)
    if (sign.name === 'CompareOp') {
      const [right] = rest
      if (!right) throw new Wrong({ code: 'expression-syntax', value: source })
      agree(node, [left, type], [right, typeOf(right)])
      if (!['=', '!='].includes(textOf(sign)) && !['number', 'null'].includes(type.kind)) need(left, 'number')
      return BOOLEAN
    }
    if (sign.name === 'between') {
      for (const bound of [left, ...rest.filter((one) => !isPunctuation(one))]) need(bound, 'number')
      return BOOLEAN
    }
    for (const test of rest.filter((one) => !isPunctuation(one))) member(node, [left, type], test)
    return BOOLEAN
  }
  /** `x in (…)` tests against each part, whatever brackets are around it. */
  const member = (node: Node, left: [Node, FactType], test: Node): void => {
    const inner = ['PositiveUnaryTests', 'PositiveUnaryTest', 'List'].includes(test.name)
    if (inner) for (const one of operands(test)) member(node, left, one)
    else if (test.name === 'SimplePositiveUnaryTest')
      throw new Wrong({ code: 'expression-unsupported', value: textOf(test) })
    else agree(node, left, [test, typeOf(test)])
  }

  const variable = (node: Node): FactType => {
    const name = textOf(node)
    const type = declared.get(name)
    if (!type) throw new Wrong({ code: 'unknown-variable', value: name })
    return type
  }
  const path = (node: Node): FactType => {
    const [base, , field] = childrenOf(node)
    const type = base && typeOf(base)
    const found = type?.kind === 'context' && field ? type.fields.get(textOf(field)) : undefined
    if (!found) throw new Wrong({ code: 'unknown-variable', value: textOf(node) })
    return found
  }
  const call = (node: Node): FactType => {
    const [name, , parameters] = childrenOf(node)
    const [argument, ...more] = parameters ? operands(parameters) : []
    if (!name || textOf(name) !== 'not' || !argument || more.length > 0)
      throw new Wrong({ code: 'expression-unsupported', value: textOf(node) })
    need(argument, 'boolean')
    return BOOLEAN
  }
  const choice = (node: Node): FactType => {
    const [when, then, otherwise] = operands(node)
    if (!when || !then || !otherwise) throw new Wrong({ code: 'expression-syntax', value: source })
    need(when, 'boolean')
    const [a, b] = [typeOf(then), typeOf(otherwise)]
    agree(node, [then, a], [otherwise, b])
    return a.kind === 'null' ? b : a
  }
  const all = (node: Node, kind: 'boolean' | 'number'): FactType => {
    for (const part of operands(node)) if (part.name !== 'ArithOp') need(part, kind)
    return kind === 'boolean' ? BOOLEAN : NUMBER
  }
  const literal = (node: Node): FactType => {
    const value = textOf(node).slice(1, -1)
    return { kind: 'text', values: [value] }
  }
  const only = (node: Node): FactType => {
    const [inner, ...more] = operands(node)
    if (!inner || more.length > 0) throw new Wrong({ code: 'expression-syntax', value: source })
    return typeOf(inner)
  }
  const readers = new Map<string, (node: Node) => FactType>([
    ['Expression', only],
    ['ParenthesizedExpression', only],
    ['Disjunction', (node) => all(node, 'boolean')],
    ['Conjunction', (node) => all(node, 'boolean')],
    ['ArithmeticExpression', (node) => all(node, 'number')],
    ['Comparison', comparison],
    ['VariableName', variable],
    ['PathExpression', path],
    ['FunctionInvocation', call],
    ['IfExpression', choice],
    ['StringLiteral', literal],
    ['NumericLiteral', () => NUMBER],
    ['BooleanLiteral', () => BOOLEAN],
    ['null', () => ({ kind: 'null' })],
  ])
  const typeOf = (node: Node): FactType => {
    if (node.type.isError) throw new Wrong({ code: 'expression-syntax', value: source })
    const read = readers.get(node.name)
    if (!read) throw new Wrong({ code: 'expression-unsupported', value: textOf(node) })
    return read(node)
  }
  return { need }
}

const hasError = (node: Node): boolean => node.type.isError || childrenOf(node).some(hasError)

/**
 * Reads a FEEL expression (DMN 1.3) and holds it to the declared variables: an unknown name, parts that do not fit and a
 * text that the variable never has are found here and not on the day a dossier meets them. The library is loaded when a
 * process has an expression: most have none.
 */
export async function compileFeel<K extends 'boolean' | 'number'>(
  text: string,
  kind: K,
  declared: ReadonlyMap<string, FactType>,
): Promise<FeelResult<K extends 'boolean' ? boolean : number | null>> {
  const { evaluate, parseExpression } = await import('feelin')
  // Some tools write the sign that makes an expression of a text.
  const source = text.trim().replace(/^=/, '').trim()
  const context = Object.fromEntries([...declared].map(([name, type]) => [name, sampleOf(type)]))
  const tree = parseExpression(source, context, undefined)
  const top: Node = tree.topNode
  if (source === '' || hasError(top)) return { problem: { code: 'expression-syntax', value: text } }
  try {
    createChecker(source, declared).need(top, kind)
  } catch (error) {
    if (error instanceof Wrong) return { problem: error.problem }
    throw error
  }
  const run = (facts: Facts): unknown => evaluate(source, { ...facts }).value
  // What is not known yet makes a condition neither true nor false: then it does not hold.
  const read = (facts: Facts) => {
    const value = run(facts)
    return kind === 'boolean' ? value === true : typeof value === 'number' ? value : null
  }
  // The branch on `kind` is what the conditional type says.
  return { expression: { source, evaluate: read as never } }
}
