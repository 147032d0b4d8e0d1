export default {
  output: "export",
  basePath: "/base",
  trailingSlash: true,
};
