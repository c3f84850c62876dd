import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProductionSettings } from '../../bot/productionSettings.ts';
import { CONTAINERS_FILE, containersText } from '../../infra/cosmosContainers.ts';
import {
  CONTAINER_NAMES,
  CONTAINERS,
  canonicalPolicy,
  isPartedSo,
  type PolicyText,
} from '../../src/stores/cosmos/containers.ts';
import { Expression, readBicep, type BicepFile, type Value } from './bicep.ts';

const INFRA = new URL('../../infra/', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, INFRA), 'utf8');
const names = (found: readonly { readonly name: string }[]): readonly string[] => found.map(({ name }) => name);

const files: ReadonlyMap<string, BicepFile> = new Map(
  ['main.bicep', ...readdirSync(new URL('modules/', INFRA)).map((name) => `modules/${name}`)].map((path) => [
    path,
    readBicep(textOf(path)),
  ]),
);

function fileOf(path: string): BicepFile {
  const found = files.get(path);
  assert.ok(found, `infra/${path} is missing`);
  return found;
}

/** What a file says of the resource of a type, of which it makes one, at a path such as “properties.kty”. */
function saidOf(path: string, type: string): (at: string) => Value | undefined {
  const [found, ...more] = fileOf(path).resources.filter((each) => each.type === type);
  assert.ok(found !== undefined && more.length === 0, `${path} makes one ${type}`);
  return (at) => valueAt(found.body, at);
}

function valueAt(value: Value | undefined, at: string): Value | undefined {
  return at.split('.').reduce<Value | undefined>((within, name) => {
    if (typeof within !== 'object' || within instanceof Expression) return undefined;
    return (within as Readonly<Record<string, Value>>)[name]; // an array is looked into by its index
  }, value);
}

const said = (value: Value | undefined): string | undefined =>
  value instanceof Expression ? value.text : JSON.stringify(value);

describe('the reader of Bicep', () => {
  it('finds what is no Bicep', () => {
    assert.ok(readBicep('param a string = {\n').faults.length > 0);
    assert.ok(readBicep("resource a 'M.X/y@2024-01-01' {\n}\n").faults.length > 0);
  });

  it('tells what is used from what is declared', () => {
    const { declared, used } = readBicep("param a string\nvar b = [for c in d: { e: concat(c, '${f}') }]\noutput g string = h.i\n"); // prettier-ignore
    assert.deepEqual([...new Set(declared)].toSorted(), ['a', 'b', 'c']);
    assert.deepEqual([...new Set(used)].toSorted(), ['c', 'd', 'f', 'h']);
  });
});

