;; It sleeps for an hour.
(call $block (call $in-a-while (i64.const 3600000000000)))
