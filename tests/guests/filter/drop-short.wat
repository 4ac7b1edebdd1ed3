;; Behaves: it drops every message whose text is shorter than four bytes, for one reason.
(call $texts (local.get $batch) (i32.const 32))
(block $done
  (loop $rows
    (br_if $done (i32.ge_u (local.get $i) (call $len (local.get $batch))))
    ;; The ends are a list at (40); the length of row i is ends[i] - ends[i - 1].
    (if (i32.lt_u
          (i32.sub
            (i32.load (i32.add (i32.load (i32.const 40)) (i32.mul (local.get $i) (i32.const 4))))
            (if (result i32) (local.get $i)
              (then (i32.load (i32.add (i32.load (i32.const 40))
                (i32.mul (i32.sub (local.get $i) (i32.const 1)) (i32.const 4)))))
              (else (i32.const 0))))
          (i32.const 4))
      (then
        (i32.store8 (i32.add (i32.const 2048) (local.get $i)) (i32.const 1))
        (i32.store16 (i32.add (i32.const 3072) (i32.mul (local.get $i) (i32.const 2))) (i32.const 1))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $rows)))
(call $outcomes (local.get $out) (i32.const 2048) (call $len (local.get $batch)))
(call $reasons (local.get $out) (i32.const 5192) (i32.const 1) (i32.const 3072) (call $len (local.get $batch)))
