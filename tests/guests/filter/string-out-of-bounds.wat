(call $log (i32.const 1) (i32.const 1024) (i32.const -1))
