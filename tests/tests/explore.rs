//! x
use bindwire_tests::vectors::*;
use bindwire_wire::*;
use serde_json::Value;
fn diff(path: &str, a: &Value, b: &Value, out: &mut Vec<String>) {
    match (a,b) {
        _ if a==b => {}
        (Value::Object(x), Value::Object(y)) => for (k,v) in x { diff(&format!("{path}/{k}"), v, &y[k], out) },
        (Value::Array(x), Value::Array(y)) if x.len()==y.len() => for (i,v) in x.iter().enumerate() { diff(&format!("{path}/{i}"), v, &y[i], out) },
        _ => out.push(format!("{path}: {a} -> {b}")),
    }
}
#[test]
fn explore() {
    let all = replies();
    let mut commands: Vec<_> = all.iter().map(|v| v.command.clone()).collect();
    commands.dedup();
    for c in commands {
        let e = bindwire_dynadot::registry::find(&c).unwrap();
        let mut base: Option<(Value, Head)> = None;
        println!("## {c}");
        for v in all.iter().filter(|v| v.command==c) {
            let Ok((r, rec)) = v.decode(e, &Options::default()) else { continue };
            if !r.is_ok() { continue }
            let j = json(&*rec);
            match &base {
                None => { println!("{} {:?}/{:?}\n{}", v.name(), r.head.code, r.head.status, Plain::of(&*rec)); base = Some((j, r.head.clone())); }
                Some((b, h)) => {
                    if (h.code, &h.status) != (r.head.code, &r.head.status) { println!("  HEAD {} {:?}/{:?}", v.name(), r.head.code, r.head.status); }
                    let mut out = vec![]; diff("", b, &j, &mut out);
                    for o in out { println!("  DIFF {} {}", v.name(), o.chars().take(300).collect::<String>()); }
                }
            }
        }
    }
}
