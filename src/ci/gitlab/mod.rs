//! GitLab CI: reports that a job keeps as artefacts, and that merge requests and later jobs read.

mod code_quality;
mod dotenv;

pub(crate) use self::code_quality::{CODE_QUALITY_FILE, format_code_quality};
pub(crate) use self::dotenv::{DOTENV_FILE, format_dotenv};
