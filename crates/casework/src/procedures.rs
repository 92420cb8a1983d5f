//! The procedures folder: texts by path, from the binary or from a site's folder, into checked values, all faults at once.

use crate::{
    calendar::{self, Calendar},
    form::{self, Forms},
    guide::{self, Guide},
    limit::Limit,
    limit_file,
    machine::Machine,
    machine_file,
    measure::{FraudSign, Measure, Surcharge, Threshold},
    measure_file,
    paper::{self, PaperKind},
    reader::{Faults, Source},
    scheme::{HeavyScheme, Schemes},
    scheme_file,
};
use mingcha_model::{Diagnostic, Fault};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The folders that are read.
const FOLDERS: &[&str] =
    &["calendars", "limits", "regions", "measures", "machines", "schemes", "papers", "forms", "guides"];
/// Greatest size of a file: 1 MiB.
const MOST_BYTES: u64 = 1 << 20;

/// Texts by path, such as `limits/transfer.toml`.
pub type Files = BTreeMap<String, Cow<'static, str>>;

/// All that the law's procedure is made of here, as data.
#[derive(Clone, Debug, Default)]
pub struct Procedures {
    /// Working days.
    pub calendar: Calendar,
    /// National limits, by id.
    pub limits: BTreeMap<String, Limit>,
    /// What the law answers acts with, by id.
    pub measures: BTreeMap<String, Measure>,
    /// What is added to money that is not paid in time, by id.
    pub surcharges: BTreeMap<String, Surcharge>,
    /// Amounts from which fraud is a crime.
    pub thresholds: Vec<Threshold>,
    /// Items of the negative lists that are fraud by what was done.
    pub fraud_signs: Vec<FraudSign>,
    /// States and acts of matters, by id.
    pub machines: BTreeMap<String, Machine>,
    /// Kinds of papers, by id: when they may be issued and when a file is not complete without them.
    pub papers: BTreeMap<String, PaperKind>,
    /// Schemes; absent where a file of them is at fault, and then what rests on them is refused.
    pub schemes: Option<Schemes>,
    /// What acts ask for, field by field, by the name of their input.
    pub forms: Forms,
    /// Guides of inspections, by field.
    pub guides: BTreeMap<String, Guide>,
    /// Regions that changed some of it, by region code.
    pub regions: BTreeMap<String, Region>,
}

/// What a region's file made of the limits.
#[derive(Clone, Debug)]
pub struct Region {
    /// Name of the region.
    pub title: String,
    /// All limits as they hold there, by id.
    pub limits: BTreeMap<String, Limit>,
    /// The thresholds as they hold there.
    pub thresholds: Vec<Threshold>,
    /// From what on a penalty is heavy there.
    pub heavy: Option<HeavyScheme>,
}

impl Procedures {
    /// The procedures that were compiled into the binary.
    pub fn embedded() -> (Self, Vec<Diagnostic>) {
        Self::from_files(&embedded_files())
    }

    /// The embedded ones with a site's folder on top: a file there replaces the one of the same path.
    pub fn load(folder: &Path) -> (Self, Vec<Diagnostic>) {
        let mut files = embedded_files();
        let mut outside = Vec::new();
        for name in FOLDERS {
            read_folder(folder, name, &mut files, &mut outside);
        }
        let (procedures, faults) = Self::from_files(&files);
        outside.extend(faults);
        (procedures, outside)
    }

    /// Reads texts; what has a fault is left out, and every fault is told.
    pub fn from_files(files: &Files) -> (Self, Vec<Diagnostic>) {
        let faults = Faults::default();
        let (papers, others): (Vec<_>, Vec<_>) =
            files.iter().partition(|(file, _)| file.starts_with("papers/"));
        let sources: Vec<Source> =
            others.into_iter().map(|(file, text)| Source::parse(file, text, &faults)).collect();
        let calendar = calendar(&sources, &faults);
        let national = limit_file::tables(of("limits", &sources), &faults);
        let limits = limit_file::limits(&national, &faults);
        let measure_file::Measures { by_id: measures, surcharges, thresholds, fraud_signs } =
            measure_file::read(of("measures", &sources), &faults);
        let schemes: Vec<&Source> = of("schemes", &sources).collect();
        let schemes = scheme_file::read(&schemes, &measures, &faults);
        let nation = Layers {
            title: String::new(),
            limits: national,
            thresholds: thresholds.clone(),
            heavy: schemes.as_ref().map(|schemes| schemes.heavy.clone()),
        };
        let regions = regions(&sources, &nation, &faults);
        let machines: Vec<&Source> = of("machines", &sources).collect();
        let machines = machine_file::read(&machines, &events(&limits), &faults);
        let papers = paper::read(&papers, &machines, &faults);
        let forms: Vec<&Source> = of("forms", &sources).collect();
        let forms = form::read(&forms, &faults);
        let guides: Vec<&Source> = of("guides", &sources).collect();
        let guides = guide::read(&guides, &faults);
        (
            Self {
                calendar,
                limits,
                measures,
                surcharges,
                thresholds,
                fraud_signs,
                machines,
                papers,
                schemes,
                forms,
                guides,
                regions,
            },
            faults.sorted(),
        )
    }

    /// A limit as it holds in a region: that of the county, else the city, else the province, else the nation.
    pub fn limit(&self, id: &str, region: &str) -> Option<&Limit> {
        self.limits(region).get(id)
    }

    /// All limits as they hold in a region, by id.
    pub fn limits(&self, region: &str) -> &BTreeMap<String, Limit> {
        self.region(region).map_or(&self.limits, |region| &region.limits)
    }

