// Takes away what the workbooks' pages keep in this browser: drafts that were not saved yet.
"use strict";

try {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("casework:")) localStorage.removeItem(name);
  }
} catch {
  // A browser that allows no storage has kept nothing.
}
