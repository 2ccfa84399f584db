"""Measured claims: `make bench` takes every figure anew and prints it beside its goal, met or missed.

Figures are taken here and nowhere else: no test looks at a clock. What is compared is measured in one run, in turns,
so that a busy machine slows both sides; the ratio is the claim, and the absolute figures only say where it comes from.
"""
