import * as React from "react";

export default function Home() {
  return <main>The home page is not a post.</main>;
}
