// openid-client (npm) before a live server: every flow that it has for plain OAuth. The user's part is Python's: what is to be
// opened goes out as a line of JSON, and where that led comes back as one.
import { createInterface } from "node:readline";
import * as client from "openid-client";

const [issuer, id, secret, redirectUri] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const open = async (url) => {
  process.stdout.write(`${JSON.stringify({ open: String(url) })}\n`);
  return (await lines.next()).value;
};

const how = secret ? client.ClientSecretBasic(secret) : client.None();
const config = await client.discovery(new URL(issuer), id, undefined, how, {
  algorithm: "oauth2",
  execute: [client.allowInsecureRequests],
});

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const expectedState = client.randomState();
const back = await open(
  client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: "meter:reads:read uac:user:read",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
  }),
);
const byCode = await client.authorizationCodeGrant(config, new URL(back), { pkceCodeVerifier, expectedState });
const refreshed = await client.refreshTokenGrant(config, byCode.refresh_token);

const begun = await client.initiateDeviceAuthorization(config, { scope: "uac:user:read" });
await open(begun.verification_uri_complete);
const byDevice = await client.pollDeviceAuthorizationGrant(config, begun);

const done = { byCode, refreshed, byDevice };
if (secret) {
  done.own = await client.clientCredentialsGrant(config, { scope: "meter:*:*" });
  done.before = await client.tokenIntrospection(config, byDevice.access_token);
  await client.tokenRevocation(config, byDevice.access_token);
  done.after = await client.tokenIntrospection(config, byDevice.access_token);
}
process.stdout.write(`${JSON.stringify({ done })}\n`);
process.exit(0);