    /// What an event is for the clocks of a region: the limits that start on it, and those that end on it.
    pub fn touched(&self, event: &str, region: &str) -> (Vec<&Limit>, Vec<&Limit>) {
        let limits = || self.limits(region).values();
        (
            limits().filter(|limit| limit.starts_on == event).collect(),
            limits().filter(|limit| limit.ends_on == event).collect(),
        )
    }

    /// The limits of a region that ask for nothing more once that event has happened.
    pub fn made_moot(&self, event: &str, region: &str) -> Vec<&Limit> {
        let moot = |limit: &&Limit| limit.moot_on.iter().any(|known| known == event);
        self.limits(region).values().filter(moot).collect()
    }

    /// The thresholds as they hold in a region.
    pub fn thresholds(&self, region: &str) -> &[Threshold] {
        self.region(region).map_or(&self.thresholds, |region| &region.thresholds)
    }

    /// From what on a penalty is heavy in a region; nothing where the scheme is at fault.
    pub fn heavy(&self, region: &str) -> Option<&HeavyScheme> {
        let national = || self.schemes.as_ref().map(|schemes| &schemes.heavy);
        self.region(region).map_or_else(national, |region| region.heavy.as_ref())
    }

    fn region(&self, region: &str) -> Option<&Region> {
        ancestors(region).find_map(|code| self.regions.get(&code))
    }
}

/// The files that were compiled into the binary.
pub fn embedded_files() -> Files {
    EMBEDDED.iter().map(|&(path, text)| (path.to_owned(), Cow::Borrowed(text))).collect()
}

/// All events that limits start, end or fall away on.
fn events(limits: &BTreeMap<String, Limit>) -> BTreeSet<&str> {
    let limits = limits.values();
    limits
        .flat_map(|limit| [&limit.starts_on, &limit.ends_on].into_iter().chain(&limit.moot_on))
        .map(String::as_str)
        .collect()
}

/// The sources of one folder.
fn of<'s, 'a>(folder: &'s str, sources: &'s [Source<'a>]) -> impl Iterator<Item = &'s Source<'a>> {
    sources.iter().filter(move |source| source.file().split('/').next() == Some(folder))
}

fn calendar(sources: &[Source], faults: &Faults) -> Calendar {
    let mut calendar = Calendar::default();
    for source in of("calendars", sources) {
        let before = faults.count();
        let year = calendar::read(source, faults);
        if let Some(year) = year.filter(|_| faults.count() == before) {
            calendar.add(year, source.file(), faults);
        }
    }
    calendar
}

/// A region code and the codes of the city and province it lies in.
fn ancestors(region: &str) -> impl Iterator<Item = String> {
    [6, 4, 2].into_iter().filter_map(|digits| Some(format!("{:0<6}", region.get(..digits)?)))
}

/// How far down a region lies: 1 a province, 2 a city, 3 a county.
fn depth(code: &str) -> usize {
    if code.ends_with("0000") { 1 } else { 2 + usize::from(!code.ends_with("00")) }
}

/// The nation, or a region while others may still be laid over it.
struct Layers<'s, 'a> {
    title: String,
    limits: limit_file::Tables<'s, 'a>,
    thresholds: Vec<Threshold>,
    heavy: Option<HeavyScheme>,
}

/// Regions from the provinces down, so that a city's file lies over its province's.
fn regions(sources: &[Source], nation: &Layers, faults: &Faults) -> BTreeMap<String, Region> {
    let mut roots: Vec<_> = of("regions", sources).map(|source| source.root(faults)).collect();
    roots.sort_by_key(|root| root.text("region").map_or(0, |code| depth(&code)));
    let mut layered: BTreeMap<String, Layers> = BTreeMap::new();
    for root in &roots {
        let code = root.text("region").unwrap_or_default();
        let below = ancestors(&code).skip(1).find_map(|code| layered.get(&code)).unwrap_or(nation);
        let thresholds = measure_file::regional(root, &below.thresholds);
        let heavy = scheme_file::regional(root, below.heavy.as_ref());
        if let Some((code, title, limits)) = limit_file::region(root, &below.limits) {
            if layered.contains_key(&code) {
                root.fault("region", format!("`{code}` has two files"), "put them into one");
            }
            layered.insert(code, Layers { title, limits, thresholds, heavy });
        }
    }
    let read = |(code, layers): (String, Layers)| {
        let Layers { title, limits, thresholds, heavy } = layers;
        (code, Region { title, limits: limit_file::limits(&limits, faults), thresholds, heavy })
    };
    layered.into_iter().map(read).collect()
}

fn read_folder(root: &Path, name: &str, files: &mut Files, out: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(root.join(name)).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        Err(error) => return out.push(outside(name, &error.to_string())),
    };
    for entry in entries {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            continue;
        }
        if entry.path().extension().is_none_or(|extension| extension != "toml") {
            let fault = Diagnostic::author(&path, 0, "left out: no TOML file").warning();
            out.push(fault.hint("name it <name>.toml or move it away"));
            continue;
        }
        match read_file(&entry.path()) {
            Ok(text) => drop(files.insert(path, Cow::Owned(text))),
            Err(message) => out.push(outside(&path, &message)),
        }
    }
}

fn read_file(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MOST_BYTES {
        return Err(format!("{size} bytes, at most {MOST_BYTES}"));
    }
    fs::read_to_string(path).map_err(|error| error.to_string())
}

fn outside(path: &str, message: &str) -> Diagnostic {
    let mut fault = Diagnostic::author(path, 0, format!("cannot be read: {message}"));
    fault.fault = Fault::Outside;
    fault.hint("check the file and who may read it")
}
