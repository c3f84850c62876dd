import assert from 'node:assert/strict';
import { readProductionSettings } from '../../../bot/productionSettings.ts';
import { placesOf, readSettings } from '../../../bot/settings.ts';
import { readVaultAddress } from '../../../bot/vaultAddress.ts';
import { TENANT_ENV } from '../inTenant/aTenant.ts';

const VERSION = '0123456789abcdef0123456789abcdef';

describe('the address of a key in a vault', () => {
  it('names a vault, a key and perhaps a version', () => {
    const key = { vault: 'https://example-shire1.vault.azure.net', name: 'Sharing-Log' };
    const text = 'https://example-shire1.vault.azure.net/keys/Sharing-Log';
    assert.deepEqual(readVaultAddress(text), key);
    assert.deepEqual(readVaultAddress(`${text}/${VERSION}`), { ...key, version: VERSION });
    assert.deepEqual(readVaultAddress(text.replace('example', 'EXAMPLE').replace('https', 'HTTPS')), key);
  });

  it('is a setting of every bot and every command', () => {
    const { vaultKey } = placesOf(readSettings({ KEY_VAULT_KEY: 'https://exampleshire.vault.azure.net/keys/a' }));
    assert.deepEqual(vaultKey, { vault: 'https://exampleshire.vault.azure.net', name: 'a' });
    assert.equal(placesOf(readSettings({ KEY_VAULT_KEY: '' })).vaultKey, undefined);
  });

  it('takes the place of a key file in a tenant', () => {
    const env = { ...TENANT_ENV, KEY_VAULT_KEY: 'https://exampleshire.vault.azure.net/keys/a' };
    assert.equal(readProductionSettings(env).settings.KEY_FILE, undefined);
  });

  for (const text of [
    'exampleshire',
    'https://exampleshire.vault.azure.net',
    'https://exampleshire.vault.azure.net/keys',
    'https://exampleshire.vault.azure.net/keys/',
    'https://exampleshire.vault.azure.net/keys/a/',
    'https://exampleshire.vault.azure.net//keys/a',
    'https://exampleshire.vault.azure.net/secrets/a',
    'https://exampleshire.vault.azure.net/keys/a/current',
    `https://exampleshire.vault.azure.net/keys/a/${VERSION}0`,
    `https://exampleshire.vault.azure.net/keys/a/${VERSION}/wrapkey`,
    'https://exampleshire.vault.azure.net/keys/a?api-version=2.0',
    'https://exampleshire.vault.azure.net/keys/a#b',
    'https://exampleshire.vault.azure.net/keys/..',
    'https://exampleshire.vault.azure.net/keys/a%2fb',
    'https://exampleshire.vault.azure.net:8443/keys/a',
    'http://exampleshire.vault.azure.net/keys/a',
    'https://exampleshire.vault.azure.net.evil.example/keys/a',
    'https://evil.example/exampleshire.vault.azure.net/keys/a',
    'https://exampleshire.vault.azure.net@evil.example/keys/a',
    'https://user:pass@exampleshire.vault.azure.net/keys/a',
    'https://evil.example#.vault.azure.net/keys/a',
    'https://evil.example\\.vault.azure.net/keys/a',
    'https://a.b.vault.azure.net/keys/a',
    'https://vault.azure.net/keys/a',
    'https://1shire.vault.azure.net/keys/a',
    'https://shire-.vault.azure.net/keys/a',
    'https://shi--re.vault.azure.net/keys/a',
    'https://ab.vault.azure.net/keys/a',
    `https://${'a'.repeat(25)}.vault.azure.net/keys/a`,
    'https://exämpleshire.vault.azure.net/keys/a',
    'https://exampleshire.vault.azure.net/keys/a ',
    'https://exampleshire.vault.azure.net/keys/a\nb',
    'https://exampleshire.managedhsm.azure.net/keys/a',
    'https://exampleshire.vault.azure.cn/keys/a',
    'https://169.254.169.254/keys/a',
  ])
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(readVaultAddress(text), undefined);
      assert.throws(() => readSettings({ KEY_VAULT_KEY: text }), (error: Error) => {
        assert.match(error.message, /^KEY_VAULT_KEY should be the address of a key in Azure Key Vault, such as [^ ]+\.$/u);
        return !error.message.includes(text.slice(0, 24)) || text === 'https://vault.azure.net/keys/a';
      }); // prettier-ignore
    });
});
