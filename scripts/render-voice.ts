// `npm run -s render-voice`: renders the clips that halls speak with, so that no screen asks a cloud or a browser for a voice.
// Needs the programs espeak-ng, sox and opusenc (Debian: espeak-ng, sox, opus-tools); what they made is kept in the repository.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { spokenSyllables } from '#modules/queue/rules.ts'
import { atRoot } from '#platform/root.ts'
import { CALL_PHRASES, ENGLISH_DIGITS } from '#web/src/features/hall/spoken-call.ts'
import { SPOKEN } from '#web/src/features/kiosk/spoken.ts'

type VoiceSet = { name: string; voice: string; words: readonly string[]; sentences: readonly string[] }

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const VIETNAMESE = [...Object.values(CALL_PHRASES), ...Object.values(SPOKEN.vi)]
const SETS: readonly VoiceSet[] = [
  { name: 'vi-north', voice: 'vi', words: spokenSyllables('north'), sentences: VIETNAMESE },
  { name: 'vi-south', voice: 'vi-vn-x-south', words: spokenSyllables('south'), sentences: VIETNAMESE },
  { name: 'en', voice: 'en-gb', words: [...ENGLISH_DIGITS, ...LETTERS], sentences: Object.values(SPOKEN.en) },
]

/** Words a minute: people listen across a loud hall. */
const SPEED = { word: 105, sentence: 150 }
const run = (program: string, args: readonly string[]): void => {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** One clip: spoken, silence cut at both ends, made as loud as the others, pressed small. */
const render = (voice: string, text: string, speed: number, folder: string, file: string): void => {
  const [raw, even] = [path.join(folder, 'raw.wav'), path.join(folder, 'even.wav')]
  run('espeak-ng', ['-v', voice, '-s', String(speed), '-p', '45', '-w', raw, text])
  run('sox', [
    ...[raw, '-r', '24000', '-c', '1', even, 'silence', '1', '0.01', '0.5%', 'reverse'],
    ...['silence', '1', '0.01', '0.5%', 'fade', 't', '0.012', 'reverse', 'fade', 't', '0.004', 'norm', '-2'],
  ])
  run('opusenc', [
    '--quiet',
    '--bitrate',
    '24',
    '--speech',
    '--discard-comments',
    '--serial',
    '1',
    even,
    file,
  ])
}

const renderSet = async ({ name, voice, words, sentences }: VoiceSet, folder: string): Promise<number> => {
  const target = atRoot('apps/web/public/voice', name)
  await mkdir(target, { recursive: true })
  for (const file of await readdir(target)) await rm(path.join(target, file))
  const clips: Record<string, string> = {}
  const texts = [...new Set([...words, ...sentences])]
  for (const [index, text] of texts.entries()) {
    const file = `${String(index + 1).padStart(3, '0')}.opus`
    render(voice, text, words.includes(text) ? SPEED.word : SPEED.sentence, folder, path.join(target, file))
    clips[text] = file
  }
  const source = `espeak-ng, voice ${voice}`
  await writeFile(path.join(target, 'clips.json'), `${JSON.stringify({ source, clips }, null, 1)}\n`)
  return texts.length
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'mot-cua-voice-'))
try {
  for (const set of SETS) console.log(`${set.name}: ${await renderSet(set, folder)} clips`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
