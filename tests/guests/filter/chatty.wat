;; 1,000 lines of one letter.
(i32.store8 (i32.const 1024) (i32.const 0x6a))
(loop $again
  (call $log (i32.const 3) (i32.const 1024) (i32.const 1))
  (local.set $i (i32.add (local.get $i) (i32.const 1)))
  (br_if $again (i32.lt_u (local.get $i) (i32.const 1000))))
