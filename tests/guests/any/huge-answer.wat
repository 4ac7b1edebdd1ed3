(loop $again (call $outcomes (local.get $out) (i32.const 0) (i32.const 65536)) (br $again))
