//! Texts as patterns and paths: what matches, covers, overlaps and ranks agrees. Lines: an environment and a pattern,
//! twice more, then any paths.
#![no_main]

use access_engine::json::read_json;
use access_engine::policies::Specificity;
use access_engine::resources::{ActionSet, EnvironmentPattern, PathPattern, Pattern, Resource};
use access_engine::resources::{covers, matches, overlaps};
use access_engine::values::ResourceType;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read: Vec<Pattern> = text.split('\n').filter_map(pattern).take(8).collect();
    for a in &read {
        alone(a);
        for b in &read {
            together(a, b);
            for c in &read {
                assert!(!covers(a, b) || !covers(b, c) || covers(a, c), "{a:?} {b:?} {c:?}");
            }
        }
    }
});

/// `production /app/**`; without an environment before the slash it is in none.
fn pattern(line: &str) -> Option<Pattern> {
    let (environment, path) = line.split_at(line.find('/')?);
    let environment = match environment.trim_end_matches(' ') {
        "" => None,
        name => Some(EnvironmentPattern::try_from(name.to_owned()).ok()?),
    };
    Some(Pattern { kind: ResourceType::default(), environment, path: PathPattern::try_from(path).ok()? })
}

fn alone(a: &Pattern) {
    assert!(covers(a, a) && overlaps(a, a), "{a:?}");
    let written = serde_json::to_string(a).expect("a pattern has a JSON form");
    assert_eq!(read_json::<Pattern>(&written).as_ref(), Ok(a), "{written}");
    let resource = a.as_resource();
    assert_eq!(resource.is_some(), a.is_literal(), "{a:?}");
    assert_eq!(read_json::<Resource>(&written).ok(), resource, "{written}");
}

fn together(a: &Pattern, b: &Pattern) {
    assert!(!covers(a, b) || overlaps(a, b), "{a:?} covers {b:?}, but does not overlap it");
    assert_eq!(overlaps(a, b), overlaps(b, a), "{a:?} {b:?}");
    if let Some(resource) = b.as_resource() {
        let is_matched = matches(a, &resource);
        assert_eq!((covers(a, b), overlaps(a, b)), (is_matched, is_matched), "{a:?} {b:?}");
    }
    if let Some(resource) = sample(b) {
        assert!(matches(b, &resource), "{b:?} {resource:?}");
        assert!(!covers(a, b) || matches(a, &resource), "{a:?} covers {b:?}, but not {resource:?}");
        assert!(!matches(a, &resource) || overlaps(a, b), "{a:?} and {b:?} share {resource:?}");
    }
    rank(a, b);
}

/// One of the resources of a pattern, unless it is too long to exist.
fn sample(b: &Pattern) -> Option<Resource> {
    let path = b.path.as_str().replace("**", "x/y").replace('*', "z");
    let environment = b.environment.as_ref().map(|it| it.as_str().replace('*', "any"));
    read_json(&json!({"environment": environment, "path": path}).to_string()).ok()
}

/// The order of specificity is total.
fn rank(a: &Pattern, b: &Pattern) {
    let listed: ActionSet = read_json(r#"["read"]"#).expect("a list of actions");
    let all = [(a, &listed), (a, &ActionSet::All), (b, &listed), (b, &ActionSet::All)];
    let all = all.map(|(pattern, actions)| Specificity::of(pattern, actions));
    for one in &all {
        for other in &all {
            assert_eq!(one.cmp(other), other.cmp(one).reverse(), "{one:?} {other:?}");
            for third in &all {
                assert!(one > other || other > third || one <= third, "{one:?} {other:?} {third:?}");
            }
        }
    }
    assert_eq!(all[0] == all[2], a == b, "{a:?} {b:?}");
}
