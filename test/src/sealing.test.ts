import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../src/canonicalJson.ts';
import type { SealedPlace, VersionPlace } from '../../src/keyPorts.ts';
import { keysFrom, unwrapStoreKey, wrapStoreKey, type KeyMaterial } from '../../src/sealing.ts';

const random = { bytes: (length: number) => randomBytes(length) };
const material: KeyMaterial = {
  tenantId: 'tenant-exampleshire',
  lookupKey: new Uint8Array(32).fill(1),
  storeKey: new Uint8Array(32).fill(2),
};
const keys = keysFrom(material, random);
const others = (wanted: Partial<KeyMaterial>) => keysFrom({ ...material, ...wanted }, random);

const PLACE: VersionPlace = { caseKey: 'case-1', recordId: 'record-1', version: 3 };
const DRAFT: SealedPlace = { kind: 'draft', personId: 'person-asha', draftId: 'draft-1' };
const CHAT: SealedPlace = { kind: 'conversation', personId: 'person-asha' };
const PLAIN = Buffer.from('The mother asked for help with feeding and sleep.');
const BROKEN = { code: 'store.broken' };

/** A copy with one bit of one byte turned. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
  return copy;
}

describe('sealing a version', () => {
  const version = keys.sealVersion(PLACE, PLAIN);

  it('opens as what was sealed, however long it is', () => {
    for (const plain of [PLAIN, new Uint8Array(0), randomBytes(100_000)])
      assert.deepEqual(Buffer.from(keys.openVersion(PLACE, keys.sealVersion(PLACE, plain))), Buffer.from(plain));
  });

  it('seals the same thing differently each time, under a key of its own', () => {
    const again = keys.sealVersion(PLACE, PLAIN);
    assert.notDeepEqual(again.sealed, version.sealed);
    assert.notDeepEqual(again.wrappedKey, version.wrappedKey);
    assert.throws(() => keys.openVersion(PLACE, { ...version, wrappedKey: again.wrappedKey }), BROKEN);
  });

  it('shows nothing of what was sealed', () => {
    assert.ok(!Buffer.from(version.sealed).includes(PLAIN.subarray(0, 8)));
  });

  it('does not open when any one byte of it was changed', () => {
    for (let at = 0; at < version.sealed.length; at += 1)
      assert.throws(
        () => keys.openVersion(PLACE, { ...version, sealed: flipped(version.sealed, at) }),
        BROKEN,
        `${at}`,
      );
  });

  it('does not open when any one byte of its key was changed', () => {
    for (let at = 0; at < version.wrappedKey.length; at += 1) {
      const wrappedKey = flipped(version.wrappedKey, at);
      assert.throws(() => keys.openVersion(PLACE, { ...version, wrappedKey }), BROKEN, `${at}`);
    }
  });

  it('does not open when it, or its key, was cut short or made longer', () => {
    for (const part of ['sealed', 'wrappedKey'] as const) {
      const whole = version[part];
      for (let length = 0; length < whole.length; length += 1)
        assert.throws(() => keys.openVersion(PLACE, { ...version, [part]: whole.subarray(0, length) }), BROKEN);
      assert.throws(
        () => keys.openVersion(PLACE, { ...version, [part]: Buffer.concat([whole, Buffer.of(0)]) }),
        BROKEN,
      );
    }
  });

  for (const moved of [{ caseKey: 'case-2' }, { recordId: 'record-2' }, { version: 4 }]) {
    it(`does not open with another ${Object.keys(moved).join()}`, () => {
      assert.throws(() => keys.openVersion({ ...PLACE, ...moved }, version), BROKEN);
    });
  }

  it('does not take two parts of a place for one another', () => {
    const swapped = { caseKey: PLACE.recordId, recordId: PLACE.caseKey, version: PLACE.version };
    assert.throws(() => keys.openVersion(swapped, version), BROKEN);
  });

  it('does not open for another tenant, or with another store key', () => {
    assert.throws(() => others({ tenantId: 'tenant-other' }).openVersion(PLACE, version), BROKEN);
    assert.throws(() => others({ storeKey: new Uint8Array(32).fill(3) }).openVersion(PLACE, version), BROKEN);
  });

  it('binds the key of a version to the canonical JSON of its place, whatever stands in it', () => {
    for (const place of [PLACE, { caseKey: 'a "case"\\', recordId: 'Ŵyn\u2028', version: 12 }]) {
      const { wrappedKey } = keys.sealVersion(place, PLAIN);
      const decipher = createDecipheriv('aes-256-gcm', material.storeKey, wrappedKey.subarray(1, 13));
      const bound = { format: 'sharing-log/sealed/1', kind: 'versionKey', tenantId: material.tenantId, ...place };
      decipher.setAAD(Buffer.from(canonicalJson(bound))).setAuthTag(wrappedKey.subarray(-16));
      assert.equal(Buffer.concat([decipher.update(wrappedKey.subarray(13, -16)), decipher.final()]).length, 32);
    }
  });

  it('opens with the new store key once it is wrapped anew, and with the old one no more', () => {
    const to = new Uint8Array(32).fill(4);
    const rewrapped = { ...version, wrappedKey: keys.rewrap(PLACE, version.wrappedKey, to) };
    assert.deepEqual(Buffer.from(others({ storeKey: to }).openVersion(PLACE, rewrapped)), PLAIN);
    assert.throws(() => keys.openVersion(PLACE, rewrapped), BROKEN);
    assert.throws(() => keys.rewrap({ ...PLACE, version: 4 }, version.wrappedKey, to), BROKEN);
  });
});

describe('sealing a draft and a conversation', () => {
  it('opens as what was sealed, in its place only', () => {
    for (const place of [DRAFT, CHAT]) assert.deepEqual(Buffer.from(keys.open(place, keys.seal(place, PLAIN))), PLAIN);
    const sealed = keys.seal(DRAFT, PLAIN);
    for (const elsewhere of [{ ...DRAFT, personId: 'person-bo' }, { ...DRAFT, draftId: 'draft-2' }, CHAT])
      assert.throws(() => keys.open(elsewhere, sealed), BROKEN);
    assert.throws(() => keys.open({ ...CHAT, personId: 'person-bo' }, keys.seal(CHAT, PLAIN)), BROKEN);
  });

  it('does not open when any one byte of it was changed, or when it was cut short', () => {
    for (const place of [DRAFT, CHAT]) {
      const sealed = keys.seal(place, PLAIN);
      for (let at = 0; at < sealed.length; at += 1) {
        assert.throws(() => keys.open(place, flipped(sealed, at)), BROKEN);
        assert.throws(() => keys.open(place, sealed.subarray(0, at)), BROKEN);
      }
    }
  });

  it('does not open for another tenant, or with another store key', () => {
    for (const wanted of [{ tenantId: 'tenant-other' }, { storeKey: new Uint8Array(32).fill(3) }])
      assert.throws(() => others(wanted).open(DRAFT, keys.seal(DRAFT, PLAIN)), BROKEN);
  });

  it('does not depend on the key that finds', () => {
    const found = others({ lookupKey: new Uint8Array(32).fill(9) });
    assert.deepEqual(Buffer.from(found.open(DRAFT, keys.seal(DRAFT, PLAIN))), PLAIN);
  });
});

describe('wrapping a store key', () => {
  const bound = { tenantId: material.tenantId, keyId: 'kek-1' };
  const kek = new Uint8Array(32).fill(5);
  const wrapped = wrapStoreKey(kek, bound, material.storeKey, random);

  it('gives it back to the key that wrapped it', () => {
    assert.deepEqual(Buffer.from(unwrapStoreKey(kek, bound, wrapped)), Buffer.from(material.storeKey));
  });

  it('refuses another key, another id, another tenant and any changed byte, in one sentence', () => {
    const refused = { code: 'keys', message: /^[^.]*\.$/u };
    assert.throws(() => unwrapStoreKey(new Uint8Array(32).fill(6), bound, wrapped), refused);
    assert.throws(() => unwrapStoreKey(kek, { ...bound, keyId: 'kek-2' }, wrapped), refused);
    assert.throws(() => unwrapStoreKey(kek, { ...bound, tenantId: 'tenant-other' }, wrapped), refused);
    for (let at = 0; at < wrapped.length; at += 1)
      assert.throws(() => unwrapStoreKey(kek, bound, flipped(wrapped, at)), refused);
  });
});

describe('the keyed hash that finds', () => {
  it('is the same for the same text, and differs by purpose, text and key', () => {
    const hash = keys.lookupHash('case', 'XX-1');
    assert.equal(others({ storeKey: new Uint8Array(32) }).lookupHash('case', 'XX-1'), hash);
    const different = [
      keys.lookupHash('organisation', 'XX-1'),
      keys.lookupHash('case', 'XX-2'),
      others({ lookupKey: new Uint8Array(32) }).lookupHash('case', 'XX-1'),
    ];
    assert.equal(new Set([hash, ...different]).size, 4);
    assert.match(hash, /^[0-9a-f]{64}$/u);
  });
});
