"""`fs-control ledger`: the proof that stored calls add up, and what each figure of them means."""
