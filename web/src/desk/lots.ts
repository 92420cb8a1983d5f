// Draws repeated on this machine: the same seed and list lead to the same result, by the procedure that the server publishes.

import { sm3 } from "../acts/sm3";

const encoder = new TextEncoder();

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
}

/** A number as eight bytes, the greatest first. */
function eight(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

function joined(parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** By the bytes of their text, as the server sorts. */
function byBytes(a: Uint8Array, b: Uint8Array): number {
  const differs = a.findIndex((byte, at) => byte !== b[at]);
  return differs < 0 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}

/** The digest of a seed, published before the lists. */
export const commitment = (seed: string) => sm3(encoder.encode(seed));

/** Draws so many of a list without those who must not be drawn; nothing where fewer are left. */
export function draw(seed: string, list: string[], without: string[], count: number): string[] | undefined {
  const left = [...new Set(list)]
    .filter((name) => !without.includes(name))
    .map((name) => ({ name, bytes: encoder.encode(name) }))
    .sort((a, b) => byBytes(a.bytes, b.bytes));
  if (left.length < count) return undefined;
  const given = encoder.encode(seed);
  const names = sm3(joined(left.flatMap(({ bytes }) => [eight(bytes.length), bytes])));
  const start = joined([encoder.encode("mingcha-draw-1"), eight(given.length), given, bytesOf(names)]);
  let counter = 0;
  const below = (most: number): number => {
    const many = BigInt(most);
    const greatest = (1n << 128n) - 1n;
    const last = greatest - (greatest % many);
    for (;;) {
      const number = BigInt(`0x${sm3(joined([start, eight(counter)])).slice(0, 32)}`);
      counter += 1;
      if (number < last) return Number(number % many);
    }
  };
  return Array.from({ length: count }, () => left.splice(below(left.length), 1)[0]?.name ?? "");
}

/** A draw as the server keeps it. */
export interface Lot {
  commitment: string;
  seed: string;
  list: string[];
  without: string[];
  drawn: string[];
}

/** Whether a draw is the one that its seed and list lead to. */
export function proves(lot: Lot, published: string): boolean {
  const again = draw(lot.seed, lot.list, lot.without, lot.drawn.length);
  return (
    lot.commitment === published &&
    commitment(lot.seed) === published &&
    again !== undefined &&
    again.join("\n") === lot.drawn.join("\n")
  );
}

/** Names of a text, one in each line. */
export const namesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n，,；;\s]+/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];
