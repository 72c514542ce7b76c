import type { Timing } from "./contract.ts";

/** How long the page waits for what, in milliseconds. `content.timing` overrides them in tests. */
export const TIMING: Timing = {
  write: 600,
  late: 4_000,
  resend: 5_000,
  ping: 20_000,
  pong: 10_000,
  press: 500,
};
