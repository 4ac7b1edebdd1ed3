(module
  (import "crible:plugin/messages@0.1.0" "[method]batch.len" (func $len (param i32) (result i32)))
  (import "crible:plugin/messages@0.1.0" "[method]batch.texts" (func $texts (param i32 i32)))
  (import "crible:plugin/messages@0.1.0" "[method]verdicts.outcomes" (func $outcomes (param i32 i32 i32)))
  (import "crible:plugin/messages@0.1.0" "[method]verdicts.reasons"
    (func $reasons (param i32 i32 i32 i32 i32)))
  (import "crible:plugin/messages@0.1.0" "[resource-drop]batch" (func $drop-batch (param i32)))
  (import "crible:plugin/messages@0.1.0" "[resource-drop]verdicts" (func $drop-verdicts (param i32)))
  (import "crible:plugin/logging@0.1.0" "log" (func $log (param i32 i32 i32)))

  ;; 64: where answers are written, "ok" as it stands. 128: the spec. 1024: zeros.
  (memory (export "memory") 2)
  (data (i32.const 80) "\80\00\00\00\49\00\00\00")
  (data (i32.const 128) "{\"name\": \"misbehave\", \"about\": {\"en\": \"No.\", \"fr\": \"Non.\"}, \"config\": {}}")

  ;; 5000: what a panic says. 5192: a table of one reason.
  (data (i32.const 5000) "panicked at src/lib.rs:9:5:\nà court d'idées 🙃")
  (data (i32.const 5192) "\50\14\00\00\0b\00\00\00it is short")

  (global $next (mut i32) (i32.const 65536))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $at) (local.get 3)))
    (local.get $at))

  (func (export "describe") (result i32) (i32.const 80))
  (func (export "configure") (param i32 i32 i32 i32 i32) (result i32) (i32.const 64))
  (func (export "judge") (param $batch i32) (param $out i32) (result i32)
    (local $i i32)
    {{work}}
    (call $drop-batch (local.get $batch))
    (call $drop-verdicts (local.get $out))
    (i32.const 64))
  (func (export "release") (param i32 i32 i64 i32) (result i32)
    (call $drop-verdicts (local.get 3))
    (i32.const 64))
  (func (export "snapshot") (result i32) (i32.const 64)))
