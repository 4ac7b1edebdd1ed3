;; Behaves: it takes everything.
