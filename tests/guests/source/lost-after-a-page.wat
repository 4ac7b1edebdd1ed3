;; A page of three messages with its cursor, then a trap; given the cursor, the three that follow.
(if (i32.eqz (i32.or (global.get $resumed) (i32.eqz (global.get $pages)))) (then unreachable))
(call $texts (local.get $out) (i32.const 128) (i32.const 4)
  (if (result i32) (global.get $resumed) (then (i32.const 522)) (else (i32.const 512)))
  (i32.const 10) (i32.const 256) (i32.const 3))
(call $cursor (local.get $out) (i32.const 512) (i32.const 1))
(if (global.get $resumed) (then (call $end (local.get $out))))
(global.set $pages (i32.const 1))
