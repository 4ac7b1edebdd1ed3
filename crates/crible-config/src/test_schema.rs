//! The JSON Schema of the tables `[[test]]`.

use serde_json::{Value, json};

/// The JSON Schema of one test.
pub(crate) fn test_schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "messages", "expect"],
        "properties": {
            "name": { "type": "string", "minLength": 1, "description": "what the rules must do, in a few words" },
            "messages": { "type": "array", "minItems": 1, "items": message_schema(),
                "description": "what is judged, in this order, by filters that remember nothing yet" },
            "expect": { "type": "array", "minItems": 1, "items": expectation_schema(),
                "description": "what must become of the messages: one entry for each in their order, or entries that name a message by its `id`" },
            "order": { "type": "array", "uniqueItems": true, "items": { "type": "string" },
                "description": "the ids of all that is kept, in the order in which the sinks must get them" },
        },
    })
}

fn message_schema() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    let number = |about: &str| json!({ "type": "integer", "description": about });
    let list = |about: &str| json!({ "type": "array", "items": { "type": "string" }, "description": about });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "minLength": 1,
                "description": "what tells it from the others; its place (\"1\", \"2\" and so on) by default" },
            "channel": text("where it was written"),
            "author": text("the author's stable handle"),
            "author_name": text("the author's name for people"),
            "title": text("a headline"),
            "text": text("what was written"),
            "lang": text("the language, such as fr"),
            "url": text("where it can be read"),
            "reply_to": text("the id of the message that it answers"),
            "repost_of": text("the id of the message that it repeats"),
            "created_at": { "type": ["string", "integer"],
                "description": "when it was written: RFC 3339, or ms since 1970; by default one second after the message before it" },
            "after": { "type": "string", "format": "duration",
                "description": "instead of created_at: how long after the message before it" },
            "followers": number("how many follow the author"),
            "likes": number("how many liked it"),
            "reposts": number("how many repeated it"),
            "replies": number("how many answered it"),
            "links": list("the addresses that it links to"),
            "tags": list("its tags, without #"),
            "attrs": { "type": "object", "additionalProperties": { "type": "string" },
                "description": "whatever else is known of it" },
        },
    })
}

fn expectation_schema() -> Value {
    let fates = json!({ "type": "string", "enum": ["kept", "dropped", "failed"],
        "description": "what must become of the message" });
    json!({ "anyOf": [
        fates,
        {
            "type": "object",
            "additionalProperties": false,
            "required": ["is"],
            "properties": {
                "id": { "type": "string", "description": "the message, where not every one has its entry" },
                "is": fates,
                "stage": { "type": "string",
                    "description": "the filter that says the reason, and that ends its way where it is not kept" },
                "reason": { "type": "string", "minLength": 1, "description": "what the reason contains" },
                "about": { "type": "string", "description": "whom or what the reason is about" },
                "score": { "type": "number", "description": "its score, to within 0.005" },
                "labels": { "type": "array", "items": { "type": "string" },
                    "description": "labels that it bears, among others" },
            },
        },
    ] })
}
