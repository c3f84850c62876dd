import { readFileSync } from 'node:fs';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** What an object of Bicep says, as far as it says it without being run; the rest is its own text. */
export type Value = string | number | boolean | Expression | readonly Value[] | { readonly [name: string]: Value };

/** What only Azure can work out. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export interface Declaration {
  readonly name: string;
  /** The decorators as they are written, such as `@secure()`. */
  readonly decorators: readonly string[];
  readonly isOptional: boolean;
}

export interface Resource {
  readonly name: string;
  readonly type: string;
  readonly version: string;
  readonly body: { readonly [name: string]: Value };
}

export interface Module {
  readonly name: string;
  readonly file: string;
  readonly params: readonly string[];
}

/** One file, read but not compiled. */
export interface BicepFile {
  /** Where the text is no Bicep, such as “12: }”. */
  readonly faults: readonly string[];
  readonly params: readonly Declaration[];
  readonly outputs: readonly Declaration[];
  readonly variables: ReadonlyMap<string, Value>;
  readonly resources: readonly Resource[];
  readonly modules: readonly Module[];
  /** Names that are declared and may be used in the file, those of loops included. */
  readonly declared: readonly string[];
  /** Names that are used, without those of functions. */
  readonly used: readonly string[];
  /** Pairs of module and output that are used. */
  readonly outputsUsed: readonly (readonly [module: string, output: string])[];
}

const GRAMMAR = readFileSync(new URL(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));
const parser = await parserOf(GRAMMAR);

async function parserOf(grammar: Uint8Array): Promise<Parser> {
  await Parser.init();
  return new Parser().setLanguage(await Language.load(grammar));
}

/** Reads a file by the grammar of tree-sitter-bicep: its shape, not what Azure would make of it. */
export function readBicep(text: string): BicepFile {
  const root = parser.parse(text)?.rootNode;
  if (root === undefined) throw new Error('the parser gave up');
  const top = root.namedChildren.filter((node) => node.type !== 'comment');
  const nodes = [...below(root)];
  const ofType = (type: string): readonly Node[] => top.filter((node) => node.type === type);
  const declarations = (type: string): readonly Declaration[] =>
    ofType(type).map((node) => ({
      name: nameOf(node),
      decorators: decoratorsOf(node),
      isOptional: node.children.some((child) => child.type === '='),
    }));
  return {
    faults: nodes
      .filter((node) => node.isError || node.isMissing)
      .map((node) => `${node.startPosition.row + 1}: ${node.text}`),
    params: declarations('parameter_declaration'),
    outputs: declarations('output_declaration'),
    variables: new Map(ofType('variable_declaration').map((node) => [nameOf(node), valueOf(node.lastNamedChild)])),
    resources: ofType('resource_declaration').map(resourceOf),
    modules: ofType('module_declaration').map(moduleOf),
    declared: nodes.filter(isDeclared).map((node) => node.text),
    used: nodes.filter(isUsed).map((node) => node.text),
    outputsUsed: nodes.flatMap((node) => {
      const [, module, output] = /^(\w+)!?\.outputs\.(\w+)$/u.exec(node.text) ?? [];
      return node.type === 'member_expression' && module !== undefined && output !== undefined
        ? [[module, output] as const]
        : [];
    }),
  };
}

const DECLARING = ['parameter_declaration', 'variable_declaration', 'resource_declaration', 'module_declaration'];
/** What a loop calls each, alone and with its index. */
const LOOPING = ['loop_variable', 'loop_enumerator'];
const NAMING = [...DECLARING, 'for_statement', 'output_declaration', 'metadata_declaration', 'object_property'];

function isDeclared(node: Node): boolean {
  const isNamed = [...DECLARING, 'for_statement'].includes(node.parent?.type ?? '') && isFirst(node);
  return LOOPING.includes(node.type) || (node.type === 'identifier' && isNamed);
}

function isUsed(node: Node): boolean {
  return (
    node.type === 'identifier' && !([...NAMING, 'call_expression'].includes(node.parent?.type ?? '') && isFirst(node))
  );
}

const isFirst = (node: Node): boolean => node.parent?.firstNamedChild?.id === node.id;
const nameOf = (node: Node): string => node.firstNamedChild?.text ?? '';

function* below(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* below(child);
}

function decoratorsOf(node: Node): readonly string[] {
  const before = node.previousNamedSibling;
  return before?.type === 'decorators' ? before.namedChildren.map((each) => each.text) : [];
}

function resourceOf(node: Node): Resource {
  const [type = '', version = ''] = textOf(node.namedChildren[1]).split('@');
  return { name: nameOf(node), type, version, body: objectOf(bodyOf(node)) };
}

function moduleOf(node: Node): Module {
  const params = objectOf(bodyOf(node)).params ?? {};
  return { name: nameOf(node), file: textOf(node.namedChildren[1]), params: Object.keys(params) };
}

/** The object of a declaration, also where it is made on a condition or for each of several. */
function bodyOf(node: Node): Node | undefined {
  return [...below(node)].find(({ type }) => type === 'object');
}

const textOf = (node: Node | null | undefined): string => (node?.text ?? '').replace(/^'|'$/gu, '');

function objectOf(node: Node | null | undefined): { readonly [name: string]: Value } {
  const properties = (node?.namedChildren ?? []).filter(({ type }) => type === 'object_property');
  return Object.fromEntries(
    properties.map((property) => [textOf(property.firstNamedChild), valueOf(property.lastNamedChild)]),
  );
}

function valueOf(node: Node | null | undefined): Value {
  const text = node?.text ?? '';
  switch (node?.type) {
    case 'object':
      return objectOf(node);
    case 'array':
      return node.namedChildren.filter(({ type }) => type !== 'comment').map(valueOf);
    case 'string':
      return text.includes('${') ? new Expression(text) : textOf(node);
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    default:
      return new Expression(text);
  }
}
