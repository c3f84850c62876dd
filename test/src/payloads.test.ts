import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { commitmentOf } from '../../src/payloads.ts';

const SALT = '0f'.repeat(32);

/** As the architecture describes it, in one piece. */
function described(salt: string, header: string, payload: string): string {
  const bytes = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(`{"header":${header},"payload":${payload}}`)]);
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a commitment', () => {
  for (const [name, header, payload] of [
    ['short', '{"recordId":"record-1"}', '{"answers":{}}'],
    ['in letters of several bytes', `{"type":"${'ŵ€😀'.repeat(50)}"}`, '{"answers":{"name":"Zoë €"}}'],
    ['with a very long payload', '{"recordId":"record-1"}', `{"answers":{"why":"${'x'.repeat(200_000)}"}}`],
    ['with a very long header', `{"type":"${'€'.repeat(60_000)}"}`, '{"answers":{}}'],
  ] as const) {
    it(`covers salt, header and payload: ${name}`, () => {
      assert.equal(commitmentOf(SALT, header, Buffer.from(payload)), described(SALT, header, payload));
    });
  }

  it('does not depend on the one that was made before', () => {
    const [header, payload] = ['{"recordId":"record-2"}', Buffer.from('{"answers":{}}')];
    const first = commitmentOf(SALT, header, payload);
    commitmentOf(SALT, '{"recordId":"another"}', Buffer.from('{"answers":{"why":"something longer"}}'));
    assert.equal(commitmentOf(SALT, header, payload), first);
  });
});
