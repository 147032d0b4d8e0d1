module.exports = {
  title: "Small Docusaurus site",
  url: "https://example.org",
  baseUrl: "/base/",
  onBrokenLinks: "ignore",
  presets: [
    [
      "classic",
      {
        docs: false,
        theme: {},
        blog: {
          routeBasePath: "news",
          tags: "tags.yml",
          // The link to a post's source is how `make-truth` knows which file a page was made from.
          editUrl: "https://example.org/edit/",
          showReadingTime: false,
          onInlineTags: "ignore",
          onUntruncatedBlogPosts: "ignore",
        },
      },
    ],
  ],
};
