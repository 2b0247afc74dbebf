"use strict";

// Swagger UI over the description that the page names. What is tried out goes to this server with a token of one's own.
const place = document.getElementById("docs");
place.replaceChildren();

const docs = window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: false,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  oauth2RedirectUrl: new URL(place.dataset.redirect, location).href,
});
docs.initOAuth({ usePkceWithAuthorizationCodeGrant: true });
