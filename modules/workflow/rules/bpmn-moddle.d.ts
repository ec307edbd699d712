// `bpmn-moddle` ships types of the meta-model only (`bpmn-moddle/types`), none for its entry. These are the parts used here.
declare module 'bpmn-moddle' {
  export type ModdleElement = {
    readonly $type: string
    readonly $attrs?: Record<string, string>
    get(name: string): unknown
    set(name: string, value: unknown): void
    $instanceOf(type: string): boolean
  }
  export type ModdleWarning = { message: string; element?: ModdleElement; property?: string; value?: string }
  export type ModdlePackage = {
    name: string
    prefix: string
    uri: string
    xml?: { tagAlias: 'lowerCase' }
    types: readonly {
      name: string
      extends: readonly string[]
      properties: readonly {
        name: string
        isAttr: boolean
        type: 'String' | 'Boolean' | 'Integer' | 'Real'
      }[]
    }[]
  }
  export class BpmnModdle {
    constructor(packages?: Record<string, ModdlePackage>)
    create(type: string, properties?: Record<string, unknown>): ModdleElement
    fromXML(xml: string): Promise<{
      rootElement: ModdleElement
      warnings: ModdleWarning[]
      elementsById: Record<string, ModdleElement>
    }>
    toXML(element: ModdleElement, options?: { format?: boolean }): Promise<{ xml: string }>
  }
}
