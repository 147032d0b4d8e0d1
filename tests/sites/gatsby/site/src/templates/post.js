import * as React from "react";
import { graphql } from "gatsby";

export default function Post({ data: { post } }) {
  return (
    <article>
      <h1>{post.frontmatter.title}</h1>
      <div dangerouslySetInnerHTML={{ __html: post.html }} />
    </article>
  );
}

export function Head({ data: { post, site }, location }) {
  const { title, description, date, tags } = post.frontmatter;
  return (
    <>
      <title>{title}</title>
      <link rel="canonical" href={site.siteMetadata.siteUrl + location.pathname} />
      {description && <meta name="description" content={description} />}
      <meta property="og:description" content={description || post.excerpt} />
      <meta property="og:type" content="article" />
      <meta property="article:published_time" content={date} />
      {(tags || []).map((tag) => <meta key={tag} property="article:tag" content={tag} />)}
      <meta name="source" content={"content/blog/" + post.parent.relativePath} />
    </>
  );
}

export const query = graphql`
  query ($id: String!) {
    site { siteMetadata { siteUrl } }
    post: markdownRemark(id: { eq: $id }) {
      html
      excerpt(pruneLength: 160)
      frontmatter { title description date tags }
      parent { ... on File { relativePath } }
    }
  }
`;
