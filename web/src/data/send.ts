// Sends claim files piece by piece. What broke off goes on where it was: the server keeps what came, also over a restart.

import { api, newKey, told } from "../api/client";
import type { ClaimsFile } from "../api/lake";

/** How often a piece is tried again before the sender is told. */
const TRIES = 8;

/** What has come of a file that is sent again: one of the same name and size that is not whole. */
export function begunBefore(
  file: { name: string; size: number },
  known: ClaimsFile[],
): ClaimsFile | undefined {
  return known.find((one) => one.title === file.name && one.bytes === file.size && one.received < one.bytes);
}

const waits = (milliseconds: number) => new Promise((resolve) => window.setTimeout(resolve, milliseconds));

/** Most bytes of a piece where the file was begun before; the server refuses none of these. */
const PIECE = 512 * 1024;

/** Sends a file, or the rest of it. */
export async function send(
  file: File,
  known: ClaimsFile[],
  onProgress: (received: number) => void,
): Promise<string> {
  const before = begunBefore(file, known);
  let id = before?.id;
  let piece = PIECE;
  if (!id) {
    const begun = await told(
      api.POST("/api/v1/lake/files", {
        headers: { "Idempotency-Key": newKey() },
        body: { title: file.name, bytes: file.size },
      }),
    );
    id = begun.file.id;
    piece = begun.piece;
  }
  let offset = before?.received ?? 0;
  let failed = 0;
  onProgress(offset);
  while (offset < file.size) {
    const part = await file.slice(offset, offset + piece).arrayBuffer();
    try {
      const taken = await told(
        api.PUT("/api/v1/lake/files/{id}", {
          params: { path: { id }, query: { offset } },
          headers: { "Content-Type": "application/octet-stream" },
          body: part as unknown as never,
          bodySerializer: (body) => body as unknown as BodyInit,
        }),
      );
      offset = taken.received;
      failed = 0;
      onProgress(offset);
    } catch (error) {
      failed += 1;
      if (failed >= TRIES) throw error;
      await waits(1000 * failed);
    }
  }
  return id;
}
