// A real OpenID provider for tests: one client, people who sign in by saying who they are. Ends when its standard input does.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import Provider from "oidc-provider";

const { MINGCHA_PORT: port = "0", MINGCHA_REDIRECT: redirect, MINGCHA_SECRET: secret, MINGCHA_ALG: alg } = process.env;
const ways = { RS256: ["rsa", { modulusLength: 2048 }], PS256: ["rsa", { modulusLength: 2048 }], ES256: ["ec", { namedCurve: "P-256" }], EdDSA: ["ed25519", {}] };

const keys = Object.entries(ways).map(([alg, [kind, options]]) => {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), alg, use: "sig", kid: `${alg}-${randomUUID()}` };
});

const { MINGCHA_CERTIFICATE: certificate, MINGCHA_KEY: key } = process.env;
const server = certificate ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) }) : createServer();
server.listen(Number(port), "127.0.0.1", () => {
  const issuer = `${certificate ? "https" : "http"}://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "mingcha",
        client_secret: secret,
        redirect_uris: [redirect],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        id_token_signed_response_alg: alg,
        token_endpoint_auth_method: process.env.MINGCHA_AUTH ?? "client_secret_basic",
      },
    ],
    clientAuthMethods: [process.env.MINGCHA_AUTH ?? "client_secret_basic"],
    jwks: { keys },
    enabledJWA: { idTokenSigningAlgValues: Object.keys(ways) },
    pkce: { required: () => true },
    acrValues: ["loa3"],
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "amr", "acr", "work_number", "email", "email_verified"] },
    cookies: { keys: [randomUUID()] },
    ttl: { IdToken: 60, AuthorizationCode: 60, Session: 600, Interaction: 600, Grant: 600, AccessToken: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: `subject of ${id}`.replaceAll(" ", "-"), work_number: id, email: id, email_verified: false }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const answers = provider.callback();
  server.on("request", (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    if (!pathname.startsWith("/interaction/")) return answers(request, response);
    const said = (name) => searchParams.get(name)?.split(",").filter(Boolean);
    const [accountId] = said("as") ?? [];
    const result = accountId
      ? { login: { accountId, amr: said("amr"), acr: said("acr")?.[0] } }
      : { error: "access_denied", error_description: "nobody" };
    provider.interactionFinished(request, response, result).catch((error) => response.writeHead(500).end(String(error)));
  });
  console.log(`ready ${issuer}`);
});

process.stdin.on("end", () => process.exit(0)).resume();
