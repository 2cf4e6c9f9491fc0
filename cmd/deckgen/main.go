// Deckgen regenerates and checks the lecture decks of this repository.
package main

import (
	"os"

	"deckgen/deckgen"
	"deckgen/experiments"
)

func main() {
	os.Exit(deckgen.Main(deckgen.Project{Experiments: experiments.All, Source: experiments.Source}))
}
