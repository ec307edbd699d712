import { z } from 'zod'
import { platformErrors } from '../errors.ts'
import type { Operation } from '../operation.ts'

type JsonSchema = Record<string, unknown>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  })
  return rest
}

const problem = {
  description: 'RFC 9457 problem details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const describe = (operation: Operation): JsonSchema => {
  const names = [...operation.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const input = schemaOf(operation.input, 'input')
  const properties = Object.entries((input.properties ?? {}) as Record<string, JsonSchema>)
  const required = (input.required ?? []) as string[]
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const parameters = properties.flatMap(([name, schema]): JsonSchema[] => {
    if (names.includes(name)) return [{ name, in: 'path', required: true, schema }]
    return inQuery ? [{ name, in: 'query', required: required.includes(name), schema }] : []
  })
  const body = Object.fromEntries(properties.filter(([name]) => !names.includes(name)))
  const headers: JsonSchema[] = [
    ...(operation.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []),
    ...(operation.versioned
      ? [{ name: 'If-Match', in: 'header', required: false, schema: { type: 'string' } }]
      : []),
  ]
  const consumes = operation.consumes ?? 'application/json'
  const produces = operation.produces ?? 'application/json'
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.id.split('.')[0]],
    security: operation.access === 'staff' ? [{ session: [] }] : [],
    parameters: [...parameters, ...headers],
    ...(inQuery || Object.keys(body).length === 0
      ? {}
      : {
          requestBody: {
            content: {
              [consumes]: {
                schema: {
                  type: 'object',
                  properties: body,
                  required: required.filter((name) => name in body),
                },
              },
            },
          },
        }),
    responses: {
      [operation.status ?? 200]: {
        description: 'OK',
        ...(operation.status === 204
          ? {}
          : { content: { [produces]: { schema: schemaOf(operation.output, 'output') } } }),
      },
      default: { ...problem, 'x-codes': [...operation.errors, ...Object.keys(platformErrors)] },
    },
  }
}

/** OpenAPI 3.1 of these operations, derived from their schemas: for everybody whose software is not ours. `cookie` carries the session. */
export const openApiOf = (
  operations: readonly Operation[],
  cookie: { name: string; description: string },
): JsonSchema => {
  const paths: Record<string, JsonSchema> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Một Cửa', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', ...cookie } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail', 'messages', 'requestId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            messages: { type: 'object', properties: { vi: { type: 'string' }, en: { type: 'string' } } },
            requestId: { type: 'string' },
            fields: { type: 'array', items: { type: 'object' } },
          },
        },
      },
    },
  }
}