describe('the Bicep files', () => {
  for (const [path, file] of files) {
    it(`${path} is Bicep throughout`, () => {
      assert.deepEqual(file.faults, []);
    });

    it(`${path} uses what it declares, and declares what it uses`, () => {
      const { declared, used, resources, modules } = file;
      assert.deepEqual(used.filter((name) => !declared.includes(name)), []); // prettier-ignore
      const made = [...names(resources), ...names(modules)]; // these act by being there
      assert.deepEqual(declared.filter((name) => !used.includes(name) && !made.includes(name)), []); // prettier-ignore
      assert.deepEqual(declared.filter((name, index) => declared.indexOf(name) !== index && made.includes(name)), []); // prettier-ignore
    });

    it(`${path} says what each parameter and output is for`, () => {
      const bare = [...file.params, ...file.outputs].filter(
        ({ decorators }) => !decorators.some((each) => /^@description\('.{8,}'\)$/u.test(each)),
      );
      assert.deepEqual(names(bare), []);
    });

    it(`${path} gives each module what it asks for, and takes from it what it gives`, () => {
      for (const { name, file: module, params } of file.modules) {
        const other = fileOf(join(path, '..', module));
        const needed = other.params.filter(({ isOptional }) => !isOptional);
        assert.deepEqual(names(needed).filter((each) => !params.includes(each)), [], name); // prettier-ignore
        assert.deepEqual(params.filter((each) => !names(other.params).includes(each)), [], name); // prettier-ignore
        const taken = file.outputsUsed.filter(([from]) => from === name).map(([, output]) => output);
        assert.deepEqual(taken.filter((each) => !names(other.outputs).includes(each)), [], name); // prettier-ignore
      }
    });
  }

  it('are all reached from main.bicep, and no output of a module is for nobody', () => {
    const modules = [...files].flatMap(([path, { modules: found }]) => found.map(({ file }) => join(path, '..', file)));
    assert.deepEqual([...new Set(modules)].toSorted(), [...files.keys()].filter((path) => path !== 'main.bicep').toSorted()); // prettier-ignore
    const { modules: used, outputsUsed } = fileOf('main.bicep');
    for (const { name, file } of used)
      for (const { name: output } of fileOf(file).outputs)
        assert.ok(outputsUsed.some(([from, taken]) => from === name && taken === output), `${file}: ${output}`); // prettier-ignore
  });

  it('take each kind of resource in one version of its interface', () => {
    const versions = new Map<string, string>();
    for (const { type, version } of [...files.values()].flatMap(({ resources }) => resources)) {
      assert.match(type, /^Microsoft\.[A-Za-z]+(?:\/[A-Za-z]+)+$/u);
      assert.match(version, /^20\d\d-\d\d-\d\d(?:-preview)?$/u);
      const [provider = '', parent = ''] = type.split('/');
      const family = `${provider}/${parent}`;
      assert.equal(versions.get(family) ?? version, version, family);
      versions.set(family, version);
    }
    assert.ok(versions.size > 10);
  });

  it('keep the one secret out of what Azure writes down', () => {
    for (const [path, { params }] of files)
      for (const { name, decorators } of params)
        assert.equal(decorators.includes('@secure()'), name === 'metricsToken', `${path}: ${name}`);
    const outputs = [...files.values()].flatMap((file) => names(file.outputs));
    assert.ok(!outputs.includes('metricsToken'));
  });

  it('find in example.parameters.json what main.bicep asks for, and nothing else', () => {
    const { parameters } = JSON.parse(textOf('example.parameters.json')) as { parameters: Record<string, unknown> }; // Azure's own form
    const given = Object.keys(parameters);
    const { params } = fileOf('main.bicep');
    assert.deepEqual(names(params.filter(({ isOptional, name }) => !isOptional && !given.includes(name))), []);
    assert.deepEqual(given.filter((name) => !names(params).includes(name)), []); // prettier-ignore
  });
});

