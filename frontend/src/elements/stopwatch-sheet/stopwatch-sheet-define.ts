import { StopwatchSheet } from "./stopwatch-sheet";

if (!customElements.get("stopwatch-sheet"))
  customElements.define("stopwatch-sheet", StopwatchSheet);
