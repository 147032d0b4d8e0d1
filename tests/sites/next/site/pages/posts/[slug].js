import fs from "fs";
import path from "path";
import Head from "next/head";
import matter from "gray-matter";
import { siteUrl } from "../../site.config";

const folder = "_posts";

export function getStaticPaths() {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".md"));
  const isShown = (name) => process.env.BUILD_DRAFTS || !read(name).data.draft;
  const paths = names.filter(isShown).map((name) => ({ params: { slug: name.replace(/\.md$/, "") } }));
  return { paths, fallback: false };
}

function read(name) {
  return matter(fs.readFileSync(path.join(folder, name), "utf8"));
}

export function getStaticProps({ params }) {
  const { data, content } = read(`${params.slug}.md`);
  const post = { ...data, date: new Date(data.date).toISOString(), slug: params.slug, content };
  return { props: { post: JSON.parse(JSON.stringify(post)) } };
}

export default function Post({ post }) {
  return (
    <article>
      <Head>
        <title>{post.title}</title>
        <link rel="canonical" href={`${siteUrl}/base/posts/${encodeURIComponent(post.slug)}/`} />
        {post.description && <meta name="description" content={post.description} />}
        <meta property="og:type" content="article" />
        <meta property="article:published_time" content={post.date} />
        {(post.tags || []).map((tag) => <meta key={tag} property="article:tag" content={tag} />)}
        <meta name="source" content={`${folder}/${post.slug}.md`} />
      </Head>
      <h1>{post.title}</h1>
      <p>{post.content}</p>
    </article>
  );
}
