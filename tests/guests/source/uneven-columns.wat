;; Three texts and two numbers.
(call $texts (local.get $out) (i32.const 128) (i32.const 4)
  (i32.const 1024) (i32.const 0) (i32.const 1024) (i32.const 3))
(call $numbers (local.get $out) (i32.const 132) (i32.const 5) (i32.const 1024) (i32.const 2))
