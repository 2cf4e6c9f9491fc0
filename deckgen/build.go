package deckgen

func (d *driver) buildVerb(args runFlags) error { return nil }
