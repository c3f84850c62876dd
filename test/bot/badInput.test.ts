import assert from 'node:assert/strict';
import { TENANT, withABot } from '../journeys/aBot.ts';
import { buttonIn, headingOf, inputsIn, pressData, textOf, typedTextsOf } from '../journeys/aCard.ts';
import { answerAll, type Screen } from '../journeys/aChat.ts';
import { SPOKEN } from '../journeys/answers.ts';
import { aPress, aWire, cardFrom, type Changes, type Wire } from './aWire.ts';

describe('bad input', () => {
  const bot = withABot();
  let form: Screen;
  let wire: Wire;
  before(async () => {
    form = await bot.chat('priya').ask('record share');
    wire = aWire(bot, form.messageId);
  });

  const anInvoke: Wire['anInvoke'] = (action, changes) => wire.anInvoke(action, changes);
  const aMessage: Wire['aMessage'] = (changes) => wire.aMessage(changes);
  const post: Wire['post'] = (body, headers) => wire.post(body, headers);
  const refused: Wire['refused'] = (body) => wire.refused(body);
  const first = (): Changes => buttonIn(form.card, 'Continue').data ?? {};

  describe('in what a button sends', () => {
    const cases: Readonly<Record<string, (good: Changes) => unknown>> = {
      'a number where text belongs': (good) => aPress({ ...good, concerning: 7 }),
      'a list where text belongs': (good) => aPress({ ...good, methods: ['phone'] }),
      'an object where text belongs': (good) => aPress({ ...good, concerning: { toString: 'x' } }),
      'a truth value where text belongs': (good) => aPress({ ...good, concerning: true }),
      'null where text belongs': (good) => aPress({ ...good, concerning: null }),
      'an input with a name that no question has': (good) => aPress({ ...good, 'a.b': 'x' }),
      'a key named constructor': (good) => aPress({ ...good, constructor: { prototype: {} } }),
      'a draft id that is none': (good) => aPress({ ...good, draftId: '../../etc' }),
      'a revision that is text': (good) => aPress({ ...good, revision: '1' }),
      'a revision that is not whole': (good) => aPress({ ...good, revision: 1.5 }),
      'a section that is a list': (good) => aPress({ ...good, section: ['contact'] }),
      'no revision': ({ revision: _, ...rest }) => aPress(rest),
      'an unknown verb': (good) => aPress(good, 'draft.everything'),
      'a verb named constructor': (good) => aPress(good, 'constructor'),
      'a verb named __proto__': (good) => aPress(good, '__proto__'),
      'a verb of 10,000 characters': (good) => aPress(good, 'v'.repeat(10_000)),
      'a verb that is a number': (good) => aPress(good, 1),
      'no verb': (good) => ({ type: 'Action.Execute', data: good }),
      'no data': () => ({ type: 'Action.Execute', verb: 'draft.next' }),
      'data that is null': () => aPress(null),
      'data that is text': () => aPress('draftId'),
      'data that is a list': () => aPress([1, 2]),
      'another type of action': (good) => ({ type: 'Action.Submit', verb: 'draft.next', data: good }),
      'no action': () => undefined,
      'a record number that is an object': () => aPress({ number: {} }, 'record.open'),
      'an unknown field beside the ids': ({ draftId }) => aPress({ draftId, all: true }, 'draft.open'),
    };
    for (const [name, action] of Object.entries(cases)) {
      it(`${name} is answered with a code, and writes nothing`, async () => {
        const answer = await refused(JSON.stringify(anInvoke(action(first()))));
        assert.equal(answer.status, 200);
        assert.equal(JSON.parse(answer.text).value.code, 'BadRequest');
      });
    }

    it('an object 20,000 deep is answered with a code, and writes nothing', async () => {
      const text = JSON.stringify(anInvoke(aPress({ ...first(), concerning: 'deep' })));
      const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
      const answer = await refused(text.replace('"concerning":"deep"', `"concerning":${deep}`));
      assert.equal(JSON.parse(answer.text).value.code, 'BadRequest');
    });

    it('a key named __proto__ is answered with a code, and writes nothing', async () => {
      const text = JSON.stringify(anInvoke(aPress({ ...first(), polluted: 'x' })));
      const answer = await refused(text.replace('"polluted":"x"', '"__proto__":{"polluted":"yes"}'));
      assert.equal(JSON.parse(answer.text).value.code, 'BadRequest');
      assert.equal(({} as Record<string, unknown>).polluted, undefined);
    });

    it('an invoke of another name, or without one, is answered with a code', async () => {
      for (const name of ['task/fetch', undefined]) {
        const answer = await refused(JSON.stringify(anInvoke(aPress(first()), { name })));
        assert.deepEqual([answer.status, JSON.parse(answer.text).code], [400, 'unknownInvoke']);
      }
    });

    it('somebody else’s draft is answered as one that is not there', async () => {
      const theirs = await bot.chat('tom').ask('record share');
      const { data } = buttonIn(theirs.card, 'Continue');
      for (const verb of ['draft.next', 'draft.sign', 'draft.back', 'draft.later']) {
        const taken = cardFrom(await refused(JSON.stringify(anInvoke(aPress({ ...data, concerning: 'X' }, verb)))));
        const none = { ...data, draftId: '0'.repeat(26) };
        const absent = cardFrom(await refused(JSON.stringify(anInvoke(aPress(none, verb)))));
        assert.deepEqual(taken, absent);
      }
    });

    it('an older revision, or a later one, brings the card as it stands', async () => {
      for (const revision of [99, Number.MAX_SAFE_INTEGER]) {
        const answer = await refused(JSON.stringify(anInvoke(aPress({ ...first(), revision, concerning: 'X' }))));
        assert.match(textOf(cardFrom(answer)), /has moved on/u);
      }
    });

    it('signing from the first card brings that card back', async () => {
      for (const section of ['contact', 'check']) {
        const data = { ...first(), section, signature: 'Priya Shah' };
        const card = cardFrom(await refused(JSON.stringify(anInvoke(aPress(data, 'draft.sign')))));
        assert.equal(headingOf(card), form.heading);
      }
    });

    it('changing a section that does not exist, or from the wrong card, changes nothing', async () => {
      for (const change of ['recipient', 'constructor', 'nothing']) {
        const answer = await refused(JSON.stringify(anInvoke(aPress({ ...first(), change }, 'draft.change'))));
        assert.equal(headingOf(cardFrom(answer)), form.heading);
      }
    });

    it('an option that is not offered is not taken', async () => {
      const shown = await bot.chat('priya').ask('record share');
      const again = await shown.press('Continue', { concerning: 'Q.Z.', methods: 'phone,constructor' });
      assert.equal(again.heading, shown.heading);
      assert.match(textOf(again.card), /Tick only answers that are offered/u);
    });

    it('text over its limit comes back cut to it, with the number over, and is not lost', async () => {
      const shown = await bot.chat('priya').ask('record share');
      const again = await shown.press('Continue', { concerning: 'x'.repeat(207), methods: 'phone' });
      assert.match(textOf(again.card), /7 characters over the limit of 200/u);
      assert.equal(inputsIn(again.card).find(({ id }) => id === 'concerning')?.value, 'x'.repeat(200));
      assert.equal(inputsIn(again.card).find(({ id }) => id === 'methods')?.value, 'phone');
    });
  });

  describe('in an activity', () => {
    const tenant = { tenant: { id: '7d1f2c40-0000-4000-8000-00000000dead' } };
    const conversation = (changes: Changes): Changes => ({ ...(aMessage().conversation as object), ...changes });
    const from = (changes: Changes): Changes => ({ ...(aMessage().from as object), ...changes });
    const cases: Readonly<Record<string, readonly [string, number, () => Changes]>> = {
      'another tenant in the conversation': ['wrongTenant', 403, () => ({ conversation: conversation({ tenantId: 'x' }) })],
      'another tenant in the channel data': ['wrongTenant', 403, () => ({ channelData: tenant })],
      'no tenant at all': ['wrongTenant', 403, () => ({ conversation: conversation({ tenantId: undefined }), channelData: {} })],
      'a tenant that is a list': ['wrongTenant', 403, () => ({ conversation: conversation({ tenantId: [TENANT] }) })],
      'no object id': ['noPerson', 403, () => ({ from: from({ aadObjectId: undefined }) })],
      'an object id that is an object': ['noPerson', 403, () => ({ from: from({ aadObjectId: {} }) })],
      'another channel': ['wrongChannel', 403, () => ({ channelId: 'webchat' })],
      'no channel': ['wrongChannel', 403, () => ({ channelId: undefined })],
      'no service url': ['wrongServiceUrl', 403, () => ({ serviceUrl: undefined })],
      'no type': ['badActivity', 400, () => ({ type: undefined })],
      'no conversation': ['badActivity', 400, () => ({ conversation: undefined })],
      'a conversation that is a list': ['badActivity', 400, () => ({ conversation: ['a'] })],
      'a conversation id that is a number': ['badActivity', 400, () => ({ conversation: conversation({ id: 5 }) })],
      'nobody it is from': ['badActivity', 400, () => ({ from: undefined })],
      'a locale that is a number': ['badActivity', 400, () => ({ locale: 7 })],
      'no recipient': ['badActivity', 400, () => ({ recipient: null })],
      'a sender id that is a number': ['badActivity', 400, () => ({ from: from({ id: 5 }) })],
      'text that is a number': ['badActivity', 400, () => ({ text: 5 })],
      'text that is an object': ['badActivity', 400, () => ({ text: { slice: 1 } })],
      'an answered message id that is a list': ['badActivity', 400, () => ({ replyToId: ['1'] })],
    }; // prettier-ignore
    for (const [name, [code, status, changes]] of Object.entries(cases)) {
      it(`${name} is refused as ${code}`, async () => {
        for (const activity of [aMessage(changes()), anInvoke(aPress(first()), changes())]) {
          const answer = await refused(JSON.stringify(activity));
          assert.deepEqual([answer.status, JSON.parse(answer.text)], [status, { code }]);
        }
      });
    }

    for (const serviceUrl of [
      'https://smba.trafficmanager.net/uk/',
      'http://user:pw@127.0.0.1:3978/',
      'http://127.0.0.1.evil.example/',
      'https://127.0.0.1/',
      'http://10.0.0.1/',
      'http://[::ffff:10.0.0.1]/',
      'file:///etc/passwd',
      'not a url',
      '',
      5,
      { href: 'http://127.0.0.1' },
    ]) {
      // prettier-ignore
      it(`the service url ${JSON.stringify(serviceUrl)} is refused`, async () => {
        const answer = await refused(JSON.stringify(aMessage({ serviceUrl })));
        assert.deepEqual([answer.status, JSON.parse(answer.text)], [403, { code: 'wrongServiceUrl' }]);
      });
    }

    it('a person who is not in the directory is told so, and nothing is kept of them', async () => {
      const stranger = { from: from({ aadObjectId: '7d1f2c40-0000-4000-8000-00000000beef' }) };
      const card = cardFrom(await refused(JSON.stringify(anInvoke(aPress(first()), stranger))));
      assert.equal(headingOf(card), 'Not known here');
      await refused(JSON.stringify(aMessage(stranger)));
      assert.ok(
        (await bot.chat('priya').messages()).some(({ activity }) => JSON.stringify(activity).includes('Not known')),
      );
    });

    it('an id named __proto__ or constructor belongs to nobody', async () => {
      for (const aadObjectId of ['__proto__', 'constructor', '']) {
        const answer = await refused(JSON.stringify(anInvoke(aPress(first()), { from: from({ aadObjectId }) })));
        assert.equal(headingOf(cardFrom(answer)), 'Not known here');
      }
    });

    it('a kind of activity that means nothing to the bot is accepted and does nothing', async () => {
      for (const type of ['typing', 'endOfConversation', 'constructor', 'messageReaction'])
        assert.equal((await refused(JSON.stringify(aMessage({ type })))).status, 200);
    });

    it('strange channel data, entities and text do no harm', async () => {
      const lines = bot.logged.length;
      const channelData = { tenant: { id: TENANT }, team: 'x' };
      for (const changes of [
        { channelData },
        { entities: 'x' },
        { attachments: 7 },
        { timestamp: 'yesterday' },
        { text: undefined },
        { text: null },
      ])
        assert.equal((await post(JSON.stringify(aMessage(changes)))).status, 200);
      assert.deepEqual(bot.logged.slice(lines), []);
    });

    it('a token is not looked at in local mode, so that nothing is asked of the network', async () => {
      const action = aPress({ draftId: first().draftId }, 'draft.open');
      const answer = await post(JSON.stringify(anInvoke(action)), {
        Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.x',
      });
      assert.equal(headingOf(cardFrom(answer)), form.heading);
    });
  });

  describe('in a body', () => {
    const cases: Readonly<Record<string, readonly [string, number, string]>> = {
      'over 256 KB': ['tooLarge', 413, JSON.stringify({ text: 'x'.repeat(256 * 1024) })],
      'that is not JSON': ['notJson', 400, '{"type": "message"'],
      'that is empty': ['notJson', 400, ''],
      'that is a list': ['notJson', 400, '[{"type":"message"}]'],
      'that is text': ['notJson', 400, '"message"'],
      'that is null': ['notJson', 400, 'null'],
      'that is an empty object': ['badActivity', 400, '{}'],
      'nested 50,000 deep': ['notJson', 400, `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    };
    for (const [name, [code, status, body]] of Object.entries(cases)) {
      it(`${name} is refused as ${code}`, async () => {
        const answer = await refused(body);
        assert.deepEqual([answer.status, JSON.parse(answer.text)], [status, { code }]);
      });
    }

    it('of megabytes, sent in pieces, is refused as tooLarge', async () => {
      const pieces = ReadableStream.from(Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024, 'x')));
      const request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: pieces, duplex: 'half' };
      const answered = await fetch(`${bot.running.url}/api/messages`, request as RequestInit);
      assert.deepEqual([answered.status, await answered.json()], [413, { code: 'tooLarge' }]);
    });

    it('that is not declared as JSON is refused', async () => {
      assert.equal((await post('{}', { 'Content-Type': 'text/plain' })).status, 415);
    });
  });

  describe('that is only unusual', () => {
    const STRANGE = [
      '**bold** _italic_ [a link](https://evil.example) ![x](y) # heading',
      '<at>Sharing Log</at> <script>alert(1)</script> &amp; &lt;b&gt;',
      'left \u202Eright\u202C and \u2066isolated\u2069 \u200Bzero width',
      '👩‍👩‍👧‍👦 🇬🇧 Ŵŷ Llŷr, Siân, Dŵr, Ynys Môn, ỳ ẁ',
      '{{DATE(2026-11-24)}} ${x} {"a":1} \\n %00 \'; DROP TABLE drafts; --',
      ' spaces  within, and\ttabs',
    ];
    const longTexts = { reason: STRANGE.join('\n'), informationShared: STRANGE.toReversed().join('\n\n') };

    it('text comes back exactly as typed, on the check card, in the record and in its copy', async () => {
      const strange = { ...SPOKEN, ...longTexts, concerning: STRANGE[0] ?? '', recipientName: STRANGE[1] ?? '',
        recipientJobTitle: STRANGE[2] ?? '', recipientOrganisation: STRANGE[3] ?? '', consentGivenBy: STRANGE[4] ?? '' }; // prettier-ignore
      const check = await answerAll(await bot.chat('priya').ask('record share'), strange);
      const receipt = await check.press('Sign and save', { signature: 'Siân Ŵŷ 👩‍👧' });
      const record = await receipt.press('Open record');
      const copied = inputsIn((await record.press('Copy as text')).card)[0]?.value ?? '';
      for (const card of [check.card, record.card])
        for (const text of [...STRANGE.slice(0, 5), longTexts.reason, longTexts.informationShared])
          assert.ok(typedTextsOf(card).includes(text), text);
      for (const text of STRANGE) assert.ok(copied.includes(text), text);
      assert.match(typedTextsOf(record.card).at(-1) ?? '', /signed as Siân Ŵŷ 👩‍👧;/u);
    });

    it('text stands in its input exactly as typed when the card comes back', async () => {
      const shown = await bot.chat('priya').ask('record share');
      const action = buttonIn(shown.card, 'Continue');
      for (const text of STRANGE) {
        const again = await shown.perform({ ...action, data: pressData(shown.card, action, { concerning: text }) });
        const now = again.heading === shown.heading ? again : await again.press('Back');
        assert.equal(
          inputsIn(now.card).find(({ id }) => id === 'concerning')?.value,
          STRANGE[0] === text ? text : STRANGE[0],
        );
      }
    });
  });
});
