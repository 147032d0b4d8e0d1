// The official JavaScript client against a sandbox: signs in, posts, edits, looks and deletes, and
// prints what came back. Arguments: the sandbox's address and the folder with node_modules.
const { createRequire } = require('node:module');
const [sandbox, folder] = process.argv.slice(2);
const load = createRequire(`${folder}/`);

// The client's addresses are constants that it reads at each call.
const constants = load('linkedin-api-client/dist/lib/utils/constants.js');
constants.OAUTH_BASE_URL = `${sandbox}/oauth/v2`;
constants.NON_VERSIONED_BASE_URL = `${sandbox}/v2`;
constants.VERSIONED_BASE_URL = `${sandbox}/rest`;
const { AuthClient, RestliClient } = load('linkedin-api-client');

const versionString = '202609';

async function main() {
  const auth = new AuthClient({
    clientId: '86abc',
    clientSecret: 's3cret',
    redirectUrl: 'http://127.0.0.1:9/callback',
  });
  const address = auth.generateMemberAuthorizationUrl(['openid', 'profile', 'w_member_social'], 'st4te');
  const asked = await fetch(address, { redirect: 'manual' });
  const back = new URL(asked.headers.get('location'));
  const token = await auth.exchangeAuthCodeForAccessToken(back.searchParams.get('code'));
  const accessToken = token.access_token;
  const introspected = await auth.introspectAccessToken(accessToken);

  const client = new RestliClient();
  const who = await client.get({ resourcePath: '/userinfo', accessToken });
  const author = `urn:li:person:${who.data.sub}`;
  const opened = await client.action({
    resourcePath: '/images',
    actionName: 'initializeUpload',
    data: { initializeUploadRequest: { owner: author } },
    accessToken,
    versionString,
  });
  const created = await client.create({
    resourcePath: '/posts',
    entity: {
      author,
      commentary: 'from the official client',
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED' },
      lifecycleState: 'PUBLISHED',
    },
    accessToken,
    versionString,
  });
  const id = created.createdEntityId;
  const post = { resourcePath: '/posts/{id}', pathKeys: { id }, accessToken, versionString };
  const edited = await client.partialUpdate({
    ...post,
    patchSetObject: { commentary: 'edited by the official client' },
  });
  const feed = await (await fetch(`${sandbox}/feed.json`)).json();
  const refused = await client
    .finder({
      resourcePath: '/posts',
      finderName: 'author',
      queryParams: { author },
      accessToken,
      versionString,
    })
    .catch((error) => error.response);
  const deleted = await client.delete(post);
  const left = await (await fetch(`${sandbox}/feed.json`)).json();
  return {
    state: back.searchParams.get('state'),
    scope: token.scope,
    active: introspected.data.active,
    sub: who.data.sub,
    image: opened.data.value.image,
    id,
    edited: edited.status,
    text: feed[0].text,
    refused: refused.data.message,
    deleted: deleted.status,
    left: left.length,
  };
}

main().then((told) => console.log(JSON.stringify(told)));
