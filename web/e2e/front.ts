// A newly built workbench before a server that carries an older one: its files from dist, everything else from the server.

import { existsSync, readFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";

const DIST = join(import.meta.dirname, "../dist");
const KINDS: Record<string, string> = { js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

/** The page's rules as the server says them, with the nonce that they hold. */
async function rules(back: string): Promise<[string, string]> {
  const policy = (await fetch(back)).headers.get("content-security-policy") ?? "";
  const nonce = policy.match(/'nonce-([^']+)'/)?.[1];
  if (!nonce) throw new Error("the server carries no workbench, so it says no rules of the page");
  return [policy, nonce];
}

/** Listens on a port of this machine until it is closed. */
export function front(port: number, back: string): Promise<Server> {
  const server = createServer(async (asked, answer) => {
    const path = (asked.url ?? "/").split("?")[0] ?? "/";
    if (path.startsWith("/assets/")) {
      const file = join(DIST, path);
      if (!existsSync(file)) return answer.writeHead(404).end();
      return answer
        .writeHead(200, { "content-type": KINDS[path.split(".").at(-1) ?? ""] ?? "text/plain" })
        .end(readFileSync(file));
    }
    if (path.startsWith("/api/") || path === "/ready") {
      const { method, headers, url } = asked;
      const passed = request(`${back}${url}`, { method, headers }, (came) => {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      return asked.pipe(passed);
    }
    const [policy, nonce] = await rules(back);
    return answer
      .writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "content-security-policy": policy,
      })
      .end(readFileSync(join(DIST, "index.html"), "utf8").replaceAll("__NONCE__", nonce));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
