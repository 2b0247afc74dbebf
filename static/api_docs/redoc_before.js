"use strict";

// Before Redoc: what it makes has to keep to the page's policy. Its style sheets get the page's nonce, and its maker's logo,
// which it would fetch from elsewhere, is not asked for.
const nonce = document.currentScript.nonce;
const create = document.createElement.bind(document);

document.createElement = (name, ...options) => {
  const made = create(name, ...options);
  if (made instanceof HTMLStyleElement) made.nonce = nonce;
  if (made instanceof HTMLImageElement) keepHome(made);
  return made;
};

// React sets an image's source by attribute and by property.
function keepHome(image) {
  const set = image.setAttribute.bind(image);
  image.setAttribute = (attribute, value) => {
    if (attribute !== "src" || new URL(value, document.baseURI).origin === location.origin) set(attribute, value);
    else image.hidden = true;
  };
  Object.defineProperty(image, "src", { set: (value) => image.setAttribute("src", value) });
}
