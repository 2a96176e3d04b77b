//! What a program costs with all it started: memory and processor time, from Linux's `/proc`.

use std::fs;

/// One process.
pub struct Process {
    /// As the system calls it, cut to 15 letters.
    pub name: String,
    /// PSS in MiB: what several processes share counts once in the sum.
    pub memory: f64,
    /// Hundredths of a second that the processors spent in it so far.
    pub ticks: u64,
}

/// A process and all that descend from it. What ended meanwhile is left out.
pub fn tree(root: u32) -> Vec<Process> {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(pid) = open.pop() {
        found.extend(process(pid));
        open.extend(children(pid));
    }
    found
}

fn process(pid: u32) -> Option<Process> {
    let read = |name: &str| fs::read_to_string(format!("/proc/{pid}/{name}")).ok();
    let memory = read("smaps_rollup")?
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))?
        .split_whitespace()
        .next()?
        .parse::<f64>()
        .ok()?;
    // In user and in system mode; what stands before is the name, in brackets.
    let stat = read("stat")?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<u64>().ok();
    Some(Process {
        name: read("comm")?.trim().to_owned(),
        memory: memory / 1024.0,
        ticks: next()? + next()?,
    })
}

/// Of every thread: WebKit starts its processes from one of its own.
fn children(pid: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{pid}/task"));
    threads
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|line| {
            line.split_whitespace()
                .filter_map(|child| child.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}
