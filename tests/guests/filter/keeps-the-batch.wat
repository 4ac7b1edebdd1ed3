;; It does not give the batch back.
(call $drop-verdicts (local.get $out))
(return (i32.const 64))
