import { PEOPLE, TENANT } from '../../journeys/aBot.ts';
import { aKeyPair, inBase64, published, signed, signedWithPublicKey, type Fields } from './anIssuer.ts';
import { APP_ID, SERVICE_URL, type Tenant } from './aTenant.ts';

/** A request that nobody may make. */
export interface Forgery {
  readonly headers: readonly string[];
  readonly body: string;
}

type Forge = (tenant: Tenant) => Forgery;
type Table = Readonly<Record<string, readonly [reason: string, forge: Forge]>>;

const JSON_BODY = ['Content-Type', 'application/json'] as const;
const nowS = (): number => Math.floor(Date.now() / 1000);

/** A message of somebody who may, with these headers for its token. */
function withHeaders(make: (tenant: Tenant) => readonly string[]): Forge {
  return (tenant) => ({ headers: [...JSON_BODY, ...make(tenant)], body: JSON.stringify(tenant.aMessage()) });
}

const withHeader = (make: (tenant: Tenant) => string): Forge =>
  withHeaders((tenant) => ['Authorization', make(tenant)]);
const withToken = (make: (tenant: Tenant) => string): Forge => withHeader((tenant) => `Bearer ${make(tenant)}`);
const withClaims = (changes: () => Fields): Forge => withToken((tenant) => tenant.token(changes()));

/** Signed by somebody else, who writes into the header whatever may help. */
const withTokenHeader = (changes: (tenant: Tenant) => Fields): Forge =>
  withToken((tenant) => signed(tenant.header(changes(tenant)), tenant.claims(), STRANGER));

const STRANGER = aKeyPair('key-of-a-stranger');

/** An activity with a good token, changed. */
function withActivity(changes: (good: Fields) => Fields): Forge {
  return (tenant) => {
    const good = tenant.aMessage();
    return withBody(JSON.stringify({ ...good, ...changes(good) }))(tenant);
  };
}

function withBody(body: string, headers: readonly string[] = JSON_BODY): Forge {
  return (tenant) => ({ headers: [...headers, 'Authorization', `Bearer ${tenant.token()}`], body });
}

const within = (field: string, changes: Fields) => (good: Fields): Fields => ({
  [field]: { ...(good[field] as Fields), ...changes }, // a builder made it
}); // prettier-ignore

