;; It drops the message where there is no variable, no argument and no folder.
(call $environment (i32.const 32))
(call $arguments (i32.const 40))
(call $directories (i32.const 48))
(i32.store8 (i32.const 1024)
  (i32.eqz (i32.or (i32.load (i32.const 36)) (i32.or (i32.load (i32.const 44)) (i32.load (i32.const 52))))))
(call $outcomes (local.get $out) (i32.const 1024) (i32.const 1))
