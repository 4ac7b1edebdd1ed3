(call $outcomes (local.get $out) (i32.const 1024) (i32.add (call $len (local.get $batch)) (i32.const 1)))
