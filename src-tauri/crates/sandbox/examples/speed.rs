use smartlinks_sandbox::*;
use std::time::Instant;
#[tokio::main]
async fn main() {
    let s = Sandbox::start(Options{products: 1_000_000, my_products: 100_000, qps: None, points_per_day: 1_000_000_000, ..Options::default()}).await.unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let c = reqwest::Client::builder().no_proxy().build().unwrap();
    let t: serde_json::Value = c.post(format!("{}api2.0/v1/authentication/getAccessToken", s.cj_url())).json(&serde_json::json!({"apiKey": CJ_API_KEY})).send().await.unwrap().json().await.unwrap();
    let tok = t["data"]["accessToken"].as_str().unwrap().to_owned();
    let get = async |p: String| { let began = Instant::now(); let b = c.get(format!("{}api2.0/v1/{p}", s.cj_url())).header("CJ-Access-Token", &tok).send().await.unwrap().bytes().await.unwrap(); (began.elapsed(), b) };
    for q in ["", "keyWord=storage%20jar", "keyWord=rustic%20sisal", "keyWord=dimmable&orderBy=2&sort=asc", "orderBy=3", "orderBy=4", "orderBy=3&countryCode=US&startSellPrice=5&endSellPrice=6", "startSellPrice=5&endSellPrice=5.1"] {
        let (d, b) = get(format!("product/listV2?size=100&{q}")).await; let (d2,_) = get(format!("product/listV2?size=100&page=2&{q}")).await;
        println!("{q:60} {d:?} then {d2:?} {} bytes", b.len());
    }
    let (n, began) = (60, Instant::now()); let mut bytes=0;
    for i in 0..n*10 { let (_, b) = get(format!("product/listV2?size=100&page={}", i%60+1)).await; bytes+=b.len(); }
    println!("listV2 {:.0} rows/s {} B/row", (n*10*100) as f64/began.elapsed().as_secs_f64(), bytes/(n*1000));
    let began = Instant::now();
    for i in 0..500 { get(format!("product/myProduct/query?pageSize=200&pageNum={}", i+1)).await; }
    println!("myProduct {:.0} rows/s", 100_000f64/began.elapsed().as_secs_f64());
    let pids: Vec<_> = s.control().truth().all().take(3000).map(|p| p.pid).collect();
    let began = Instant::now();
    for p in &pids { get(format!("product/query?pid={p}&features=enable_inventory")).await; }
    println!("query {:.0}/s", 3000f64/began.elapsed().as_secs_f64());
    println!("{}", std::fs::read_to_string("/proc/self/status").unwrap().lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
