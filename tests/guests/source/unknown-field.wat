(call $texts (local.get $out) (i32.const 132) (i32.const 5)
  (i32.const 1024) (i32.const 0) (i32.const 1024) (i32.const 3))
