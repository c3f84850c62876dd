import assert from 'node:assert/strict';
import { checkCard } from '../../cards/checkCard.ts';
import { aDraft, SITUATION } from '../../cards/samples/sample.ts';
import { relevantFields } from '../../src/journey.ts';
import { checkView } from '../../src/recording/show.ts';
import type { RecordType } from '../../src/recordType.ts';
import { RECORD_TYPES } from '../../src/records/registry.ts';
import { inputsOf } from '../cards/looking.ts';
import { everyPath } from '../src/everyPath.ts';
import { DEMANDS, type Demand } from './trace.ts';

/** What everything signed asks besides its own questions. */
const SIGNING = ['signature'];

/** The questions of a type that are still asked. */
function asked(type: RecordType): ReadonlySet<string> {
  const current = Object.entries(type.fields).filter(([, { retired }]) => retired === undefined);
  return new Set([...current.map(([name]) => name), ...SIGNING]);
}

/** Each demand that these types leave without an answer, with the field that is gone. */
function unanswered(types: readonly RecordType[]): readonly string[] {
  return DEMANDS.flatMap(({ source, type: id, fields }) => {
    const type = types.find((each) => each.id === id);
    const there = type === undefined ? new Set<string>() : asked(type);
    return fields.filter((name) => !there.has(name)).map((name) => `${source}: ${id}.${name}`);
  });
}

const instead = (of: string, made: (type: RecordType) => RecordType): readonly RecordType[] =>
  RECORD_TYPES.map((type) => (type.id === of ? made(type) : type));

const without =
  (name: string) =>
  (type: RecordType): RecordType => ({
    ...type,
    fields: Object.fromEntries(Object.entries(type.fields).filter(([other]) => other !== name)),
  });

const retiring =
  (name: string) =>
  (type: RecordType): RecordType => ({
    ...type,
    fields: Object.fromEntries(
      Object.entries(type.fields).map(([other, field]) => [
        other,
        other === name ? { ...field, retired: '2026-11-23' } : field,
      ]),
    ),
  });

/** Each field once that some demand rests on, by type. */
const NAMED = [...new Set(DEMANDS.flatMap(({ type, fields }) => fields.map((name) => `${type}.${name}`)))].map(
  (key) => {
    const [type = '', name = ''] = key.split('.');
    return { type, name };
  },
);

describe('the guidance on keeping records', () => {
  for (const [section, bullets] of [
    ['3.1', 12],
    ['3.2', 11],
    ['3.3', 13],
  ] as const) {
    it(`is traced bullet by bullet: §${section} has ${bullets}`, () => {
      const traced = DEMANDS.filter(({ source }) => source.startsWith(`RK §${section}, `));
      assert.equal(new Set(traced.map(({ source }) => source)).size, bullets);
    });
  }

  for (const demand of DEMANDS) {
    it(`asks ${demand.asks} (${demand.source}): ${demand.type} has ${demand.fields.join(', ')}`, () => {
      assert.ok(demand.fields.length > 0);
      assert.deepEqual(
        unanswered(RECORD_TYPES).filter((gap) => gap.startsWith(`${demand.source}: ${demand.type}.`)),
        [],
      );
    });
  }

  it('is met by questions that some path asks, on the way, at signing or behind a button', () => {
    for (const type of RECORD_TYPES) {
      const met = new Set([...everyPath(type).flatMap((answers) => [...relevantFields(type, answers)]), ...SIGNING]);
      const outside = type.sections.filter(({ place }) => place !== undefined).flatMap(({ fields }) => fields);
      const named = NAMED.filter((each) => each.type === type.id).map(({ name }) => name);
      assert.deepEqual(
        named.filter((name) => !met.has(name) && !outside.includes(name)),
        [],
      );
    }
  });

  it('has every record signed by name on its check card', () => {
    for (const type of RECORD_TYPES) {
      const drawn = checkCard(checkView(type, aDraft({}, { type: type.id }), [], SITUATION));
      const ids = inputsOf(drawn).map(({ id }) => String(id));
      for (const name of SIGNING) assert.ok(ids.includes(name), type.id);
    }
  });

  for (const { type, name } of NAMED.filter((each) => !SIGNING.includes(each.name))) {
    it(`would be left without an answer if ${type} no longer asked ${name}`, () => {
      const resting = DEMANDS.filter((demand: Demand) => demand.type === type && demand.fields.includes(name));
      const gaps = resting.map(({ source }) => `${source}: ${type}.${name}`);
      assert.deepEqual(unanswered(instead(type, without(name))), gaps);
      assert.deepEqual(unanswered(instead(type, retiring(name))), gaps);
    });
  }

  it('is the source of each field that names a bullet of it', () => {
    const traced = new Set(
      DEMANDS.flatMap(({ source, type, fields }) => fields.map((name) => `${type}.${name} ${source}`)),
    );
    const untraced = RECORD_TYPES.flatMap((type) =>
      Object.entries(type.fields).flatMap(([name, { source }]) =>
        bulletsIn(source)
          .filter((bullet) => !traced.has(`${type.id}.${name} ${bullet}`))
          .map((bullet) => `${type.id}.${name} ${bullet}`),
      ),
    );
    assert.deepEqual(untraced, []);
  });
});

/** "RK §3.1, bullets 2–4" names three bullets, "bullets 3 and 5" two. */
function bulletsIn(source: string): readonly string[] {
  return [...source.matchAll(/§(3\.\d), bullets? (\d+)(?:(–| and )(\d+))?/gu)].flatMap(([, section, from, how, to]) => {
    const [first, last] = [Number(from), Number(to ?? from)];
    const numbers = how === '–' ? Array.from({ length: last - first + 1 }, (_, nth) => first + nth) : [first, last];
    return [...new Set(numbers)].map((nth) => `RK §${section ?? ''}, bullet ${nth}`);
  });
}
