import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sampleCards } from '../../cards/samples.ts';
import { allPages, leads, linksOf, ROOT } from './pages.ts';
import { CONVERSATION, PICTURES } from './pictures.ts';

const IMAGES = 'docs/images';
const BYTES_AT_MOST = 1_500_000;

const pages = allPages();
const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page: page.path, ...link })));
const drawn = readdirSync(join(ROOT, IMAGES)).map((name) => name.replace(/\.png$/u, ''));

describe('the documents', () => {
  it('are looked at in full', () => {
    assert.ok(pages.some(({ path }) => path === 'README.md') && pages.length > 25, `${pages.length} pages`);
    assert.ok(links.length > 60, `${links.length} links`);
  });

  it('link only to what is there', () => {
    assert.deepEqual(
      links.filter((link) => !leads(link)).map(({ page, target, heading = '' }) => `${page}: ${target}#${heading}`),
      [],
    );
  });

  it('are all listed in their contents', () => {
    const listed = new Set(links.filter(({ page }) => page === 'docs/README.md').map(({ target }) => target));
    const lost = pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !listed.has(path));
    assert.deepEqual(
      lost.filter((path) => path !== 'docs/README.md' && !path.startsWith('docs/decisions/')),
      [],
    );
  });

  it('list every decision under its number and its title', () => {
    const index = pages.find(({ path }) => path === 'docs/decisions/README.md')?.text ?? '';
    const decisions = pages.filter(({ path }) => /^docs\/decisions\/\d{4}-/u.test(path));
    const lines = decisions.map(({ path, text }) => {
      const [, number = '', title = ''] = /^# (\d+)\. (.+)$/mu.exec(text) ?? [];
      const file = path.replace('docs/decisions/', '');
      return file.startsWith(number.padStart(4, '0'))
        ? `- [${file.slice(0, 4)}](${file}): ${title}`
        : `${file}: ${number}`;
    });
    assert.ok(lines.length > 20);
    assert.deepEqual(index.split('\n').filter((line) => line.startsWith('- ')), lines); // prettier-ignore
  });

  it('say of each picture what it shows', () => {
    const silent = links.filter(({ isPicture, alt }) => isPicture && alt.trim().length < 15);
    assert.deepEqual(
      silent.map(({ page, target }) => `${page}: ${target}`),
      [],
    );
  });

  it('show every picture that is drawn, and the command draws every one', () => {
    assert.deepEqual(drawn.toSorted(), [...Object.keys(PICTURES), CONVERSATION.name].toSorted());
    const shown = new Set(links.filter(({ isPicture }) => isPicture).map(({ target }) => target));
    assert.deepEqual(
      drawn.filter((name) => !shown.has(`${IMAGES}/${name}.png`)),
      [],
    );
  });

  it('draw their pictures of cards that there are', () => {
    const ids = new Set(sampleCards().map(({ id }) => id));
    assert.deepEqual(
      Object.values(PICTURES).filter(({ sample }) => !ids.has(sample)),
      [],
    );
  });

  it('keep their pictures small', () => {
    const bytes = drawn.map((name) => statSync(join(ROOT, IMAGES, `${name}.png`)).size);
    assert.ok(bytes.reduce((sum, size) => sum + size, 0) < BYTES_AT_MOST);
  });
});
