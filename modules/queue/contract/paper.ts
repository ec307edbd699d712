import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'

/**
 * The ticket as a picture in the language of thermal printers (ESC/POS raster), so that no printer's code page meets Vietnamese.
 * Sent as it is to a printer or to the print agent beside it. A paper asked for again says so and bears the same number.
 */
export const printTicket = defineOperation({
  id: 'queue.print-ticket',
  method: 'GET',
  path: '/tickets/:token/paper',
  summary: 'The ticket for a thermal printer',
  access: 'public',
  input: z.object({
    token: z.string().max(80),
    width: z.enum(['576', '384']).default('576').describe('Dots across: paper of 80 or of 58 mm'),
    copy: z.enum(['FIRST', 'AGAIN']).default('FIRST'),
  }),
  output: z.unknown(),
  produces: 'application/octet-stream',
  errors: ['queue.unknown-ticket'],
})
