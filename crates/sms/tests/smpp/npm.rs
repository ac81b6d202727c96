//! The npm package `smpp` as an SMSC: started on a free port, told what to do, ended with the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use sms::smpp::{Config, Deliveries, Session, Status};
use tokio::sync::mpsc;

use crate::support::{config, soon};

/// A running SMSC. Its process ends with it.
pub(crate) struct Smsc {
    child: Child,
    orders: ChildStdin,
    events: mpsc::UnboundedReceiver<Value>,
    /// Where it listens.
    pub(crate) port: u16,
}

impl Smsc {
    /// Starts one (`tests/peers/smsc.mjs` names the settings).
    pub(crate) async fn start(settings: Value) -> Self {
        let folder = prepared();
        let mut child = Command::new("node")
            .current_dir(folder)
            .arg("smsc.mjs")
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is needed as the SMPP session's peer: install nodejs");
        let orders = child.stdin.take().expect("its input");
        let output = child.stdout.take().expect("its output");
        let (told, events) = mpsc::unbounded_channel();
        // Ends with the process, when its output does.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).expect("the SMSC tells JSON");
                if told.send(event).is_err() {
                    return;
                }
            }
        });
        let mut smsc = Self {
            child,
            orders,
            events,
            port: 0,
        };
        let listening = smsc.next("listening").await;
        smsc.port = u16::try_from(listening["port"].as_u64().expect("a port")).expect("a port");
        smsc
    }

    /// Starts one and a session bound to it.
    pub(crate) async fn bound(
        settings: Value,
        adjust: impl FnOnce(&mut Config),
    ) -> (Self, Session, Deliveries) {
        let smsc = Self::start(settings).await;
        let mut config = config(smsc.port);
        adjust(&mut config);
        let (session, deliveries) = Session::start(config).expect("a right configuration");
        let status = soon("bound", session.until(Status::is_bound)).await;
        assert!(status.is_bound(), "{status:?}");
        (smsc, session, deliveries)
    }

    /// Tells it what to do.
    pub(crate) fn order(&mut self, order: &Value) {
        writeln!(self.orders, "{order}").expect("the SMSC runs");
    }

    /// Changes its settings. Events before that are passed over.
    pub(crate) async fn set(&mut self, settings: &Value) {
        self.order(&json!({ "set": settings }));
        self.next("done").await;
    }

    /// The next event of that name, others passed over.
    pub(crate) async fn next(&mut self, name: &str) -> Value {
        soon(name, async {
            loop {
                let event = self.events.recv().await.expect("the SMSC runs");
                if event["event"] == name {
                    return event;
                }
            }
        })
        .await
    }

    /// The next event of any name.
    pub(crate) async fn any(&mut self) -> Value {
        soon("an event", self.events.recv()).await.expect("the SMSC runs")
    }
}

impl Drop for Smsc {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The folder of the peers with its packages installed, as its lock file says.
fn prepared() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
        let lock = std::fs::read(folder.join("package-lock.json")).expect("package-lock.json of the peers");
        let stamp = folder.join("node_modules/.parvis-lock");
        if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return folder;
        }
        let installed = Command::new("npm")
            .current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund"])
            .stdout(Stdio::null())
            .status();
        if !installed.is_ok_and(|status| status.success()) {
            panic!("npm packages are missing: npm ci failed in {}", folder.display());
        }
        std::fs::write(&stamp, lock).ok();
        folder
    })
}
