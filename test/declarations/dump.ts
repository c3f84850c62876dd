import { format } from 'prettier';
import type { Field } from '../../src/fields.ts';
import type { RecordType } from '../../src/recordType.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { wordingOf } from '../../src/wording.ts';

/** Where the accepted declarations are kept. */
export const GOLDEN = new URL('golden.json', import.meta.url);

/** Everything about the record types that a release may not change unseen, as text that compares line by line. */
export function dumpDeclarations(): Promise<string> {
  return format(JSON.stringify(RECORD_TYPES.map(dumpOf)), { parser: 'json', printWidth: 120, objectWrap: 'collapse' });
}

function dumpOf(type: RecordType): unknown {
  const { id, command, title, source, counterpart, askWhen, requiredWhen, implied, limitedWhen } = type;
  return {
    ...{ id, command, title, source, counterpart },
    wordingHash: wordingOf(type).hash,
    sections: type.sections,
    fields: Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, fieldDump(field)])),
    ...{ askWhen, requiredWhen, implied, limitedWhen },
    defaults: Object.keys(type.defaults),
    notOffered: Object.keys(type.notOffered),
    reads: Object.keys(type.reads),
    opens: type.opens.map(({ kind, when, source: from }) => ({ kind, when, source: from })),
    checks: type.checks.map(({ on, source: from }) => ({ on, source: from })),
  };
}

/** A field as it is declared, its options in their order. */
function fieldDump(field: Field): unknown {
  return { ...field };
}
