export default function (config) {
  // As the documentation has it ("Drafts").
  config.addPreprocessor("drafts", "*", (data) => {
    if (data.draft && !process.env.BUILD_DRAFTS) {
      return false;
    }
  });
}

export const config = {
  dir: {input: "content", includes: "../_includes", data: "../_data"},
};
