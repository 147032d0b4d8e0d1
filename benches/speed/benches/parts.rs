//! Measures single parts of the program with Criterion.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use card_renderer::{CardDesign, CardText, Fonts, Template, draw_card};
use criterion::{BenchmarkId, Criterion, Throughput};
use speed::corpus::{Form, write_site};
use syndicate_api::http::Http;
use syndicate_api::{Clock, ComponentContext, Context, Env, InMemoryKvCache, Source};
use tempfile::TempDir;

/// The number of posts in a scanned site.
const POSTS: usize = 200;

fn main() -> anyhow::Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    measure_page(&mut criterion)?;
    measure_scans(&mut criterion)?;
    measure_cards(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

/// Measures reading the metadata of one built page.
fn measure_page(criterion: &mut Criterion) -> anyhow::Result<()> {
    let site = site(Form::Pages, 1)?;
    let page = std::fs::read_dir(site.path().join("public/posts"))?
        .next()
        .context("no page")??;
    let bytes = std::fs::read(page.path().join("index.html"))?;
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("metadata", |bencher| {
        bencher.iter(|| html_meta::read(black_box(&bytes), None));
    });
    group.finish();
    Ok(())
}

/// Measures drawing a card, which takes at most 25 ms on one core.
fn measure_cards(criterion: &mut Criterion) -> anyhow::Result<()> {
    let fonts = Fonts::new();
    let text = CardText {
        title: "How we made our builds twice as fast, and what we broke on the way".to_owned(),
        site: "The Engineering Blog".to_owned(),
        author: "Jane Doe".to_owned(),
        date: "November 29, 2026".to_owned(),
        tags: vec!["rust".to_owned(), "performance".to_owned()],
        lang: None,
    };
    let mut group = criterion.benchmark_group("card");
    for name in Template::NAMES {
        let design = CardDesign {
            template: Template::built_in(name).context("no template")?,
            size: (1200, 627),
            background: Vec::new(),
            text: None,
            accent: None,
            font: None,
            logo: None,
        };
        draw_card(&design, &text, &fonts)?;
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| draw_card(black_box(&design), &text, &fonts));
        });
    }
    group.finish();
    Ok(())
}

/// Measures the scans of small sites, without starting a program.
fn measure_scans(criterion: &mut Criterion) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let context = Context::new(
        Http::new(),
        Clock::fixed("2026-01-01T00:00:00Z".parse()?),
        Env::empty(),
        Arc::new(InMemoryKvCache::default()),
    );
    let mut group = criterion.benchmark_group("scan");
    group.throughput(Throughput::Elements(POSTS as u64));
    for form in [Form::Plain, Form::Hugo, Form::Pages, Form::Joined] {
        let site = site(form, POSTS)?;
        let source = source(form, site.path())?;
        let scanned = runtime.block_on(source.scan(&context))?;
        anyhow::ensure!(scanned.items.len() == POSTS, "not all posts were read");
        group.bench_function(BenchmarkId::from_parameter(form.name()), |bencher| {
            bencher.iter(|| runtime.block_on(source.scan(&context)));
        });
    }
    group.finish();
    Ok(())
}

fn site(form: Form, posts: usize) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    write_site(folder.path(), form, posts)?;
    Ok(folder)
}

fn source(form: Form, folder: &Path) -> anyhow::Result<Box<dyn Source>> {
    let loaded = (syndicate_source_site::PLUGIN.load)(&form.options());
    let options = loaded.map_err(|faults| anyhow!("{faults:?}"))?;
    let place = ComponentContext {
        name: "blog".to_owned(),
        base: folder.to_owned(),
    };
    options.build(&place)
}
