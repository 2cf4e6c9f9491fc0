package deckgen

func (d *driver) renderVerb(args nameArgs) error { return nil }
