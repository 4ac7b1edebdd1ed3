;; It never stops saying one letter.
(i32.store8 (i32.const 1024) (i32.const 0x6a))
(loop $again (call $log (i32.const 3) (i32.const 1024) (i32.const 1)) (br $again))
