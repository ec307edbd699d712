import { useQueryClient } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { useState } from 'react'
import {
  editProcedureNames,
  getProcedure,
  type ProcedureDetail,
  searchProcedures,
} from '#modules/catalogue/contract.ts'
import { call } from '../../api/call.ts'
import { invalidate, isProblem } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { ChangedMeanwhile, type Choice } from '../../ui/feedback/changed-meanwhile.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { Card } from '../administration/layout.tsx'
import { CommandProblem, fieldError } from '../administration/problem.tsx'

const words = catalogue(
  {
    title: 'Tên thường gọi và cách gọi khác',
    plain: 'Tên thường gọi',
    plainHint: 'Chữ của người dân, 2 đến 120 ký tự. Bỏ trống thì trang hiện tên chính thức.',
    synonyms: 'Cách gọi khác',
    synonymsHint: (n: number) =>
      `Mỗi dòng một cách gọi, tối đa 40; đang có ${n}. Người dân tìm được bằng các chữ này.`,
    save: 'Lưu tên gọi',
    same: 'Chưa có gì thay đổi.',
    saved: 'Đã lưu tên gọi. Trang tìm kiếm dùng ngay.',
    tooMany: 'Quá 40 cách gọi. Bỏ bớt rồi lưu.',
    other: 'Người quản trị khác',
    about: (time: string) => `khoảng ${time}`,
  },
  {
    title: 'Plain name and other names',
    plain: 'Plain name',
    plainHint: 'The citizens’ words, 2 to 120 characters. When empty the official name is shown.',
    synonyms: 'Other names',
    synonymsHint: (n: number) =>
      `One per line, at most 40; ${n} now. Citizens find the procedure by these words.`,
    save: 'Save the names',
    same: 'Nothing has changed.',
    saved: 'The names are saved. The search uses them at once.',
    tooMany: 'More than 40 names. Remove some, then save.',
    other: 'Another administrator',
    about: (time: string) => `about ${time}`,
  },
)

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

/** The two things of a procedure that are the centre's own words; a stale save loses nothing. */
export function NamesForm({ procedure }: { procedure: ProcedureDetail }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const [plain, setPlain] = useState(procedure.plainName ?? '')
  const [synonyms, setSynonyms] = useState(procedure.synonyms.join('\n'))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const [theirs, setTheirs] = useState<ProcedureDetail>()
  const lines = linesOf(synonyms)
  const unchanged =
    plain.trim() === (procedure.plainName ?? '') && lines.join('\n') === procedure.synonyms.join('\n')
  const blocked = lines.length > 40 ? w.tooMany : unchanged ? w.same : undefined

  const save = async (name: string, names: readonly string[], revision: number): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call(
        editProcedureNames,
        { code: procedure.code, plainName: name.trim() || null, synonyms: [...names] },
        { version: revision },
      )
      setTheirs(undefined)
      toast({ message: w.saved })
      await Promise.all([invalidate(client, getProcedure), invalidate(client, searchProcedures)])
    } catch (error) {
      if (isProblem(error) && error.kind === 'stale')
        setTheirs(await call(getProcedure, { code: procedure.code }).catch(() => undefined))
      else setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const submit = (): void => {
    if (!blocked && !busy) void save(plain, lines, procedure.revision)
  }
  const resolve = (choices: Readonly<Record<string, Choice>>): void => {
    if (!theirs) return
    const name = choices.plain === 'theirs' ? (theirs.plainName ?? '') : plain
    const names = choices.synonyms === 'theirs' ? theirs.synonyms : lines
    setPlain(name)
    setSynonyms(names.join('\n'))
    void save(name, names, theirs.revision)
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.save, run: submit, when: !blocked }])
  return (
    <Card title={w.title}>
      <div className={styles.fields}>
        <CommandProblem problem={problem} form="names" />
        <TextField
          id="names-plainName"
          label={w.plain}
          hint={w.plainHint}
          maxLength={120}
          value={plain}
          onChange={setPlain}
          error={fieldError(problem, 'plainName', language)}
        />
        <TextArea
          id="names-synonyms"
          label={w.synonyms}
          hint={w.synonymsHint(lines.length)}
          rows={8}
          value={synonyms}
          onChange={setSynonyms}
          error={fieldError(problem, 'synonyms', language)}
        />
        <div className={styles.row}>
          <Button
            look="main"
            icon={Save}
            shortcut="Ctrl+Enter"
            busy={busy}
            blocked={unchanged ? undefined : blocked}
            onClick={submit}
          >
            {w.save}
          </Button>
          {unchanged ? <span className={styles.muted}>{w.same}</span> : null}
        </div>
      </div>
      <ChangedMeanwhile
        open={theirs !== undefined}
        who={w.other}
        when={w.about(partsOf(new Date().toISOString()).time)}
        fields={[
          { id: 'plain', label: w.plain, theirs: theirs?.plainName ?? '', mine: plain },
          {
            id: 'synonyms',
            label: w.synonyms,
            theirs: theirs?.synonyms.join('; ') ?? '',
            mine: lines.join('; '),
          },
        ]}
        onResolve={resolve}
        onClose={() => setTheirs(undefined)}
      />
    </Card>
  )
}
