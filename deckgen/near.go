package deckgen

import "deckgen/deckgen/internal/near"

var didYouMean, nearest = near.Hint, near.Nearest
