;; 1,000 messages without a text, whatever was asked for.
(call $texts (local.get $out) (i32.const 128) (i32.const 4)
  (i32.const 1024) (i32.const 0) (i32.const 1024) (i32.const 1000))
