module.exports = {
  siteMetadata: { title: "Small Gatsby site", siteUrl: "https://example.org" },
  plugins: [
    { resolve: "gatsby-source-filesystem", options: { path: `${__dirname}/content/blog`, name: "blog" } },
    "gatsby-transformer-remark",
  ],
};
