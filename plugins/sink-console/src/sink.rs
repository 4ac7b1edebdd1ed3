//! Batches onto standard output.

use std::sync::Arc;

use crible_sdk::{
    ConfigError, Deliveries, Output, Plugin, Rows, Sink, SinkPlugin, StageError, StreamError, Streams,
    settings,
};
use serde::Deserialize;

use crate::block::Look;

/// Where it is no terminal, and at most where it is one: longer lines are tiring to read.
const WIDTH: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    #[serde(default = "yes")]
    reasons: bool,
    width: Option<usize>,
}

fn yes() -> bool {
    true
}

/// Prints messages for people.
pub struct Console {
    options: Options,
    streams: Arc<dyn Streams>,
    output: Option<Box<dyn Output>>,
}

impl Plugin for Console {
    const SPEC: &'static str = include_str!("../plugin.json");
}

impl SinkPlugin for Console {
    fn configure(
        config: &str,
        _state: Option<&[u8]>,
        streams: Arc<dyn Streams>,
    ) -> Result<Self, ConfigError> {
        let options: Options = settings(config)?;
        if options.width.is_some_and(|width| !(20..=1000).contains(&width)) {
            return Err(ConfigError::new("between 20 and 1000 columns can be written").at("/width"));
        }
        Ok(Self { options, streams, output: None })
    }
}

impl Sink for Console {
    fn write(&mut self, rows: &Rows<'_>, _out: &mut Deliveries) -> Result<(), StageError> {
        // Standard output that cannot be written now never can be.
        let fatal = |StreamError(why)| StageError::fatal(why);
        let output = match &mut self.output {
            Some(output) => output,
            None => self.output.insert(self.streams.create("-").map_err(fatal)?),
        };
        let width = self.options.width.unwrap_or_else(|| match output.width() as usize {
            0 => WIDTH,
            terminal => terminal.clamp(20, WIDTH),
        });
        let look = Look { width, has_colour: output.colour(), has_reasons: self.options.reasons };
        let mut text = String::new();
        for message in rows.iter() {
            let whys = if look.has_reasons { rows.whys().get(message.row()) } else { "[]" };
            look.push_block(message, whys, &mut text);
        }
        output.write(text.as_bytes()).map_err(fatal)
    }

    fn flush(&mut self) -> Result<Vec<u8>, StageError> {
        if let Some(output) = &mut self.output {
            output.sync().map_err(|StreamError(why)| StageError::fatal(why))?;
        }
        Ok(Vec::new())
    }
}
