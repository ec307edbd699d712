import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
 * count; its number given to another program does not either. At once, without waiting in line for a thread: nothing else
 * of a start can go on before.
 */
export const holdDataFolder = (dataDir: string): (() => void) => {
  mkdirSync(dataDir, { recursive: true })
  const file = path.join(dataDir, 'running')
  const [pid, started] = textOf(file).split(' ')
  if (pid && Number(pid) !== process.pid && isAlive(Number(pid)) && startOf(Number(pid)) === started) {
    throw new Error(
      `Cấu hình chưa đúng: Một Cửa đang chạy trên thư mục ${dataDir} (tiến trình ${pid}). Dừng nó hoặc đặt DATA_DIR khác.`,
    )
  }
  writeFileSync(file, `${process.pid} ${startOf(process.pid)}`)
  return () => rmSync(file, { force: true })
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** When a process began, in the kernel's clock: tells a reused number apart. Empty where the system does not say. */
const startOf = (pid: number): string => {
  const stat = textOf(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
