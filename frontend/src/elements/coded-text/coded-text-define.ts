import { CodedText } from "./coded-text";

if (!customElements.get("coded-text")) customElements.define("coded-text", CodedText);
