// The package crosspost against a sandbox: a text, a text with a picture, the same text again.
// Prints what came back. Arguments: the sandbox's address and the folder with node_modules.
import { readFileSync } from 'node:fs';
const [sandbox, folder, picture] = process.argv.slice(2);

// Its addresses are fixed, so every request is sent to the same path of the sandbox.
const real = globalThis.fetch;
globalThis.fetch = (address, options) => {
  const { pathname, search } = new URL(address);
  return real(`${sandbox}${pathname}${search}`, options);
};
const { LinkedInStrategy } = await import(`${folder}/node_modules/@humanwhocodes/crosspost/dist/index.js`);

const strategy = new LinkedInStrategy({ accessToken: 'any' });
const image = { data: readFileSync(picture), alt: 'a picture' };
const text = await strategy.post('from crosspost');
const pictured = await strategy.post('with a picture', { images: [image] });
const several = await strategy.post('with pictures', { images: [image, image] });
const again = await strategy.post('from crosspost').catch((error) => error.message);
console.log(JSON.stringify({ text: text.id, pictured: pictured.id, several: several.id, again }));
