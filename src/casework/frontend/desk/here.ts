// Hands the desk's pieces what they are about.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Lead } from "./lead.ts";

export const LeadContext = createContext<Lead | null>(null);

export function useLead(): Lead {
  const lead = useContext(LeadContext);
  if (!lead) throw new Error("useLead outside of the desk");
  return lead;
}
