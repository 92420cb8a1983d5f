// A server of the stories' own: a small synthetic city screened, its clues handed over, casework filled in; gone at the end.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { front } from "./front";

/** What the site of the stories calls the facts of an answer. */
export const SITE_WORDS = "核查到的事实（示例市用语）";

/** A port of this machine that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function target(): string {
  return process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "../../target");
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 28,
  });
}

async function ready(url: string): Promise<void> {
  for (let times = 0; times < 600; times += 1) {
    try {
      if ((await fetch(`${url}/ready`)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the server did not become ready in 120 s");
}

export default async function setup(): Promise<() => void> {
  // A server that is filled already may be named instead.
  if (process.env.MINGCHA_URL) return () => undefined;
  const mingcha = process.env.MINGCHA_BIN ?? join(target(), "debug/mingcha");
  const fill = process.env.MINGCHA_FILL ?? join(target(), "debug/examples/fill");
  const folder = mkdtempSync(join(tmpdir(), "mingcha-stories-"));
  const path = (name: string) => join(folder, name);
  const [first = "", password = ""] = run(fill, ["passwords"]).split("\n");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The binary carries the workbench as it was when it was compiled; `MINGCHA_DIST=1` shows the one in dist before it.
  const before = process.env.MINGCHA_DIST ? await freePort() : port;
  const fronted = before === port ? undefined : await front(before, url);
  process.env.MINGCHA_URL = `http://127.0.0.1:${before}`;
  process.env.MINGCHA_PASSWORD = password;
  mkdirSync(path("data"));
  // A site has words of its own for what an answer says; a story looks for them.
  const forms = readFileSync(join(import.meta.dirname, "../../procedures/forms/acts.toml"), "utf8");
  mkdirSync(path("procedures/forms"), { recursive: true });
  writeFileSync(
    path("procedures/forms/acts.toml"),
    forms.replace(/(?<=\[input\.answer\]\nfacts = ")[^"]+/, SITE_WORDS),
  );
  writeFileSync(path("first"), `${first}\n`, { mode: 0o600 });
  writeFileSync(path("password"), `${password}\n`, { mode: 0o600 });
  writeFileSync(path("people.toml"), run(fill, ["first", path("first")]));
  writeFileSync(
    path("mingcha.toml"),
    [
      `[server]\nlisten = "127.0.0.1:${port}"`,
      `[store]\nfolder = "${path("data")}"\nprocedures = "${path("procedures")}"`,
      `[lake]\npath = "${path("lake")}"`,
      // The stories sign in without a telephone; one story sets a second factor up.
      '[session]\nsecond_factor = "chosen"',
      "[limits]\nsign_in_per_minute = 100000\naddress_per_second = 100000\naddress_burst = 100000\naccount_per_second = 100000\naccount_burst = 100000",
      "",
    ].join("\n"),
  );
  const config = ["--config", path("mingcha.toml")];
  let server: ChildProcess | undefined;
  const stop = () => {
    fronted?.close();
    server?.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run(mingcha, [
      "synth",
      "--persons",
      "4000",
      "--months",
      "6",
      "--seed",
      "7",
      "--out",
      path("city"),
      "--format",
      "parquet",
    ]);
    run(mingcha, ["import", path("city/claims"), "--lake", path("lake")]);
    run(mingcha, ["screen", "--lake", path("lake")]);
    run(mingcha, [
      "init",
      ...config,
      "--organisation",
      "990000-yb",
      "--title",
      "示例省医疗保障局",
      "--region",
      "990000",
      "--people",
      path("people.toml"),
    ]);
    server = spawn(mingcha, ["serve", ...config], { stdio: "ignore" });
    await ready(url);
    run(fill, ["people", `127.0.0.1:${port}`]);
    run(mingcha, [
      "clues",
      "push",
      ...config,
      "--lake",
      path("lake"),
      "--as",
      "city-lead",
      "--password-file",
      path("password"),
      "--region-if-none",
      "990100",
    ]);
    run(fill, ["casework", `127.0.0.1:${port}`]);
  } catch (error) {
    stop();
    const said = error as { stderr?: string };
    throw new Error(`${error}\n${said.stderr ?? ""}`);
  }
  return stop;
}
