import { KeptChoice } from "./kept-choice";

if (!customElements.get("kept-choice")) customElements.define("kept-choice", KeptChoice);
