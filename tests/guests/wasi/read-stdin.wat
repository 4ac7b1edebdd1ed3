;; Standard input is closed: an error, at once. It drops the message where that is so.
(call $blocking-read (call $stdin) (i64.const 100) (i32.const 48))
(i32.store8 (i32.const 1024) (i32.load8_u (i32.const 48)))
(call $outcomes (local.get $out) (i32.const 1024) (i32.const 1))
