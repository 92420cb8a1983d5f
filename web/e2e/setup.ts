// A server of the stories' own: a small synthetic city screened, its clues handed over, casework filled in; gone at the end.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PORT = Number(process.env.MINGCHA_PORT ?? 7391);

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
  for (let times = 0; times < 150; times += 1) {
    try {
      if ((await fetch(`${url}/ready`)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the server did not become ready in 30 s");
}

export default async function setup(): Promise<() => void> {
  // A server that is filled already may be named instead.
  if (process.env.MINGCHA_URL) return () => undefined;
  const mingcha = process.env.MINGCHA_BIN ?? join(target(), "debug/mingcha");
  const fill = process.env.MINGCHA_FILL ?? join(target(), "debug/examples/fill");
  const folder = mkdtempSync(join(tmpdir(), "mingcha-stories-"));
  const path = (name: string) => join(folder, name);
  const [first = "", password = ""] = run(fill, ["passwords"]).split("\n");
  const url = `http://127.0.0.1:${PORT}`;
  process.env.MINGCHA_URL = url;
  process.env.MINGCHA_PASSWORD = password;
  mkdirSync(path("data"));
  writeFileSync(path("first"), `${first}\n`, { mode: 0o600 });
  writeFileSync(path("password"), `${password}\n`, { mode: 0o600 });
  writeFileSync(path("people.toml"), run(fill, ["first", path("first")]));
  writeFileSync(
    path("mingcha.toml"),
    [
      `[server]\nlisten = "127.0.0.1:${PORT}"`,
      `[store]\nfolder = "${path("data")}"`,
      // The stories sign in without a telephone; one story sets a second factor up.
      '[session]\nsecond_factor = "chosen"',
      "[limits]\nsign_in_per_minute = 100000\naddress_per_second = 100000\naddress_burst = 100000\naccount_per_second = 100000\naccount_burst = 100000",
      "",
    ].join("\n"),
  );
  const config = ["--config", path("mingcha.toml")];
  let server: ChildProcess | undefined;
  const stop = () => {
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
    run(fill, ["people", `127.0.0.1:${PORT}`]);
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
    ]);
    run(fill, ["casework", `127.0.0.1:${PORT}`]);
  } catch (error) {
    stop();
    const said = error as { stderr?: string };
    throw new Error(`${error}\n${said.stderr ?? ""}`);
  }
  return stop;
}
