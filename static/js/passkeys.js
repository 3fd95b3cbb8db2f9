// Passkeys: the browser signs what the server asked for, the answer goes back as an ordinary form.
// A form says what it does: data-passkey="create" or "get"; the question stands in the JSON block that
// data-options names, or is fetched from the form's own address.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (keys = []) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));

async function question(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}

async function create(form, { creation_options: { publicKey } }) {
  const isPasswordless = form.elements.passwordless?.checked ?? false;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: isPasswordless ? "required" : "discouraged",
        requireResidentKey: isPasswordless,
        ...(isPasswordless && { userVerification: "required" }),
      },
    },
  });
}

async function get(form, { request_options: { publicKey } }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
}

function plain(credential) {
  const { response } = credential;
  const parts = response.attestationObject
    ? { attestationObject: toText(response.attestationObject), transports: response.getTransports?.() ?? [] }
    : {
        authenticatorData: toText(response.authenticatorData),
        signature: toText(response.signature),
        userHandle: response.userHandle ? toText(response.userHandle) : null,
      };
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: toText(response.clientDataJSON), ...parts },
  };
}

const ceremonies = { create, get };

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const error = form.querySelector("[data-passkey-error]");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    error.hidden = true;
    try {
      const credential = await ceremonies[form.dataset.passkey](form, await question(form));
      form.elements.credential.value = JSON.stringify(plain(credential));
      form.submit();
    } catch (failure) {
      console.warn(failure);
      error.hidden = false;
      button.focus();
    }
  });
}
