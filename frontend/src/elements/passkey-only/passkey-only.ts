/** What is inside is shown only where the browser can use passkeys: a secure page, and the interface. */
export class PasskeyOnly extends HTMLElement {
  connectedCallback(): void {
    this.hidden = !(window.isSecureContext && "PublicKeyCredential" in window);
  }
}
