;; It waits for standard input.
(call $block (call $subscribe (call $stdin)))
