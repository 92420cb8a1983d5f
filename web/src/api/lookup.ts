// What codes stand for: those that screens come upon are asked for together, and each once.

import { useSyncExternalStore } from "react";

/** Most codes of one question. */
const AT_ONCE = 200;

/** Asks for some codes; what it does not find is left out. */
type Ask<T> = (codes: string[]) => Promise<Iterable<readonly [string, T]>>;

/** Answers by code. A component that looks something up draws itself again when the answer has come. */
export class Lookup<T> {
  readonly #known = new Map<string, T>();
  readonly #asked = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #ask: Ask<T>;
  #changes = 0;

  constructor(ask: Ask<T>) {
    this.#ask = ask;
  }

  /** What is known of a code by now. */
  known(code: string): T | undefined {
    return this.#known.get(code);
  }

  /** Takes in what another question has answered. */
  learn(found: Iterable<readonly [string, T]>): void {
    const before = this.#known.size;
    for (const [code, value] of found) this.#known.set(code, value);
    if (this.#known.size === before) return;
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Looks codes up: nothing where there is nothing, or no answer yet. */
  useFound(): (code: string) => T | undefined {
    const now = () => this.#changes;
    useSyncExternalStore(this.#subscribe, now, now);
    return this.#find;
  }

  readonly #subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly #find = (code: string) => {
    const found = this.#known.get(code);
    if (found === undefined && code && !this.#asked.has(code)) {
      this.#asked.add(code);
      // A screen comes upon its codes while it is drawn; they are asked for once that is done.
      if (this.#waiting.size === 0) setTimeout(() => void this.#send(), 0);
      this.#waiting.add(code);
    }
    return found;
  };

  async #send(): Promise<void> {
    const codes = [...this.#waiting];
    this.#waiting.clear();
    for (let from = 0; from < codes.length; from += AT_ONCE) {
      const part = codes.slice(from, from + AT_ONCE);
      try {
        this.learn(await this.#ask(part));
      } catch {
        // The code itself is shown; the next screen that comes upon it asks again.
        for (const code of part) this.#asked.delete(code);
      }
    }
  }
}
