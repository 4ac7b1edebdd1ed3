;; It sleeps for an hour in the other way.
(i32.store (i32.const 1024) (call $in-a-while (i64.const 3600000000000)))
(call $poll (i32.const 1024) (i32.const 1) (i32.const 48))
