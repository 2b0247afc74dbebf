"use strict";

// Redoc over the description that the page names. Its fonts would come from elsewhere, and its search from a worker made of
// text: neither is permitted here.
const place = document.getElementById("docs");

window.Redoc.init(
  place.dataset.schema,
  {
    disableSearch: true,
    hideDownloadButton: true,
    nativeScrollbars: true,
    scrollYOffset: 48,
    theme: {
      colors: { primary: { main: "#0b5c66" } },
      typography: { fontFamily: "system-ui, sans-serif", headings: { fontFamily: "system-ui, sans-serif" } },
    },
  },
  place,
);
