;; It prints a line.
(i32.store (i32.const 1024) (i32.const 0x0a69756f)) ;; "oui\n"
(call $blocking-write (call $stdout) (i32.const 1024) (i32.const 4) (i32.const 48))