/** What is wrong with the token: 401, without a body. */
export const BAD_TOKENS: Table = {
  'no token': ['noToken', withHeaders(() => [])],
  'an empty header': ['noToken', withHeader(() => '')],
  'garbage': ['malformedToken', withHeader(() => 'Bearer garbage')],
  'the scheme alone': ['malformedToken', withHeader(() => 'Bearer')],
  'another scheme': ['malformedToken', withHeader(({ token }) => `Basic ${token()}`)],
  'the scheme in small letters': ['malformedToken', withHeader(({ token }) => `bearer ${token()}`)],
  'no scheme': ['malformedToken', withHeader(({ token }) => token())],
  'two tokens in one header': ['malformedToken', withHeader(({ token }) => `Bearer ${token()} ${token()}`)],
  'two Authorization headers, the first one good': ['severalTokens', withHeaders(({ token }) => [
    'Authorization', `Bearer ${token()}`, 'Authorization', 'Bearer a.b.c',
  ])],
  'two Authorization headers, the last one good': ['severalTokens', withHeaders(({ token }) => [
    'Authorization', 'Bearer a.b.c', 'Authorization', `Bearer ${token()}`,
  ])],
  'a token without a signature': ['malformedToken', withToken(({ token }) => token().replace(/[^.]*$/u, ''))],
  'a token in two parts': ['malformedToken', withToken(({ token }) => token().replace(/\.[^.]*$/u, ''))],
  'a token in five parts': ['malformedToken', withToken(({ token }) => `${token()}.a.b`)],
  'a token of 10,000 characters': ['malformedToken', withToken(({ token }) => token({ more: 'x'.repeat(9_000) }))],
  'a header that is not JSON': ['malformedToken', withToken(({ token }) => token().replace(/^[^.]*/u, 'bm90LWpzb24'))],
  'padding in the signature': ['malformedToken', withToken(({ token }) => `${token()}=`)],
  'the algorithm none': ['malformedToken', withToken(({ header, claims }) => `${inBase64(header({ alg: 'none' }))}.${inBase64(claims())}.`)],
  'the algorithm none, with a signature': ['wrongAlgorithm', withToken(({ header, claims, key }) => signed(header({ alg: 'none' }), claims(), key))],
  'HS256 with the public key for a secret': ['wrongAlgorithm', withToken(({ header, claims, key }) => signedWithPublicKey(header({ alg: 'HS256' }), claims(), key))],
  'HS256 that says RS256': ['badSignature', withToken(({ header, claims, key }) => signedWithPublicKey(header(), claims(), key))],
  'PS256': ['wrongAlgorithm', withTokenHeader(() => ({ alg: 'PS256' }))],
  'RS256 in small letters': ['wrongAlgorithm', withTokenHeader(() => ({ alg: 'rs256' }))],
  'the key of a stranger under the id of ours': ['badSignature', withTokenHeader(() => ({}))],
  'the key of a stranger under its own id': ['unknownKey', withTokenHeader(() => ({ kid: STRANGER.kid }))],
  'no key id': ['malformedToken', withTokenHeader(() => ({ kid: undefined }))],
  'a key id that is a path': ['unknownKey', withTokenHeader(() => ({ kid: '../../../../dev/null' }))],
  'a key id with SQL in it': ['unknownKey', withTokenHeader(() => ({ kid: "x' UNION SELECT 'key" }))],
  'a key id named __proto__': ['unknownKey', withTokenHeader(() => ({ kid: '__proto__' }))],
  'a key id that is a list': ['malformedToken', withTokenHeader(({ key }) => ({ kid: [key.kid] }))],
  'a key id of 300 characters': ['malformedToken', withTokenHeader(() => ({ kid: 'k'.repeat(300) }))],
  'a key address in the header (jku)': ['malformedToken', withTokenHeader(() => ({ jku: 'https://evil.example/keys' }))],
  'a key in the header (jwk)': ['malformedToken', withTokenHeader(() => ({ jwk: published(STRANGER) }))],
  'a certificate address in the header (x5u)': ['malformedToken', withTokenHeader(() => ({ x5u: 'https://evil.example/x' }))],
  'a certificate in the header (x5c)': ['malformedToken', withTokenHeader(() => ({ x5c: ['MIIB'] }))],
  'a critical extension (crit)': ['malformedToken', withToken(({ header, claims, key }) => signed(header({ crit: ['exp'] }), claims(), key))],
  'another kind of token (typ)': ['malformedToken', withToken(({ header, claims, key }) => signed(header({ typ: 'JWE' }), claims(), key))],
  'claims changed after signing': ['badSignature', withToken(({ token, claims }) =>
    token().replace(/\.[^.]*\./u, `.${inBase64(claims({ exp: nowS() + 99_999 }))}.`))],
  'claims that are text': ['badSignature', withToken(({ token }) => token().replace(/\.[^.]*\./u, '.InRleHQi.'))],
  'a signature cut short': ['badSignature', withToken(({ token }) => token().slice(0, -4))],
  'another audience': ['wrongClaims', withClaims(() => ({ aud: '7d1f2c40-0000-4000-8000-a99000000002' }))],
  'no audience': ['wrongClaims', withClaims(() => ({ aud: undefined }))],
  'a list of audiences with ours in it': ['wrongClaims', withClaims(() => ({ aud: [APP_ID, 'another'] }))],
  'the issuer for an audience': ['wrongClaims', withClaims(() => ({ aud: 'https://api.botframework.com' }))],
  'another issuer': ['wrongClaims', withClaims(() => ({ iss: 'https://evil.example' }))],
  'the issuer of emulators': ['wrongClaims', withClaims(() => ({ iss: `https://sts.windows.net/${TENANT}/` }))],
  'the issuer with a slash more': ['wrongClaims', withClaims(() => ({ iss: 'https://api.botframework.com/' }))],
  'no issuer': ['wrongClaims', withClaims(() => ({ iss: undefined }))],
  'expired': ['wrongClaims', withClaims(() => ({ exp: nowS() - 301 }))],
  'not yet valid': ['wrongClaims', withClaims(() => ({ nbf: nowS() + 310 }))],
  'no expiry': ['wrongClaims', withClaims(() => ({ exp: undefined }))],
  'an expiry that is text': ['badSignature', withClaims(() => ({ exp: '9999999999' }))],
  'an expiry in milliseconds': ['wrongClaims', withClaims(() => ({ exp: Date.now() + 3_600_000 }))],
  'no beginning': ['wrongClaims', withClaims(() => ({ nbf: undefined }))],
  'no service address in the token': ['wrongClaims', withClaims(() => ({ serviceurl: undefined }))],
  'a service address that is a list': ['wrongClaims', withClaims(() => ({ serviceurl: [SERVICE_URL] }))],
}; // prettier-ignore

