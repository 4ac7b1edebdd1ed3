(i32.store8 (i32.const 1024) (i32.const 0xff))
(call $log (i32.const 1) (i32.const 1024) (i32.const 1))
