;; One line of 20,000 é and a letter in front, so that the cut falls into a character.
(i32.store8 (i32.const 8191) (i32.const 0x6a))
(loop $fill
  (i32.store16 (i32.add (i32.const 8192) (i32.mul (local.get $i) (i32.const 2))) (i32.const 0xa9c3))
  (local.set $i (i32.add (local.get $i) (i32.const 1)))
  (br_if $fill (i32.lt_u (local.get $i) (i32.const 20000))))
(call $log (i32.const 3) (i32.const 8191) (i32.const 40001))
