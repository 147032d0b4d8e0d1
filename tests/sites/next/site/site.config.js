module.exports = { title: "Small Next.js site", siteUrl: "https://example.org" };