describe('the containers that Azure is told to make', () => {
  const made = JSON.parse(readFileSync(CONTAINERS_FILE, 'utf8')) as readonly {
    readonly name: string;
    readonly partitionKey: { readonly paths: string[]; readonly version: number; readonly kind: string };
    readonly indexingPolicy: PolicyText;
  }[]; // written by "npm run infra"

  it('are those that this release declares', () => {
    assert.equal(
      readFileSync(CONTAINERS_FILE, 'utf8'),
      containersText(),
      'cosmosContainers.json is stale: run `npm run infra`',
    );
  });

  it('are what a start asks for: same names, partition keys and indexes', () => {
    assert.deepEqual(made.map(({ name }) => name), CONTAINER_NAMES); // prettier-ignore
    for (const [index, name] of CONTAINER_NAMES.entries()) {
      const { partitionKey, indexingPolicy } = made[index]!;
      assert.ok(isPartedSo(CONTAINERS[name], partitionKey), name);
      assert.equal(partitionKey.kind, 'Hash');
      const { indexed, orders } = CONTAINERS[name];
      const declared = {
        ...{ indexingMode: 'consistent', automatic: true, excludedPaths: [{ path: '/*' }], compositeIndexes: orders },
        includedPaths: indexed.map((path) => ({ path })),
      };
      assert.equal(canonicalPolicy(indexingPolicy), canonicalPolicy(declared), name);
    }
  });

  it('reach Bicep as that file says them', () => {
    assert.equal(said(fileOf('modules/cosmos.bicep').variables.get('containers')), "loadJsonContent('../cosmosContainers.json')"); // prettier-ignore
    const container = saidOf('modules/cosmos.bicep', 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers');
    assert.deepEqual(
      ['name', 'id', 'partitionKey', 'indexingPolicy'].map((each) =>
        said(container(each === 'name' ? each : `properties.resource.${each}`)),
      ),
      ['each.name', 'each.name', 'each.partitionKey', 'each.indexingPolicy'],
    );
    assert.match(textOf('modules/cosmos.bicep'), /\[for each in containers: \{/u);
  });
});

/** Each role that is given, by its name in Azure, and what it may be given on. */
const ROLES: Readonly<Record<string, string>> = {
  "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')": 'AcrPull on registry',
  "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'e147488a-f6f5-4113-8e2d-b22465e65bf6')": 'Key Vault Crypto Service Encryption User on key',
  "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')": 'Key Vault Secrets User on token',
}; // prettier-ignore

/** What those who run the bot can look up later, of each service that says something of itself. */
const LOGGED = ['account', 'bot', 'containerApps', 'registry', 'vault'];

describe('what is granted in Azure', () => {
  const all = [...files].flatMap(([path, { resources }]) => resources.map((resource) => ({ path, ...resource })));
  const ofType = (type: string) => all.filter((each) => each.type === type);

  it('is the least that does: on one key, one secret and one registry, never on the group', () => {
    const given = ofType('Microsoft.Authorization/roleAssignments').map(({ path, body }) => {
      const role = said(valueAt(body, 'properties.roleDefinitionId')) ?? '';
      const name = ROLES[said(fileOf(path).variables.get(role)) ?? '']?.split(' on ')[0];
      return `${name ?? role} on ${said(body.scope)}`;
    });
    assert.deepEqual([...new Set(given)].toSorted(), Object.values(ROLES).toSorted());
    assert.equal(given.length, 4);
  });

  it('leaves a trace: each service logs to the workspace', () => {
    const logs = ofType('Microsoft.Insights/diagnosticSettings');
    assert.deepEqual(logs.map(({ body }) => said(body.scope)).toSorted(), LOGGED);
    assert.deepEqual([...new Set(logs.map(({ body }) => said(valueAt(body, 'properties.workspaceId'))))], ['workspaceId']); // prettier-ignore
  });

  it('is not by a key or a password anywhere, and nobody fetches the image without one’s own right', () => {
    const registry = saidOf('modules/registry.bicep', 'Microsoft.ContainerRegistry/registries');
    assert.equal(registry('properties.adminUserEnabled'), false);
    assert.equal(registry('properties.anonymousPullEnabled'), undefined);
    const workspace = saidOf('modules/logs.bicep', 'Microsoft.OperationalInsights/workspaces');
    assert.equal(workspace('properties.features.disableLocalAuth'), true);
    const asked = [...files.keys()].filter((path) => /\blist(?:Keys|Credentials|Secrets|ConnectionStrings)?\(/u.test(textOf(path))); // prettier-ignore
    assert.deepEqual(asked, []);
  });
});

describe('the account of the records', () => {
  const account = saidOf('modules/cosmos.bicep', 'Microsoft.DocumentDB/databaseAccounts');

  it('is strongly consistent with one region that is written to, as a start demands', () => {
    assert.equal(account('properties.consistencyPolicy.defaultConsistencyLevel'), 'Strong');
    assert.equal(account('properties.enableMultipleWriteLocations'), false);
  });

  it('knows no keys, and lets in the bot with the role for data', () => {
    assert.equal(account('properties.disableLocalAuth'), true);
    const role = fileOf('modules/cosmos.bicep').variables.get('dataContributor');
    assert.match(said(role) ?? '', /sqlRoleDefinitions\/00000000-0000-0000-0000-000000000002'$/u);
    const main = fileOf('main.bicep');
    assert.ok(main.outputsUsed.some(([module, output]) => module === 'identity' && output === 'principalId'));
    assert.match(textOf('main.bicep'), /principals: concat\(\[identity\.outputs\.principalId\], operatorPrincipals\)/u);
  });

  it('is reached from outside only by operators whose address is named', () => {
    assert.equal(said(account('properties.publicNetworkAccess')), "empty(operatorAddresses) ? 'Disabled' : 'Enabled'");
    assert.equal(account('properties.networkAclBypass'), 'None');
    assert.equal(account('properties.minimalTlsVersion'), 'Tls12');
  });

  it('can be brought back as it was at any moment of the last 30 days', () => {
    assert.equal(account('properties.backupPolicy.type'), 'Continuous');
    assert.equal(account('properties.backupPolicy.continuousModeProperties.tier'), 'Continuous30Days');
  });
});

describe('the key of the records', () => {
  const key = saidOf('modules/vault.bicep', 'Microsoft.KeyVault/vaults/keys');
  const vault = saidOf('modules/vault.bicep', 'Microsoft.KeyVault/vaults');

  it('is an RSA key that wraps and unwraps, and does nothing else', () => {
    assert.equal(key('properties.kty'), 'RSA');
    assert.deepEqual(key('properties.keyOps'), ['wrapKey', 'unwrapKey']);
  });

  it('cannot be destroyed, and goes by roles', () => {
    assert.deepEqual(
      [
        vault('properties.enablePurgeProtection'),
        vault('properties.enableSoftDelete'),
        vault('properties.enableRbacAuthorization'),
      ],
      [true, true, true],
    );
    assert.equal(vault('properties.softDeleteRetentionInDays'), 90);
    assert.equal(key('properties.attributes.exportable'), false);
  });

  it('is reached from outside only by operators whose address is named, by no other service of Azure', () => {
    assert.equal(said(vault('properties.publicNetworkAccess')), "empty(operatorAddresses) ? 'Disabled' : 'Enabled'");
    assert.equal(vault('properties.networkAcls.defaultAction'), 'Deny');
    assert.equal(vault('properties.networkAcls.bypass'), 'None');
  });

  it('may be used by the bot, which may not change it', () => {
    const access = fileOf('modules/vault.bicep').resources.find(({ name }) => name === 'keyAccess');
    assert.equal(said(access?.body.scope), 'key');
    assert.match(said(fileOf('modules/vault.bicep').variables.get('keyUser')) ?? '', /'e147488a-f6f5-4113-8e2d-b22465e65bf6'/u); // prettier-ignore
  });
});

describe('the registration of the bot', () => {
  const bot = saidOf('modules/bot.bicep', 'Microsoft.BotService/botServices');

  it('is of a managed identity, without a secret', () => {
    assert.equal(bot('kind'), 'azurebot');
    assert.equal(bot('properties.msaAppType'), 'UserAssignedMSI');
    assert.equal(bot('properties.disableLocalAuth'), true);
  });

  it('sends to the path that the bot listens on, and to Teams alone', () => {
    const path = /\}(\/[^']*)'$/u.exec(said(bot('properties.endpoint')) ?? '')?.[1];
    assert.ok(path !== undefined && servedPaths().includes(`post ${path}`), path);
    assert.equal(saidOf('modules/bot.bicep', 'Microsoft.BotService/botServices/channels')('name'), 'MsTeamsChannel');
  });
});

function servedPaths(): readonly string[] {
  const source = readFileSync(new URL('../../bot/server.ts', import.meta.url), 'utf8');
  return [...source.matchAll(/server\.(get|post)\(\s*'([^']+)'/gu)].map(([, method = '', path = '']) => `${method} ${path}`); // prettier-ignore
}

describe('the app', () => {
  const app = fileOf('modules/app.bicep');
  const running = saidOf('modules/app.bicep', 'Microsoft.App/containerApps');
  const CONTAINER = 'properties.template.containers.0';

  /** What Azure puts in the place of an expression. */
  const MADE: Readonly<Record<string, string>> = {
    'string(port)': said(app.variables.get('port')) ?? '',
    cosmosEndpoint: 'https://sharinglog-abc.documents.azure.com:443/',
    cosmosDatabase: 'sharing-log',
    keyAddress: 'https://sharinglog-abc.vault.azure.net/keys/sharing-log',
    clientId: '2c9d8a51-7f43-4b86-8f5e-1a2b3c4d5e6f',
    'subscription().tenantId': '7d1f2c40-0000-4000-8000-5a1e00000001',
    practitionersGroup: '7d1f2c40-0000-4000-8000-000000000001',
    managersGroup: '7d1f2c40-0000-4000-8000-000000000002',
    recordsOfficersGroup: '7d1f2c40-0000-4000-8000-000000000003',
    organisationName: 'Exampleshire Council',
  };

  function environmentOf(): Record<string, string> {
    const own = app.variables.get('ownSettings') as readonly { readonly name: string; readonly value: Value }[]; // its form in Bicep
    const pairs = own.map(({ name, value }) => [name, value instanceof Expression ? MADE[value.text] : value]);
    assert.deepEqual(pairs.filter(([, value]) => value === undefined), []); // prettier-ignore
    return Object.fromEntries(pairs) as Record<string, string>; // looked at just now
  }

  it('is given settings with which the bot starts', () => {
    const { account, settings, directory, trustedProxies } = readProductionSettings(environmentOf());
    assert.equal(account.kind, 'UserAssignedMSI');
    assert.equal(directory.kind, 'graph');
    assert.deepEqual([settings.STORE, settings.PORT, settings.KEY_VAULT_KEY?.name], ['cosmos', 3978, 'sharing-log']);
    assert.equal(trustedProxies, 1);
  });

  it('is given no setting but those of .env.example', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const known = [...example.matchAll(/^(\w+)=/gmu)].map(([, name]) => name);
    const secrets = /name: '(\w+)', secretRef:/u.exec(textOf('modules/app.bicep'))?.[1];
    const { parameters } = JSON.parse(textOf('example.parameters.json')) as { parameters: { settings: { value: object } } }; // prettier-ignore
    const given = [...Object.keys(environmentOf()), ...Object.keys(parameters.settings.value), secrets];
    assert.deepEqual(given.filter((name) => !known.includes(name)), []); // prettier-ignore
    assert.equal(said(running(`${CONTAINER}.env`)), 'concat(ownSettings, furtherSettings, secretSettings)');
  });

  it('is asked after at paths that the bot serves, on the port that it listens on', () => {
    const probes = running(`${CONTAINER}.probes`) as unknown as readonly {
      type: string;
      httpGet: { path: string; port: Value };
    }[]; // its form in Bicep
    assert.deepEqual(probes.map(({ type }) => type).toSorted(), ['Liveness', 'Readiness', 'Startup']);
    assert.deepEqual(probes.filter(({ httpGet }) => !servedPaths().includes(`get ${httpGet.path}`)), []); // prettier-ignore
    assert.equal(probes.find(({ type }) => type === 'Readiness')?.httpGet.path, '/health/ready');
    assert.deepEqual(new Set(probes.map(({ httpGet }) => said(httpGet.port))), new Set(['port']));
    assert.equal(said(running('properties.configuration.ingress.targetPort')), 'port');
  });

  it('is reached by HTTPS alone, and runs as the identity of the bot', () => {
    assert.equal(running('properties.configuration.ingress.allowInsecure'), false);
    assert.equal(running('identity.type'), 'UserAssigned');
  });
});
