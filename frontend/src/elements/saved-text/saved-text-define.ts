import { SavedText } from "./saved-text";

if (!customElements.get("saved-text")) customElements.define("saved-text", SavedText);
