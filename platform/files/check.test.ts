import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { docx, xlsx, zip } from '../../tests/support/zip.ts'
import { checkFile } from './check.ts'
import type { Finding } from './finding.ts'

const pdf = (objects: string, trailer = '<< /Root 1 0 R >>'): Buffer =>
  Buffer.from(`%PDF-1.7\n${objects}\nxref\n0 1\ntrailer ${trailer}\nstartxref\n9\n%%EOF\n`, 'latin1')
const page = '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj'

const hidden = (content: string): Buffer => {
  const packed = deflateSync(Buffer.from(content))
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length ${packed.length} >> stream\n`,
    ),
    packed,
    Buffer.from('\nendstream endobj\nstartxref\n9\n%%EOF\n'),
  ])
}

const chunk = (kind: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(kind), data, Buffer.alloc(4)])
}
const png = (width: number, height: number, tail = Buffer.alloc(0)): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(8))),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...body, tail])
}
const jpg = (width: number, height: number, tail = ''): Buffer => {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0])
  return Buffer.concat([start, frame, Buffer.alloc(40), Buffer.from([0xff, 0xd9]), Buffer.from(tail)])
}

const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

describe('accepted, by what the bytes are', () => {
  test.each([
    ['don.pdf', pdf(page), 'pdf'],
    ['DON.PDF', pdf(page), 'pdf'],
    ['anh.jpg', jpg(2480, 3508), 'jpg'],
    ['anh.jpeg', jpg(2480, 3508, 'SEFT camera data'), 'jpg'],
    ['quet.png', png(2480, 3508), 'png'],
    ['don.docx', docx(), 'docx'],
    ['bang.xlsx', xlsx(), 'xlsx'],
    ['ten-co-JS.pdf', pdf(`${page}\n2 0 obj << /Length 9 >> stream\n/JS (abc)\nendstream endobj`), 'pdf'],
  ])('%s', async (name, bytes, kind) => expect(await checkFile(name, bytes)).toEqual({ kind }))
})

describe('refused, each for its own reason', () => {
  const active = (what: string): Finding => ({ problem: 'active-content', what })
  test.each<[string, string, Buffer, Partial<Finding>]>([
    ['a program', 'don.exe', Buffer.from('MZ\x90\x00program'), { problem: 'kind-refused' }],
    ['a program called pdf', 'don.pdf', Buffer.from('MZ\x90\x00program'), { problem: 'kind-refused' }],
    ['the EICAR test file', 'eicar.com', Buffer.from(EICAR), { problem: 'kind-refused' }],
    ['the EICAR test file called pdf', 'eicar.pdf', Buffer.from(EICAR), { problem: 'kind-refused' }],
    [
      'svg with a script',
      'a.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      { problem: 'kind-refused' },
    ],
    [
      'a page of HTML',
      'a.html',
      Buffer.from('<!doctype html><script>1</script>'),
      { problem: 'kind-refused' },
    ],
    [
      'GIF and JavaScript at once',
      'a.gif',
      Buffer.from('GIF89a/*\0\0*/=1;alert(1)//'),
      { problem: 'kind-refused' },
    ],
    ['a plain archive', 'a.zip', zip([{ name: 'a.txt', content: 'a' }]), { problem: 'kind-refused' }],
    ['an archive called docx', 'a.docx', zip([{ name: 'a.txt', content: 'a' }]), { problem: 'kind-refused' }],
    ['a PNG called PDF', 'a.pdf', png(10, 10), { problem: 'wrong-extension', actual: 'png' }],
    ['a PDF without an extension', 'a', pdf(page), { problem: 'wrong-extension', actual: 'pdf' }],
    ['a workbook called docx', 'a.docx', xlsx(), { problem: 'wrong-extension', actual: 'xlsx' }],
    ['a PDF cut off', 'a.pdf', pdf(page).subarray(0, 60), { problem: 'damaged' }],
    ['a PNG cut off', 'a.png', png(10, 10).subarray(0, 50), { problem: 'damaged' }],
    ['a JPG cut off', 'a.jpg', jpg(10, 10).subarray(0, 30), { problem: 'damaged' }],
    ['a docx cut off', 'a.docx', docx().subarray(0, 200), { problem: 'damaged' }],
    ['an encrypted PDF', 'a.pdf', pdf(page, '<< /Root 1 0 R /Encrypt 5 0 R >>'), { problem: 'encrypted' }],
    [
      'an encrypted PDF, object stream',
      'a.pdf',
      pdf('1 0 obj << /Type /XRef /Encrypt << /V 5 >> >> endobj'),
      { problem: 'encrypted' },
    ],
    [
      'a docx with a password',
      'a.docx',
      docx([{ name: 'x', content: 'x', encrypted: true }]),
      { problem: 'encrypted' },
    ],
    [
      'JavaScript',
      'a.pdf',
      pdf('1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj'),
      active('/JavaScript'),
    ],
    [
      'JavaScript, name escaped',
      'a.pdf',
      pdf('1 0 obj << /S /J#61va#53cript >> endobj'),
      active('/JavaScript'),
    ],
    [
      'JavaScript in an object stream',
      'a.pdf',
      hidden('1 0 << /OpenAction << /S /JavaScript /JS (x) >> >>'),
      active('/JavaScript'),
    ],
    ['/JS alone', 'a.pdf', pdf('1 0 obj << /JS (x) >> endobj'), active('/JS')],
    [
      'JavaScript behind a false stream',
      'a.pdf',
      pdf('1 0 obj << /A (>> stream\n) /S /JavaScript /B (endstream) >> endobj'),
      active('/JavaScript'),
    ],
    ['a program to launch', 'a.pdf', pdf('1 0 obj << /S /Launch /F (cmd.exe) >> endobj'), active('/Launch')],
    ['a file inside', 'a.pdf', pdf('1 0 obj << /Type /EmbeddedFile >> endobj'), active('/EmbeddedFile')],
    ['an XFA form', 'a.pdf', pdf('1 0 obj << /XFA 4 0 R >> endobj'), active('/XFA')],
    ['rich media', 'a.pdf', pdf('1 0 obj << /Subtype /RichMedia >> endobj'), active('/RichMedia')],
    [
      'a PDF and a page at once',
      'a.pdf',
      Buffer.concat([pdf(page), Buffer.from('<script>1</script>')]),
      active('trailing data'),
    ],
    [
      'a PNG with an archive behind',
      'a.png',
      png(10, 10, Buffer.from('PK\x03\x04')),
      active('trailing data'),
    ],
    ['a JPG with a script behind', 'a.jpg', jpg(10, 10, '<script>1</script>'), active('trailing data')],
    [
      'macros',
      'a.docx',
      docx([{ name: 'word/vbaProject.bin', content: 'x' }]),
      active('word/vbaProject.bin'),
    ],
    [
      'XXE in docx',
      'a.docx',
      docx([
        { name: 'word/a.xml', content: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
      ]),
      active('word/a.xml: DOCTYPE'),
    ],
    ['a flood of pixels, PNG', 'a.png', png(50_000, 50_000), { problem: 'too-many-pixels' }],
    ['a flood of pixels, JPG', 'a.jpg', jpg(60_000, 60_000), { problem: 'too-many-pixels' }],
    [
      'a zip bomb',
      'a.docx',
      docx([{ name: 'a.xml', content: Buffer.alloc(4_000_000) }]),
      { problem: 'unsafe-archive' },
    ],
    [
      'a zip bomb that claims to be small',
      'a.docx',
      docx([{ name: 'a.xml', content: Buffer.alloc(4_000_000), claim: 300 }]),
      { problem: 'unsafe-archive' },
    ],
    [
      'steps upwards',
      'a.docx',
      docx([{ name: '../../etc/cron.d/a', content: 'x' }]),
      { problem: 'unsafe-archive' },
    ],
    [
      'an absolute path',
      'a.docx',
      docx([{ name: 'C:\\Windows\\a', content: 'x' }]),
      { problem: 'unsafe-archive' },
    ],
    [
      'a symbolic link',
      'a.docx',
      docx([{ name: 'a', content: '/etc/passwd', mode: 0xa1ff }]),
      { problem: 'unsafe-archive' },
    ],
    [
      'too many entries',
      'a.docx',
      docx(Array.from({ length: 1_000 }, (_, i) => ({ name: `a${i}`, content: 'x' }))),
      { problem: 'unsafe-archive' },
    ],
    ['a picture of 21 MB', 'a.png', png(10, 10, Buffer.alloc(21 * 1024 * 1024)), { problem: 'too-large' }],
  ])('%s (%s)', async (_what, name, bytes, finding) => {
    const started = performance.now()
    expect(await checkFile(name, bytes)).toMatchObject(finding)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

test('a million entries are refused from the directory, without reading them', async () => {
  const bytes = docx()
  bytes.writeUInt16LE(65_535, bytes.length - 12)
  expect(await checkFile('a.docx', bytes)).toEqual({ problem: 'unsafe-archive', what: 'entries' })
})

test('50 MB are checked within two seconds', async () => {
  const filler = `2 0 obj << /Length 1 >> stream\n${'A1b2'.repeat(12_000_000)}\nendstream endobj`
  const started = performance.now()
  expect(await checkFile('a.pdf', pdf(`${page}\n${filler}`))).toEqual({ kind: 'pdf' })
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('cut or altered anywhere, a file is judged and never throws', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom<[string, Buffer]>(
        ['a.pdf', pdf(page)],
        ['a.pdf', hidden('1 0 << /Type /Catalog >>')],
        ['a.png', png(10, 10)],
        ['a.jpg', jpg(10, 10)],
        ['a.docx', docx()],
      ),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
        maxLength: 6,
      }),
      async ([name, whole], part, changes) => {
        const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * part)))
        for (const [at, value] of changes) if (bytes.length > 0) bytes[Math.floor(at * bytes.length)] = value
        const verdict = await checkFile(name, bytes)
        expect('kind' in verdict || 'problem' in verdict).toBe(true)
      },
    ),
    { numRuns: 500 },
  ))
