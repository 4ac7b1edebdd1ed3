;; Behaves: a file's first ten bytes are three messages, of four, four and two bytes.
(call $open (i32.const 140) (i32.const 6) (i32.const 32))
(if (i32.load8_u (i32.const 32))
  (then ;; The error of the host is that of the source.
    (i64.store (i32.const 68) (i64.load (i32.const 36)))
    (i32.store8 (i32.const 64) (i32.const 1)))
  (else
    (call $read (i32.load (i32.const 36)) (i32.const 10) (i32.const 48))
    (call $texts (local.get $out) (i32.const 128) (i32.const 4)
      (i32.load (i32.const 52)) (i32.load (i32.const 56)) (i32.const 256) (i32.const 3))
    (call $drop-input (i32.load (i32.const 36)))
    (call $end (local.get $out))))
