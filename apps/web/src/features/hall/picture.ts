/** A poster's longest side on a television, and what a stored picture may weigh as text. */
const LONGEST = 1_280
const MOST_CHARACTERS = 110_000
const QUALITIES = [0.85, 0.7, 0.5, 0.35, 0.2, 0.1]

/** The picture as a JPEG small enough to be kept with the settings; undefined where the file is no picture. */
export const smallPicture = async (file: File): Promise<string | undefined> => {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return undefined
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return undefined
  // What was transparent becomes paper, not black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return QUALITIES.map((quality) => canvas.toDataURL('image/jpeg', quality)).find(
    (text) => text.length <= MOST_CHARACTERS,
  )
}
