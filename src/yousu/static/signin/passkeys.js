// 通行密钥: shows the button where the browser can, lets the library do the rest, and says in words when it did not work.
const ids = { credential: "passkey-credential", passwordless: "passkey-alone" };
const begin = {
  login: (library) => library.loginForm({ ids: { ...ids, login: "passkey-button" } }),
  authenticate: (library, data) => library.authenticateForm({ ids: { ...ids, authenticate: "passkey-button" }, data }),
  add: (library, data) => library.addForm({ ids: { ...ids, add: "passkey-button" }, data }),
};
const isAddress = /^[\d.]+$|:/.test(location.hostname);
const can = isSecureContext && !isAddress && "PublicKeyCredential" in window;
// A code is asked for from everybody with a second factor, a passkey only from those who have one.
const has = (data) => data === null || !("request_options" in data) || data.request_options.publicKey.allowCredentials?.length > 0;
const show = (name, isShown) => document.querySelectorAll(`[${name}]`).forEach((part) => { part.hidden = !isShown; });

const form = document.querySelector("[data-passkey-form]");
const data = JSON.parse(form.dataset.options ?? "null");
if (can) begin[form.dataset.passkeyForm](window.allauth.webauthn.forms, data);
show("data-passkey", can && has(data));
// Where there are other ways, the missing one is no news.
show("data-passkey-missing", !can && form.dataset.passkeyForm === "add");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("data-passkey-failed", true);
});
form.addEventListener("click", () => show("data-passkey-failed", false));
