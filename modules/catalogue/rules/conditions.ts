import { fold } from '#platform/text/fold.ts'
import { withoutListMark } from './headings.ts'
import type { Channel, SourceComponent } from './record.ts'

export type PaperRule = {
  /** A remark that stands in the list of papers ("… các giấy tờ sau:"). */
  note: boolean
  mandatory: boolean
  /** When the paper is asked for, in the source's words; null when always. */
  conditionText: string | null
  /** The paper is only for these ways of handing in ("nếu nộp hồ sơ theo hình thức trực tuyến"); null means all. */
  channels: Channel[] | null
}

const OPENS_WITH_CONDITION =
  /^(trong )?(truong hop|doi voi|neu|khi|tuy|rieng|ngoai ra|vi du|(ban sao |ban chup |hop dong )?(van ban|giay|hop dong) uy quyen)\b/
const REMARK = /^(luu y|ghi chu|chu y|vi du)\b/
const CONDITION =
  /\(?\s*(?<!\p{L})(nếu có|nếu|trong trường hợp|đối với|trường hợp|khi (?:có|thực hiện|nộp)|khi ủy quyền)(?!\p{L})/iu
/** "để chứng minh đối tượng miễn, giảm": only who asks for it brings it. */
const PROVES_EXEMPTION = /\bchung minh .{0,40}\bmien\b/

const CHANNEL_CLAUSE = /nếu [^()]{0,120}hình thức (trực tiếp|trực tuyến)([^()]{0,80})/iu

const channelsOf = (name: string): Channel[] | null => {
  const clause = CHANNEL_CLAUSE.exec(name)
  if (!clause) return null
  if (clause[1]?.toLowerCase() === 'trực tuyến') return ['online']
  return /bưu chính/iu.test(clause[2] ?? '') ? ['direct', 'postal'] : ['direct']
}

const shorten = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 299).trimEnd()}…`)

/** The words from the condition to the end of its clause. */
const clauseFrom = (text: string, start: number): string => {
  const rest = text.slice(start).replace(/^\s*\(\s*/, '')
  const end = rest.search(/[;.)](\s|$)/u)
  return shorten((end > 0 ? rest.slice(0, end) : rest).trim())
}

/**
 * Sources carry no "mandatory" flag. A paper is conditional when its own clause (up to the first `;` or full stop) opens
 * with or contains a condition, or when neither originals nor copies are asked for. A condition in a later clause tells
 * what may replace the paper, and leaves it mandatory.
 */
export const paperRule = (component: SourceComponent): PaperRule => {
  const name = withoutListMark(component.name)
  const folded = fold(name)
  const asksNothing = component.originals === 0 && component.copies === 0
  if (asksNothing && (REMARK.test(folded) || /:\s*$/u.test(name))) {
    return { note: true, mandatory: false, conditionText: null, channels: null }
  }
  const channels = channelsOf(name)
  if (channels) {
    const at = name.search(CHANNEL_CLAUSE)
    const mandatory = !asksNothing && channels.includes('direct')
    return { note: false, mandatory, conditionText: clauseFrom(name, at), channels }
  }
  if (OPENS_WITH_CONDITION.test(folded)) {
    return { note: false, mandatory: false, conditionText: clauseFrom(name, 0), channels: null }
  }
  const firstClause = name.split(/[;.](?=\s|$)/u)[0] ?? name
  const at = firstClause.search(CONDITION)
  if (at >= 0) return { note: false, mandatory: false, conditionText: clauseFrom(name, at), channels: null }
  if (PROVES_EXEMPTION.test(folded)) {
    return { note: false, mandatory: false, conditionText: shorten(name), channels: null }
  }
  return { note: false, mandatory: !asksNothing, conditionText: null, channels: null }
}
