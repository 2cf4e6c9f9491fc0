"""Draws from the record, so that another look needs no other run."""
import json
import os
import pathlib

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "deckgen", "font.size": 14})  # the same bytes each time
import matplotlib.pyplot as plt

with open(os.environ["DECKGEN_INPUT"]) as f:
    record = json.load(f)
way = record["series"]["distance"]

fig, ax = plt.subplots(figsize=(6.4, 4.8), layout="constrained")
ax.fill_between(way["step"], way["y_lo"], way["y_hi"], alpha=0.3, linewidth=0)
ax.plot(way["step"], way["y"])
ax.set(xlabel="step", ylabel="distance", xlim=(1, None), ylim=(0, None))
fig.savefig(pathlib.Path(os.environ["DECKGEN_OUTPUT"]) / "distance.svg")
