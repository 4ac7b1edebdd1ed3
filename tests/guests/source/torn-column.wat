;; Ends that lie outside of the text.
(call $texts (local.get $out) (i32.const 128) (i32.const 4)
  (i32.const 128) (i32.const 3) (i32.const 256) (i32.const 3))
