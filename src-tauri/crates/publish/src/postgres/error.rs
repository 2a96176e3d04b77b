//! What Postgres and the line to it refuse, as the core's codes. The connection string is in none of these messages.

use smartlinks_core::error::SupplierSaid;
use smartlinks_core::{Code, Error};
use tokio_postgres::error::SqlState;

/// The code for an error of the server, by its SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn code_of(state: &SqlState) -> Code {
    match state.code() {
        // Wrong password, role that may not log in, no such database or role.
        "28P01" | "28000" | "3D000" => Code::ShopLogin,
        // No right, for example to make a schema.
        "42501" => Code::ShopRights,
        // Disk full, out of memory, too many connections, read-only: hosts turn a full project read-only.
        "53100" | "53200" | "25006" => Code::ShopFull,
        // Shut down, crashed, starting up, too many connections, connection exceptions; a lock or a statement timed out.
        "57P01" | "57P02" | "57P03" | "53300" | "55P03" | "57014" | "40001" | "40P01" => {
            Code::ShopUnreachable
        }
        state if state.starts_with("08") => Code::ShopUnreachable,
        _ => Code::ShopAnswer,
    }
}

/// Any error of the client as ours.
pub(super) fn from_postgres(error: tokio_postgres::Error) -> Error {
    if let Some(said) = error.as_db_error() {
        let code = code_of(said.code());
        return Error::new(code, format!("Postgres: {}", said.message())).said(SupplierSaid {
            code: Some(said.code().code().to_owned()),
            message: Some(said.message().to_owned()),
            request_id: None,
        });
    }
    let what = error.to_string();
    // The client keeps its kinds to itself; the tests hold on to these words.
    let code = if what.contains("TLS") || caused_by_rustls(&error) {
        Code::ShopTls
    } else if what.contains("authentication") {
        Code::ShopLogin
    } else if what.contains("serializ") || what.contains("column") || what.contains("parameters") {
        Code::Unexpected
    } else {
        Code::ShopUnreachable
    };
    let cause = std::error::Error::source(&error)
        .map(|cause| format!(": {cause}"))
        .unwrap_or_default();
    Error::new(code, format!("Postgres: {what}{cause}"))
}

fn caused_by_rustls(error: &tokio_postgres::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let inside = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .is_some_and(|inner| inner.is::<rustls::Error>());
        if inside || error.is::<rustls::Error>() {
            return true;
        }
        cause = error.source();
    }
    false
}
