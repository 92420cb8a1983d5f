// Clocks of matters and breaches of limits, written by `npm run generate`; do not edit.

import type { Status, BreachKind } from "../words/generated";

export interface Due {
  last: string;
  end_of_day: boolean;
}

export interface Warning {
  lead: number;
  hours: boolean;
  from: string;
  reached: boolean;
}

export interface Refused {
  at: string;
  why: string;
}

export interface Breach {
  limit: string;
  item?: number | null;
  kind: BreachKind;
  due: Due;
  since: string;
  done: string | null;
  missed: string;
}

export interface ClockState {
  limit: string;
  item?: number | null;
  status: Status;
  started: string | null;
  due: Due | null;
  earliest: string | null;
  done: string | null;
  dropped: string | null;
  days: number | null;
  steps: Array<string>;
  warnings: Array<Warning>;
  notes: Array<Note>;
  refused: Array<Refused>;
  breach: Breach | null;
}

export type Note = string | Record<string, unknown>;
