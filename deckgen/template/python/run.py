"""Walks at random, and says how far that leads."""
import json
import os
import pathlib

import numpy as np

with open(os.environ["DECKGEN_INPUT"]) as f:
    given = json.load(f)
steps, walkers = given["params"]["steps"], given["params"]["walkers"]
rng = np.random.default_rng(given["seed"])

ways = rng.choice([-1.0, 1.0], size=(walkers, steps)).cumsum(axis=1)
distance = np.abs(ways).mean(axis=0)  # after each step, the mean over the walkers

out = pathlib.Path(os.environ["DECKGEN_OUTPUT"])
with open(out / "result.json", "w") as f:
    json.dump({
        "values": {"distance": distance[-1], "quarter": distance[steps // 4 - 1]},
        "claims": {"slow": {
            "statement": "four times as many steps lead less than three times as far",
            "holds": bool(distance[-1] < 3 * distance[steps // 4 - 1]),
        }},
        "series": {"distance": {"step": list(range(1, steps + 1)), "y": distance.tolist()}},
    }, f)
