package figure

// kinds are examples of every kind, with what an experiment might give.
var kinds = []struct {
	name   string
	size   Size
	figure interface {
		Draw(name, alt string) (Figure, error)
		draw(*canvas) error
	}
}{
	{"losses", Normal, fakeLosses()},
	{"diverged", Normal, fakeDiverged()},
	{"gap", Normal, fakeGap()},
	{"panels", Large, fakePanels()},
	{"descent", Normal, fakeDescent()},
	{"race", Large, fakeRace()},
	{"field", Wide, fakeField()},
	{"four", Large, fakeFour()},
	{"surface", Normal, fakeSurface()},
	{"histograms", Wide, fakeHistograms(1)},
	{"dead", Size{1120, 360}, fakeDead()},
	{"scatter", Normal, fakeScatter()},
	{"tiles", Wide, fakeTiles()},
	{"film", Wide, fakeFilm()},
	{"networks", Size{1120, 290}, fakeNetworks()},
}
