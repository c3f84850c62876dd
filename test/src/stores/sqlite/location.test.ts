import assert from 'node:assert/strict';
import { networkFileSystem } from '../../../../src/stores/sqlite/location.ts';

const MOUNTINFO = [
  '21 1 254:0 / / rw,relatime - ext4 /dev/root rw',
  '22 21 0:40 / /srv/share rw,relatime shared:1 - nfs4 files.example:/share rw',
  '23 22 254:1 / /srv/share/local rw,relatime - xfs /dev/sdb1 rw',
  '24 21 0:41 / /home/my\\040files rw,relatime - cifs //files.example/mine rw',
  '25 21 0:42 / /mnt/remote rw,relatime - fuse.sshfs files.example: rw',
  '26 21 0:43 / /data rw,relatime - nfs files.example:/data rw',
  '27 26 254:2 / /data rw,relatime - ext4 /dev/sdc1 rw',
  '',
].join('\n');

describe('where a SQLite store stands', () => {
  for (const [folder, type] of [
    ['/', undefined],
    ['/var/lib/sharing-log', undefined],
    ['/srv/share', 'nfs4'],
    ['/srv/share/records', 'nfs4'],
    ['/srv/shared', undefined],
    ['/srv/share/local/records', undefined],
    ['/home/my files/records', 'cifs'],
    ['/mnt/remote', 'fuse.sshfs'],
    ['/data/records', undefined],
  ] as const) {
    it(`knows ${folder} for ${type ?? 'a local disk'}`, () => {
      assert.equal(networkFileSystem(folder, MOUNTINFO), type);
    });
  }

  it('detects nothing where the system does not tell', () => {
    assert.equal(networkFileSystem('/srv/share', ''), undefined);
  });
});
