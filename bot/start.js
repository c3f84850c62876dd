// Plain JavaScript, so that an older Node can say in one sentence what it lacks instead of failing to read the rest.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Sharing Log needs Node 24 or later, and this is Node ${process.versions.node}: install that, or run "npm ci" and then "npm start" (in a tenant "npm run start:production"), which bring their own.`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
}
