;; Behaves: it keeps everything.
