(i32.store8 (i32.const 1024) (i32.const 9))
(call $outcomes (local.get $out) (i32.const 1024) (call $len (local.get $batch)))
