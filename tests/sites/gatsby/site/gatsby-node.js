const path = require("path");
const { createFilePath } = require("gatsby-source-filesystem");

exports.onCreateNode = ({ node, actions, getNode }) => {
  if (node.internal.type === "MarkdownRemark") {
    actions.createNodeField({ name: "slug", node, value: createFilePath({ node, getNode }) });
  }
};

exports.createPages = async ({ graphql, actions }) => {
  const { data } = await graphql(`{
    allMarkdownRemark { nodes { id fields { slug } frontmatter { draft } } }
  }`);
  for (const { id, fields, frontmatter } of data.allMarkdownRemark.nodes) {
    if (process.env.BUILD_DRAFTS || !frontmatter.draft) {
      actions.createPage({
        path: `/blog${fields.slug}`,
        component: path.resolve("src/templates/post.js"),
        context: { id },
      });
    }
  }
};

exports.createSchemaCustomization = ({ actions }) => {
  actions.createTypes(`
    type MarkdownRemark implements Node { frontmatter: Frontmatter }
    type Frontmatter { description: String, draft: Boolean, tags: [String] }
  `);
};