/** A good token with an activity that it may not bring: 403. */
export const BAD_ACTIVITIES: Table = {
  'another service address than in the token': ['otherServiceUrl', withActivity(() => ({ serviceUrl: 'https://smba.trafficmanager.net/amer/' }))],
  'the service address of the token without its slash': ['otherServiceUrl', withActivity(() => ({ serviceUrl: SERVICE_URL.slice(0, -1) }))],
  'no service address': ['wrongServiceUrl', withActivity(() => ({ serviceUrl: undefined }))],
  'a service address elsewhere, in token and body': ['wrongServiceUrl', (tenant) => ({
    headers: [...JSON_BODY, 'Authorization', `Bearer ${tenant.token({ serviceurl: 'https://evil.example/' })}`],
    body: JSON.stringify(tenant.aMessage('help', { serviceUrl: 'https://evil.example/' })),
  })],
  'a service address on this machine': ['wrongServiceUrl', withActivity(() => ({ serviceUrl: 'http://127.0.0.1:3978/' }))],
  'a service address without TLS': ['wrongServiceUrl', withActivity(() => ({ serviceUrl: SERVICE_URL.replace('https', 'http') }))],
  'a service address that is a list': ['wrongServiceUrl', withActivity(() => ({ serviceUrl: [SERVICE_URL] }))],
  'another channel': ['wrongChannel', withActivity(() => ({ channelId: 'skype' }))],
  'the channel of emulators': ['wrongChannel', withActivity(() => ({ channelId: 'emulator' }))],
  'the channel in capitals': ['wrongChannel', withActivity(() => ({ channelId: 'MSTEAMS' }))],
  'no channel': ['wrongChannel', withActivity(() => ({ channelId: undefined }))],
  'another tenant in the conversation': ['wrongTenant', withActivity(within('conversation', { tenantId: '7d1f2c40-0000-4000-8000-00000000dead' }))],
  'no tenant in the conversation': ['wrongTenant', withActivity(within('conversation', { tenantId: undefined }))],
  'another tenant in the channel data': ['wrongTenant', withActivity(within('channelData', { tenant: { id: '7d1f2c40-0000-4000-8000-00000000dead' } }))],
  'no tenant in the channel data': ['wrongTenant', withActivity(() => ({ channelData: {} }))],
  'no channel data': ['wrongTenant', withActivity(() => ({ channelData: undefined }))],
  'a tenant that is a list': ['wrongTenant', withActivity(within('conversation', { tenantId: [TENANT] }))],
  'another bot for its receiver': ['wrongBot', withActivity(() => ({ recipient: { id: '28:7d1f2c40-0000-4000-8000-a99000000002' } }))],
  'no object id': ['noPerson', withActivity(within('from', { aadObjectId: undefined }))],
  'an object id that is no GUID': ['noPerson', withActivity(within('from', { aadObjectId: `${PEOPLE.priya} OR 1` }))],
  'an object id that is a list': ['noPerson', withActivity(within('from', { aadObjectId: [PEOPLE.priya] }))],
  'a guest, by role': ['notAMember', withActivity(within('from', { userRole: 'guest' }))],
  'somebody without an account, by role': ['notAMember', withActivity(within('from', { userRole: 'anonymous' }))],
  'a guest, by principal name': ['notAMember', withActivity(within('from', { userPrincipalName: 'jo_elsewhere.example#EXT#@exampleshire.example' }))],
  'somebody of another tenant': ['notAMember', withActivity(within('from', { tenantId: '7d1f2c40-0000-4000-8000-00000000dead' }))],
  'a bot': ['notAMember', withActivity(within('from', { role: 'bot' }))],
}; // prettier-ignore

/** A good token with a body that is none: 400, or 413 when it is too long. */
export const BAD_BODIES: Table = {
  'no type': ['badActivity', withActivity(() => ({ type: undefined }))],
  'no id': ['badActivity', withActivity(() => ({ id: undefined }))],
  'an id that leads elsewhere': ['badActivity', withActivity(() => ({ id: '../../v3/attachments' }))],
  'a conversation that leads elsewhere': ['badActivity', withActivity(within('conversation', { id: '..' }))],
  'a message replied to that leads elsewhere': ['badActivity', withActivity(() => ({ replyToId: '..' }))],
  'replies to come back in the answer': ['badActivity', withActivity(() => ({ deliveryMode: 'expectReplies' }))],
  'another mode of delivery': ['badActivity', withActivity(() => ({ deliveryMode: ['normal'] }))],
  'a time that is an object': ['badActivity', withActivity(() => ({ timestamp: {} }))],
  'no sender': ['badActivity', withActivity(() => ({ from: undefined }))],
  'a channel named twice': ['badActivity', (tenant) => withBody(JSON.stringify(tenant.aMessage()).replace('{', '{"channelId":"msteams",'))(tenant)],
  'a tenant named twice, once with an escape': ['badActivity', (tenant) =>
    withBody(JSON.stringify(tenant.aMessage()).replace('"tenantId"', '"tenant\\u0049d":"x","tenantId"'))(tenant)],
  'nested 1,000 deep': ['badActivity', (tenant) => withBody(
    JSON.stringify(tenant.aMessage('help', { value: 'deep' })).replace('"deep"', `${'['.repeat(1_000)}${']'.repeat(1_000)}`))(tenant)],
  'a byte order mark': ['notJson', (tenant) => withBody(`\uFEFF${JSON.stringify(tenant.aMessage())}`)(tenant)],
  'not JSON': ['notJson', withBody('{"type":')],
  'nothing': ['notJson', withBody('')],
  'a list of activities': ['notJson', (tenant) => withBody(JSON.stringify([tenant.aMessage()]))(tenant)],
  'another content type': ['notJson', (tenant) => withBody(JSON.stringify(tenant.aMessage()), ['Content-Type', 'text/plain'])(tenant)],
  'no content type': ['notJson', (tenant) => withBody(JSON.stringify(tenant.aMessage()), [])(tenant)],
  'over 256 KB': ['tooLarge', (tenant) => withBody(JSON.stringify(tenant.aMessage('x'.repeat(256 * 1024))))(tenant)],
}; // prettier-ignore
