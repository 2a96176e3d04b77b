//! The pictures of the made-up products: small SVGs drawn from their number, so that practice mode shows something without the internet.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::random::mix;

/// `GET /images/{n}.svg`.
pub(crate) async fn picture(Path(file): Path<String>) -> Response {
    let Some(n) = file
        .strip_suffix(".svg")
        .and_then(|n| n.parse::<u64>().ok())
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
            // Pictures are shown inside the application's own page.
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ],
        draw(n),
    )
        .into_response()
}

fn draw(n: u64) -> String {
    // The product decides the colour, the picture of it the arrangement.
    let (look, pose) = (mix(n / 8), mix(n));
    let hue = look % 360;
    let turn = pose % 40;
    let shape = match (look >> 16) % 4 {
        0 => {
            r#"<rect x="52" y="40" width="96" height="124" rx="18"/><rect x="66" y="26" width="68" height="20" rx="8"/>"#
        }
        1 => {
            r#"<circle cx="100" cy="100" r="58"/><circle cx="100" cy="100" r="26" fill-opacity=".35" fill="white"/>"#
        }
        2 => r#"<path d="M100 34 160 150H40z"/><rect x="92" y="150" width="16" height="22"/>"#,
        _ => {
            r#"<path d="M50 70h100l-12 96H62z"/><path d="M72 70q28-56 56 0" fill="none" stroke-width="9"/>"#
        }
    };
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400"><rect width="200" height="200" fill="hsl({hue} 34% 91%)"/><ellipse cx="100" cy="174" rx="62" ry="9" fill="hsl({hue} 20% 78%)"/><g transform="rotate({} 100 100)" fill="hsl({} 46% 52%)" stroke="hsl({} 46% 40%)" stroke-width="3">{shape}</g></svg>"#,
        turn as i64 - 20,
        (hue + 150 + (look >> 24) % 60) % 360,
        (hue + 150 + (look >> 24) % 60) % 360,
    )
}
