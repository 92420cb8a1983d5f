// The one way to the server: typed by its own description, with the session's token and a key for every write.

import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type ErrorBody = Schemas["ErrorBody"];
export type Me = Schemas["Me"];
export type Heading = Schemas["Heading"];

/** What the server or the way to it has against a request. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly request: string,
  ) {
    super(body.message);
  }
}

const LOST: ErrorBody = {
  code: "connection_lost",
  message: "与服务器的连接中断，本次操作是否生效尚不确定",
  next: "已填写的内容还在本页；网络恢复后点“重试”，同一操作不会重复办理",
};

let token = "";
let ahead = 0;
const ended = new Set<() => void>();

/** Keeps the token that every write must carry. */
export function setToken(value: string): void {
  token = value;
}

/** Calls back when the server says that the session has ended. */
export function onSessionEnd(listener: () => void): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

/** Seconds that the server's clock is ahead of this machine's. */
export function serverAhead(): number {
  return ahead;
}

/** A new key, which tells a repeated write from a new one. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const around: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") {
      request.headers.set("X-CSRF-Token", token);
      if (!request.headers.has("Idempotency-Key")) request.headers.set("Idempotency-Key", newKey());
    }
    return request;
  },
  onResponse({ response }) {
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) ahead = Math.round((date - Date.now()) / 1000);
    return undefined;
  },
};

export const api = createClient<paths>({ baseUrl: "" });
api.use(around);

interface Fetched<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

function isBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** The data of an answer, or its error thrown. */
export async function told<T>(asked: Promise<Fetched<T>>): Promise<T> {
  let answer: Fetched<T>;
  try {
    answer = await asked;
  } catch {
    throw new ApiError(0, LOST, "");
  }
  const { response, data, error } = answer;
  if (response.ok) return data as T;
  const request = response.headers.get("x-request-id") ?? "";
  const body = isBody(error)
    ? error
    : {
        code: "unexpected",
        message: `服务器没有按约定作答（${response.status}）`,
        next: "稍候重试；仍不行的，请系统管理员查看日志",
      };
  if (response.status === 401 && body.code === "signed_out") for (const listener of ended) listener();
  throw new ApiError(response.status, body, request);
}

/** Any failure as an error of this client. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, { code: "page", message: "页面出错，本次操作没有提交", next: "刷新后重试" }, "");
}
