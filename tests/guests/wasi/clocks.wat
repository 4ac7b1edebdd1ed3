;; It drops the message where all clocks stand still.
(call $wall (i32.const 48))
(i32.store8 (i32.const 1024)
  (i64.eqz (i64.or (call $monotonic) (i64.or (i64.load (i32.const 48)) (i64.load32_u (i32.const 56))))))
(call $outcomes (local.get $out) (i32.const 1024) (i32.const 1))
