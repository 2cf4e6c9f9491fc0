package figure

// kinds are examples of every kind, with what an experiment might give.
var kinds = []struct {
	name   string
	figure interface {
		Draw(name, alt string) (Figure, error)
		draw(*canvas) error
	}
	usual Size
}{
	{"losses", fakeLosses(), Normal},
	{"gap", fakeGap(), Normal},
	{"panels", fakePanels(), Large},
	{"descent", fakeDescent(), Normal},
	{"race", fakeRace(), Large},
	{"field", fakeField(), Wide},
	{"four", fakeFour(), Large},
	{"surface", fakeSurface(), Normal},
	{"histograms", fakeHistograms(1), Wide},
	{"scatter", fakeScatter(), Normal},
	{"tiles", fakeTiles(), Wide},
}
