//! The guest's side, generated from the WIT: what is imported once, and one module a world.
#![allow(missing_docs, unsafe_code, unreachable_pub, clippy::all)]

/// What a plugin of any kind can import.
pub mod imports {
    wit_bindgen::generate!({ path: "wit", world: "imports" });
    pub use self::crible::plugin::{logging, messages, streams};
}

macro_rules! world {
    ($name:ident, $world:literal, $export:literal $(, $streams:literal)?) => {
        #[doc = concat!("The world `", $world, "`.")]
        pub mod $name {
            wit_bindgen::generate!({
                path: "wit",
                world: $world,
                pub_export_macro: true,
                export_macro_name: $export,
                with: {
                    "crible:plugin/messages@0.1.0": super::imports::crible::plugin::messages,
                    "crible:plugin/logging@0.1.0": super::imports::crible::plugin::logging,
                    $($streams: super::imports::crible::plugin::streams,)?
                },
            });
        }
    };
}

world!(source, "source", "export_source", "crible:plugin/streams@0.1.0");
world!(filter, "filter", "export_filter");
world!(sink, "sink", "export_sink", "crible:plugin/streams@0.1.0");
