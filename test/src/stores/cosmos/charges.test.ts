import assert from 'node:assert/strict';
import { caseDoc } from '../../../../src/stores/cosmos/caseStore.ts';
import { chainedOf, recordDoc, versionDoc } from '../../../../src/stores/cosmos/caseDocs.ts';
import { createCharge, readCharge } from '../../../../src/stores/cosmos/charges.ts';
import { CONTAINERS, policyOf } from '../../../../src/stores/cosmos/containers.ts';
import { createCharge as doubleCreates, readCharge as doubleReads, readFactor } from '../../../cosmos/charges.ts';
import { indexTerms } from '../../../cosmos/indexing.ts';
import type { JsonObject } from '../../../cosmos/json.ts';
import { aCommit, aHeader } from '../contract/builders.ts';

describe('estimated request units', () => {
  const header = aHeader();
  const bytes = (length: number): Uint8Array => new Uint8Array(length);
  const body = { caseKey: 'case-1', header, commitment: 'c' };
  const { entry, hash } = aCommit();
  const chained = chainedOf(entry, hash);
  for (const [what, doc] of [
    ['a small version', versionDoc({ ...body, payload: bytes(300) }, chained)],
    ['a version of 6 KB', versionDoc({ ...body, payload: bytes(6_000) }, chained)],
    ['a version of a megabyte', versionDoc({ ...body, payload: bytes(1_000_000) }, chained)],
    ['what a record is found by', recordDoc('case-1', header, ['team-south', 'team-west'])],
    ['who may see a case', caseDoc({ caseKey: 'case-1', revision: 1, teamIds: [], body: bytes(90) })],
  ] as const)
    it(`for ${what} are those of the published rules`, () => {
      const item = JSON.parse(JSON.stringify(doc)) as JsonObject; // as it is sent
      const indexed = {
        bytes: Buffer.byteLength(JSON.stringify(doc)),
        terms: indexTerms(policyOf(CONTAINERS.cases), item),
      };
      assert.ok(Math.abs(createCharge('cases', doc) - doubleCreates(indexed)) < 0.01);
      assert.ok(Math.abs(readCharge(doc) - doubleReads(indexed.bytes, readFactor('Strong'))) < 0.01);
    });
});
