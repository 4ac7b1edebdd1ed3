;; A table of 8,000 strings that are all the same 56 KiB of memory: 437 MiB for the host.
(memory.grow (i32.const 4))
drop
(loop $fill
  (i32.store (i32.add (i32.const 131072) (i32.mul (local.get $i) (i32.const 8))) (i32.const 8192))
  (i32.store (i32.add (i32.const 131076) (i32.mul (local.get $i) (i32.const 8))) (i32.const 57344))
  (local.set $i (i32.add (local.get $i) (i32.const 1)))
  (br_if $fill (i32.lt_u (local.get $i) (i32.const 8000))))
(call $reasons (local.get $out) (i32.const 131072) (i32.const 8000) (i32.const 1024) (i32.const 1))
