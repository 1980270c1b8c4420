import { PasskeyOnly } from "./passkey-only";

customElements.define("passkey-only", PasskeyOnly);
