import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * One process per data folder: a second one would end the first one's database. The mark of a killed process does not
 * count; its number given to another program does not either.
 */
export const holdDataFolder = async (dataDir: string): Promise<() => Promise<void>> => {
  await mkdir(dataDir, { recursive: true })
  const file = path.join(dataDir, 'running')
  const [pid, started] = (await readFile(file, 'utf8').catch(() => '')).split(' ')
  if (
    pid &&
    Number(pid) !== process.pid &&
    isAlive(Number(pid)) &&
    (await startOf(Number(pid))) === started
  ) {
    throw new Error(
      `Cấu hình chưa đúng: Một Cửa đang chạy trên thư mục ${dataDir} (tiến trình ${pid}). Dừng nó hoặc đặt DATA_DIR khác.`,
    )
  }
  await writeFile(file, `${process.pid} ${await startOf(process.pid)}`)
  return () => rm(file, { force: true })
}

/** When a process began, in the kernel's clock: tells a reused number apart. Empty where the system does not say. */
const startOf = async (pid: number): Promise<string> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
