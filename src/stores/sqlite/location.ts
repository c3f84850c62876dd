import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { storeFault } from './storeFault.ts';

/** File systems, by their names on Linux, whose files another machine keeps: their locks and syncing cannot be trusted. */
const NETWORK: ReadonlySet<string> = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', 'afs', 'ceph', 'coda', 'lustre', 'gpfs', 'beegfs', 'davfs'],
  ...['fuse.sshfs', 'fuse.s3fs', 'fuse.rclone', 'fuse.gcsfuse', 'fuse.blobfuse', 'fuse.blobfuse2', 'fuse.davfs2'],
  ...['glusterfs', 'fuse.glusterfs', 'fuse.ceph', 'fuse.juicefs', 'fuse.goofys', 'fuse.mount-s3'],
]);

const MOUNTS = '/proc/self/mountinfo';
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * The real path of a store's file, in a folder that is there: a missing folder is made for its owner alone. Throws
 * `store.fault` when the folder is on a network file system that Linux names as one: NFS, SMB, Ceph and the like, and FUSE
 * ones such as sshfs. Not detected: anything where there is no `/proc` (macOS, Windows), a FUSE file system that gives no
 * name of its own, and 9p, as which some sandboxes show a local disk.
 */
export function locate(path: string): string {
  const folder = dirname(resolve(path));
  makeFolder(folder);
  const file = realFile(join(realpathSync(folder), basename(path)));
  const network = networkFileSystem(dirname(file), existsSync(MOUNTS) ? readFileSync(MOUNTS, 'utf8') : '');
  if (network === undefined) return file;
  const message = `The data folder is on a network file system (${network}): keep it on a disk of this machine.`;
  throw storeFault('store.fault', undefined, message);
}

/**
 * Makes a file that only its owner may read, unless there is one. It never opens a file that is there: closing it again
 * would drop the locks that this process holds on it.
 */
export function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY_FILE));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** The type of the network file system that a folder is on, by the text of `/proc/self/mountinfo`; `undefined` for a local one. */
export function networkFileSystem(folder: string, mountinfo: string): string | undefined {
  let longest = -1;
  let type = '';
  for (const line of mountinfo.split('\n')) {
    const [mount = '', source = ''] = line.split(' - ');
    const point = unescaped(mount.split(' ')[4] ?? '');
    if (point === '' || !isWithin(folder, point) || point.length < longest) continue;
    longest = point.length;
    type = source.split(' ')[0] ?? '';
  }
  return NETWORK.has(type) ? type : undefined;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  } catch (error) {
    throw systemCode(error) === 'ENOSPC' ? error : storeFault('store.missing', error);
  }
}

/** Follows a link to the file, so that two names of one file find one lock. */
function realFile(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  }
}

function isWithin(folder: string, point: string): boolean {
  return folder === point || folder.startsWith(point.endsWith(sep) ? point : point + sep);
}

/** Spaces and the like stand in mountinfo as backslash and three octal digits. */
function unescaped(point: string): string {
  return point.replace(/\\([0-7]{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function systemCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
