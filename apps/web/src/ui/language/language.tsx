import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react'

export type Language = 'vi' | 'en'

/** Words of one feature: `en` must have exactly the keys and shapes of `vi`, or it does not compile. */
export type Catalogue<W> = { readonly vi: W; readonly en: W }

/** Vietnamese is written first; its keys decide what English must have. A phrase with values is a function. */
type Words<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => unknown
      ? (...args: A) => string
      : Words<T[K]>
}

export const catalogue = <V extends object>(vi: V, en: Words<NoInfer<V>>): Catalogue<Words<V>> => ({
  // A literal string is a string: widening keeps both languages one type.
  vi: vi as Words<V>,
  en,
})

type LanguageChoice = { language: Language; setLanguage: (language: Language) => void }
const LanguageContext = createContext<LanguageChoice>({ language: 'vi', setLanguage: () => undefined })
const KEPT = 'mot-cua.language'

export const isLanguage = (value: unknown): value is Language => value === 'vi' || value === 'en'

const keptLanguage = (): Language => {
  try {
    const kept = window.localStorage.getItem(KEPT)
    return isLanguage(kept) ? kept : 'vi'
  } catch {
    // Storage may be switched off by the browser; Vietnamese is the answer then.
    return 'vi'
  }
}

export function LanguageProvider({ children, initial }: { children: ReactNode; initial?: Language }) {
  const [language, choose] = useState<Language>(() => initial ?? keptLanguage())
  // Before other effects: those ask the server again, in the language that the page now has.
  useLayoutEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const setLanguage = useCallback((next: Language) => {
    choose(next)
    try {
      window.localStorage.setItem(KEPT, next)
    } catch {
      // The choice then lives as long as the page.
    }
  }, [])
  const value = useMemo(() => ({ language, setLanguage }), [language, setLanguage])
  return <LanguageContext value={value}>{children}</LanguageContext>
}

export const useLanguage = (): LanguageChoice => useContext(LanguageContext)

export function useWords<W>(words: Catalogue<W>): W {
  return words[useLanguage().language]
}
