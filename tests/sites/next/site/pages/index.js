export default function Home() {
  return <main>The home page is not a post.</main>;
}
